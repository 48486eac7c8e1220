// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressor;

/** Updates, gaps, saved states, drivers and parts of a fitted model. */
class StateTest {
	private static ArimaState copy(ArimaState state) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		state.save(new DataOutputStream(bytes));
		return ArimaState.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
	}

	@ParameterizedTest
	@ValueSource(ints = { 24, 96 })
	void updatingIsTheFilterOfALongerHistory(int day) {
		double[] values = Simulated.daily(8 * day + 60, day, 2);
		Arrays.fill(values, 8 * day + 10, 8 * day + 14, Double.NaN);
		values[8 * day + 30] = Double.NaN;
		Identification found = Identification.of(Arrays.copyOf(values, 8 * day), new double[0][], List.of(day));
		ArimaState.Parameters parameters = new ArimaState.Parameters(found.fit().order(), found.fit().point(), 100, found.regression(), new Scaling(0, 0, 1),
				Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of("daily"), List.of());
		ArimaState updated = ArimaState.after(parameters, Arrays.copyOf(values, 8 * day), new double[0][]);
		for (int t = 8 * day; t < values.length; t++) {
			updated.update(values[t]);
		}
		ArimaState whole = ArimaState.after(parameters, values, new double[0][]);
		assertArrayEquals(whole.forecast(Simulated.leads(day)), updated.forecast(Simulated.leads(day)), 1e-9);
	}

	@Test
	void aGapIsBridgedByTheForecast() {
		double[] values = Simulated.daily(24 * 20, 24, 4);
		ArimaState state = Simulated.fit(values, List.of(24));
		double[] before = state.forecast(Simulated.leads(48));
		for (int t = 0; t < 24; t++) {
			state.update(Double.NaN);
		}
		assertArrayEquals(Arrays.copyOfRange(before, 24, 48), state.forecast(Simulated.leads(24)), 1e-9);
		for (int t = 0; t < 1000; t++) {
			state.update(Double.NaN);
		}
		for (double value : state.forecast(Simulated.leads(48))) {
			assertTrue(value > 40 && value < 160, "after a long gap " + value);
		}
	}

	@Test
	void oneWildValueChangesNothingAndANewLevelIsFollowed() {
		double[] values = Simulated.daily(24 * 20 + 40, 24, 6);
		ArimaState state = Simulated.fit(Arrays.copyOf(values, 24 * 20), List.of(24));
		ArimaState calm = Simulated.fit(Arrays.copyOf(values, 24 * 20), List.of(24));
		state.update(1e7);
		calm.update(Double.NaN);
		assertArrayEquals(calm.forecast(Simulated.leads(30)), state.forecast(Simulated.leads(30)), 1e-9);
		for (int t = 24 * 20 + 1; t < values.length; t++) {
			state.update(values[t] + 400);
		}
		assertTrue(state.forecast(new int[] { 1 })[0] > 284, "more than half of a level of 400 more is followed at once: " + state.forecast(new int[] { 1 })[0]);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5, 40 })
	void aStateSurvivesInTheMiddleOfAnything(int after) throws IOException {
		double[] values = Simulated.daily(24 * 15 + 80, 24, 8);
		ArimaState state = Simulated.fit(Arrays.copyOf(values, 24 * 15), List.of(24));
		state.update(Double.NaN);
		for (int t = 1; t <= after; t++) {
			state.update(values[24 * 15 + t]);
		}
		ArimaState other = copy(state);
		assertArrayEquals(state.forecast(Simulated.leads(48)), other.forecast(Simulated.leads(48)), 1e-12);
		for (int t = after + 1; t < after + 30; t++) {
			state.update(values[24 * 15 + t]);
			other.update(values[24 * 15 + t]);
		}
		assertArrayEquals(state.forecast(Simulated.leads(48)), other.forecast(Simulated.leads(48)), 1e-12);
	}

	@Test
	void aStateOfAnotherFormatIsRefused() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Simulated.fit(Simulated.daily(240, 24, 8), List.of(24)).save(new DataOutputStream(bytes));
		byte[] changed = bytes.toByteArray();
		changed[0] = 99;
		IOException refused = assertThrows(IOException.class, () -> ArimaState.read(new DataInputStream(new ByteArrayInputStream(changed))));
		assertTrue(refused.getMessage().contains("99"), refused.getMessage());
	}

	/** A daily series with an event of +50 in six hours every four days, and a driver with weight 3. */
	private static double[] driven(int length, double[] event, double[] driver) {
		double[] values = Simulated.daily(length, 24, 10);
		Random random = new Random(1);
		for (int t = 0; t < length; t++) {
			event[t] = t % 96 >= 30 && t % 96 < 36 ? 1 : 0;
			driver[t] = (t == 0 ? 0 : .8 * driver[t - 1]) + random.nextGaussian();
			values[t] += 50 * event[t] + 3 * driver[t];
		}
		return values;
	}

	@Test
	void driversAndEventsEnterByRegression() throws IOException {
		int length = 24 * 30;
		double[] event = new double[length];
		double[] driver = new double[length];
		double[] values = driven(length, event, driver);
		ArimaState state = copy(Simulated.fit(values, List.of(24), new Regressor("event:launch", Regressor.Kind.EVENT, event),
				new Regressor("requests", Regressor.Kind.DRIVER, driver)));
		double[] none = state.forecast(Simulated.leads(24), (regressor, lead) -> 0);
		double[] with = state.forecast(Simulated.leads(24), (regressor, lead) -> regressor == 0 && lead > 12 ? 1 : regressor == 1 ? 2 : 0);
		assertEquals(6, with[0] - none[0], 1);
		assertEquals(56, with[20] - none[20], 4);
		List<Part> parts = state.explain(Simulated.leads(24), (regressor, lead) -> 1);
		assertEquals(List.of(Part.Kind.TREND, Part.Kind.EVENT, Part.Kind.DRIVER, Part.Kind.REST), parts.stream().map(Part::kind).toList());
		assertEquals(50, parts.get(1).values()[3], 4);
		assertEquals("launch", parts.get(1).name());
		addUp(parts, state.forecast(Simulated.leads(24), (regressor, lead) -> 1));
	}

	private static void addUp(List<Part> parts, double[] median) {
		for (int i = 0; i < median.length; i++) {
			int at = i;
			assertEquals(median[i], parts.stream().mapToDouble(part -> part.values()[at]).sum(), 1e-9 * Math.abs(median[i]) + 1e-9);
		}
	}

	@Test
	void aLongSeasonIsAPartOfItsOwn() {
		double[] values = Simulated.daily(96 * 14, 96, 12);
		ArimaState state = Simulated.fit(values, List.of(96));
		int[] leads = Simulated.leads(96);
		List<Part> parts = state.explain(leads, (regressor, lead) -> 0);
		addUp(parts, state.forecast(leads));
		assertEquals("TREND SEASON REST", parts.stream().map(part -> part.kind().name()).collect(Collectors.joining(" ")));
		assertEquals("every 4 d", parts.get(1).name());
		for (int h = 0; h < 96; h++) {
			double truth = 30 * Math.sin(2 * Math.PI * (h + 96 * 14) / 96) + 10 * Math.cos(6 * Math.PI * (h + 96 * 14) / 96);
			assertEquals(truth, parts.get(1).values()[h], 2, "the wave itself, lead " + (h + 1));
		}
	}

	@Test
	void aDayAndAWeekGoTogether() {
		double[] values = Simulated.daily(24 * 7 * 6 + 24 * 7, 24, 14);
		for (int t = 0; t < values.length; t++) {
			values[t] -= t % 168 >= 120 ? 40 : 0;
		}
		int end = 24 * 7 * 6;
		double[] both = Simulated.fit(Arrays.copyOf(values, end), List.of(24, 168)).forecast(Simulated.leads(168));
		double[] day = Simulated.fit(Arrays.copyOf(values, end), List.of(24)).forecast(Simulated.leads(168));
		double error = 0;
		double withoutWeek = 0;
		for (int h = 0; h < 168; h++) {
			error += Math.abs(values[end + h] - both[h]) / 168;
			withoutWeek += Math.abs(values[end + h] - day[h]) / 168;
		}
		assertTrue(error < 4, "the noise has a mean of 2.3, the error " + error);
		assertTrue(error < withoutWeek / 2, "error " + error + ", without the week " + withoutWeek);
	}
}
