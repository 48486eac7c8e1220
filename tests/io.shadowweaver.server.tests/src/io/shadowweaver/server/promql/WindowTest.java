// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** A window that slides over random values, against one that is cut out anew at each time. */
class WindowTest {
	@Test
	void slidingIsLookingAtEachWindowByItself() {
		for (Window function : Window.values()) {
			slides(function);
		}
	}

	private static void slides(Window function) {
		Random random = new Random(function.ordinal());
		for (int round = 0; round < 200; round++) {
			int size = random.nextInt(60);
			long[] times = random.longs(size, 0, 4000).distinct().sorted().toArray();
			double[] values = Arrays.stream(times).mapToDouble(time -> random.nextInt(20)).toArray();
			long step = random.nextLong(1, 300);
			long start = random.nextLong(-2000, 4000);
			long range = random.nextLong(1, 1500);
			long[] ends = IntStream.range(0, random.nextInt(1, 50)).mapToLong(i -> start + i * step).toArray();
			// what is behind the size is not looked at
			Samples samples = new Samples(Arrays.copyOf(times, times.length + 5), Arrays.copyOf(values, times.length + 5), times.length);
			double[] got = new double[ends.length];
			boolean[] is = new boolean[ends.length];
			boolean any = function.slide(samples, ends, range, got, is);
			boolean wanted = false;
			for (int i = 0; i < ends.length; i++) {
				long end = ends[i];
				int[] in = IntStream.range(0, times.length).filter(k -> times[k] > end - range && times[k] <= end).toArray();
				double value = naive(function, times, values, in, end - range, end);
				assertEquals(!Double.isNaN(value), is[i], function + " in round " + round);
				assertEquals(value, got[i], 1e-9, function + " in round " + round);
				wanted |= is[i];
			}
			assertEquals(wanted, any);
		}
	}

	private static double naive(Window function, long[] times, double[] values, int[] in, long start, long end) {
		double[] of = Arrays.stream(in).mapToDouble(k -> values[k]).toArray();
		return switch (function) {
		case LAST_OVER_TIME -> of.length == 0 ? Double.NaN : of[of.length - 1];
		case COUNT_OVER_TIME -> of.length == 0 ? Double.NaN : of.length;
		case SUM_OVER_TIME -> of.length == 0 ? Double.NaN : Arrays.stream(of).sum();
		case AVG_OVER_TIME -> Arrays.stream(of).average().orElse(Double.NaN);
		case MIN_OVER_TIME -> Arrays.stream(of).min().orElse(Double.NaN);
		case MAX_OVER_TIME -> Arrays.stream(of).max().orElse(Double.NaN);
		case DELTA -> of.length < 2 ? Double.NaN : increase(times, of, in, start, end, of[of.length - 1] - of[0], Double.POSITIVE_INFINITY);
		case INCREASE -> of.length < 2 ? Double.NaN : counted(times, of, in, start, end);
		case RATE -> of.length < 2 ? Double.NaN : counted(times, of, in, start, end) / ((end - start) / 1e3);
		};
	}

	/** Of a counter, which begins anew where it falls, and was not below zero. */
	private static double counted(long[] times, double[] of, int[] in, long start, long end) {
		double increase = IntStream.range(1, of.length).mapToDouble(i -> of[i] < of[i - 1] ? of[i] : of[i] - of[i - 1]).sum();
		double zero = increase > 0 ? (times[in[in.length - 1]] - times[in[0]]) / 1e3 * of[0] / increase : Double.POSITIVE_INFINITY;
		return increase(times, of, in, start, end, increase, zero);
	}

	private static double increase(long[] times, double[] of, int[] in, long start, long end, double increase, double most) {
		double between = (times[in[in.length - 1]] - times[in[0]]) / 1e3;
		double mean = between / (of.length - 1);
		double before = (times[in[0]] - start) / 1e3;
		double after = (end - times[in[in.length - 1]]) / 1e3;
		return increase * (between + Math.min(before < 1.1 * mean ? before : mean / 2, most) + (after < 1.1 * mean ? after : mean / 2)) / between;
	}
}
