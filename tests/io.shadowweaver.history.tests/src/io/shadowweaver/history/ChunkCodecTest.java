// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.metric.Unit;

class ChunkCodecTest {
	private static byte[] roundTrip(double... slots) {
		double[] before = slots.clone();
		byte[] chunk = ChunkCodec.encode(slots);
		double[] back = ChunkCodec.decode(chunk);
		assertEquals(before.length, back.length);
		int count = 0;
		for (int i = 0; i < before.length; i++) {
			// doubleToLongBits: all NaN are one gap, everything else must be the same bits.
			assertEquals(Double.doubleToLongBits(before[i]), Double.doubleToLongBits(back[i]), "slot " + i + " of " + Arrays.toString(before));
			assertEquals(Double.doubleToRawLongBits(before[i]), Double.doubleToRawLongBits(slots[i]), "the input was changed");
			count += Double.isNaN(before[i]) ? 0 : 1;
		}
		assertEquals(count, ChunkCodec.count(chunk));
		return chunk;
	}

	private static double[] of(int length, IntToDoubleFunction value) {
		double[] slots = new double[length];
		Arrays.setAll(slots, value);
		return slots;
	}

	@Test
	void onlyGapsAreNoChunk() {
		assertNull(ChunkCodec.encode(new double[] { Double.NaN, Double.NaN }));
		assertNull(ChunkCodec.encode(new double[0]));
	}

	@Test
	void extremesComeBackBitByBit() {
		double[] extremes = { 0., -0., 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_NORMAL,
				Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.PI, 1e-300, 1e300, 1L << 52, (1L << 53) - 1, Long.MAX_VALUE,
				Long.MIN_VALUE, .1, 1e15 + .3, Math.nextUp(1.), Math.nextDown(1.), 12.34 * .01 };
		roundTrip(extremes);
		for (double a : extremes) {
			roundTrip(a);
			for (double b : extremes) {
				roundTrip(a, b);
				roundTrip(a, Double.NaN, b, a);
				roundTrip(of(120, i -> i % 17 == 3 ? b : a));
				roundTrip(of(120, i -> i % 40 == 3 ? b : i * .25));
			}
		}
	}

	@Test
	void notANumberIsAGapWhateverItsPayload() {
		double odd = Double.longBitsToDouble(0x7ff8dead_00000001L);
		double[] back = ChunkCodec.decode(ChunkCodec.encode(new double[] { odd, 1, odd, 2, odd }));
		assertEquals(Arrays.toString(new double[] { Double.NaN, 1, Double.NaN, 2, Double.NaN }), Arrays.toString(back));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void anyBitsComeBack(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 2000; round++) {
			int length = 1 + random.nextInt(300);
			int kind = random.nextInt(8);
			double gaps = random.nextInt(3) == 0 ? random.nextDouble() : 0;
			double scale = Math.pow(10, random.nextInt(-9, 12));
			int digits = random.nextInt(12);
			double[] slots = new double[length];
			double walk = random.nextGaussian() * scale;
			for (int i = 0; i < length; i++) {
				walk += random.nextInt(10) == 0 ? random.nextGaussian() * scale : 0;
				slots[i] = random.nextDouble() < gaps ? Double.NaN : switch (kind) {
				case 0 -> Double.longBitsToDouble(random.nextLong());
				case 1 -> random.nextGaussian() * scale;
				case 2 -> Math.rint(random.nextGaussian() * 100) * 4096;
				case 3 -> Math.rint(walk * Math.pow(10, digits)) / Math.pow(10, digits);
				case 4 -> Unit.PERCENT.toBase(Math.rint(random.nextDouble() * 10000) / 100);
				case 5 -> walk;
				case 6 -> random.nextInt(20) == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(1000);
				default -> random.nextLong();
				};
			}
			if (Arrays.stream(slots).allMatch(Double::isNaN)) {
				assertNull(ChunkCodec.encode(slots));
			} else {
				roundTrip(slots);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PERCENT", "MILLISECONDS", "MICROSECONDS", "REQUESTS_PER_MINUTE", "KIBIBYTES", "KILOBYTES_PER_SECOND", "MEGABITS_PER_SECOND" })
	void aUnitsConversionCostsNothing(String name) {
		Unit unit = Unit.valueOf(name);
		Random random = new Random(7);
		double[] plain = of(120, i -> Math.rint(1000 + 100 * Math.sin(i / 9.) + 20 * random.nextGaussian()) / 10);
		double[] base = of(120, i -> unit.toBase(plain[i]));
		int length = roundTrip(base).length;
		assertTrue(length <= roundTrip(plain).length + 8, name + " takes " + length + " bytes");
		assertTrue(length < 220, name + " takes " + length + " bytes");
	}

	@Test
	void aConstantTakesAFewBytes() {
		assertTrue(roundTrip(of(120, i -> .123456789123)).length <= 12);
		assertTrue(roundTrip(of(120, i -> i == 60 ? Double.NaN : 5)).length <= 16);
	}

	@Test
	void valuesThatDoNotShrinkTakeTheirEightBytes() {
		Random random = new Random(3);
		double[] noise = of(120, i -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
		assertTrue(roundTrip(noise).length <= 120 * 8 + 3);
	}

	@Test
	void anUnknownFormIsRefused() {
		assertThrows(HistoryException.class, () -> ChunkCodec.decode(new byte[] { 77, 1, 1, 0 }));
	}
}
