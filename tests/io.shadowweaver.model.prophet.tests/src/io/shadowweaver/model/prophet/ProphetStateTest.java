// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;

class ProphetStateTest {
	private static final int[] SLOT = { 0 };
	private static final int[] LEADS = IntStream.rangeClosed(1, 48).toArray();

	private static ProphetModel trained(TrainingSeries series) {
		ProphetModel model = new ProphetModel(ProphetModel.Style.LOAD);
		assertEquals(List.of(), model.train(List.of(series), Progress.NONE));
		return model;
	}

	private static double[] forecast(ProphetModel model, Regressors regressors, int... leads) {
		double[][] found = new double[1][];
		model.forecast(SLOT, leads, regressors, (slot, median, quantiles) -> found[0] = median);
		return found[0];
	}

	private static TrainingSeries hourly(double upper, double... values) {
		return new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), values), List.of(24), 0, upper, List.of());
	}

	private static double[] load(int from, int count, double base, double slope) {
		double[] noise = Simulated.noise(7, from + count);
		return IntStream.range(from, from + count)
				.mapToDouble(hour -> base + slope * hour + 10 * Math.sin(2 * Math.PI * hour / 24) + .5 * noise[hour]).toArray();
	}

	@Test
	void partsAddUpToTheForecastAndTheEventIsWorthWhatItWas() {
		ProphetModel model = trained(Simulated.EVENTS.training());
		Regressors ahead = (slot, regressor, lead) -> lead > 10 && lead <= 15 ? 1 : 0;
		double[] whole = forecast(model, ahead, LEADS);
		List<Part> parts = model.explain(0, LEADS, ahead);
		assertEquals(List.of(Part.Kind.TREND, Part.Kind.SEASON, Part.Kind.SEASON, Part.Kind.EVENT, Part.Kind.REST), parts.stream().map(Part::kind).toList());
		assertEquals(List.of("trend", "daily", "weekly", "launch", "present deviation"), parts.stream().map(Part::name).toList());
		for (int i = 0; i < LEADS.length; i++) {
			int at = i;
			assertEquals(whole[i], parts.stream().mapToDouble(part -> part.values()[at]).sum(), 1e-9);
		}
		double[] event = parts.get(3).values();
		assertEquals(25, event[12], 2);
		assertEquals(0, event[20]);
	}

	@Test
	void anEventInAnUpdateIsNotTakenForALevel() {
		ProphetModel model = trained(Simulated.EVENTS.training());
		double[] quiet = forecast(model, Regressors.NONE, 30);
		ProphetModel other = trained(Simulated.EVENTS.training());
		for (int i = 0; i < 6; i++) {
			double usual = Simulated.EVENTS.expected(Simulated.HOURS + i) - 25 * Simulated.event(Simulated.HOURS + i);
			other.update(SLOT, new double[] { usual + 25 }, (slot, regressor, lead) -> 1);
		}
		assertEquals(quiet[0], forecast(other, Regressors.NONE, 24)[0], 2);
	}

	@Test
	void updatesFollowALevelThatShiftsAndATrendThatTurns() {
		ProphetModel model = trained(hourly(Double.POSITIVE_INFINITY, load(0, 720, 100, 0)));
		double[] next = load(720, 720, 130 - 720 * .1, .1);
		for (double value : next) {
			model.update(SLOT, new double[] { value }, Regressors.NONE);
		}
		double[] truth = load(1440, 48, 130 - 720 * .1, .1);
		double[] forecast = forecast(model, Regressors.NONE, LEADS);
		for (int i = 0; i < LEADS.length; i++) {
			assertEquals(truth[i], forecast[i], 6, "lead " + LEADS[i]);
		}
	}

	@Test
	void aLongLifeOfUpdatesStaysFiniteAndNear() {
		ProphetModel model = trained(hourly(Double.POSITIVE_INFINITY, load(0, 240, 50, 0)));
		double[] next = load(240, 6000, 50, 0);
		for (int i = 0; i < next.length; i++) {
			model.update(SLOT, new double[] { i % 97 == 0 ? Double.NaN : next[i] }, Regressors.NONE);
			if (i % 500 == 0 && i > 0) {
				assertEquals(load(240 + i + 24, 1, 50, 0)[0], forecast(model, Regressors.NONE, 24)[0], 4);
			}
		}
	}

	@Test
	void whatStaysDeviatesIsCarriedOnButOnlyWhereThatHelped() {
		// the level wanders, so that the last deviation tells much of the next value
		double[] values = load(0, 720, 100, 0);
		double[] noise = Simulated.noise(21, 720);
		double wander = 0;
		for (int i = 0; i < values.length; i++) {
			wander = .97 * wander + 3 * noise[i];
			values[i] += wander;
		}
		ProphetModel plain = new ProphetModel(ProphetModel.Style.PLAIN);
		TrainingSeries series = hourly(Double.POSITIVE_INFINITY, values);
		plain.train(List.of(series), Progress.NONE);
		ProphetModel model = trained(series);
		double expected = load(720, 1, 100, 0)[0] + .97 * wander;
		double with = Math.abs(forecast(model, Regressors.NONE, 1)[0] - expected);
		double without = Math.abs(forecast(plain, Regressors.NONE, 1)[0] - expected);
		assertTrue(with < 4 && with < without, "off by " + with + " with the deviation, by " + without + " without");
		double[] calm = load(0, 720, 100, 0);
		ProphetModel still = trained(hourly(Double.POSITIVE_INFINITY, calm));
		double before = forecast(still, Regressors.NONE, 30)[0];
		still.update(SLOT, new double[] { calm[0] + 30 }, Regressors.NONE);
		assertEquals(before, forecast(still, Regressors.NONE, 29)[0], 3, "one outlier of a calm series");
	}

	@Test
	void aBoundIsNeverPassedAndGrowthSlowsDownBeforeIt() {
		ProphetModel model = trained(Simulated.SATURATING.training());
		double[] far = forecast(model, Regressors.NONE, 24, 240, 2400);
		for (double value : far) {
			assertTrue(value <= 100 && value > 80, "a forecast of " + value + " under a bound of 100");
		}
		for (int i = 0; i < 100; i++) {
			model.update(SLOT, new double[] { Simulated.SATURATING.expected(Simulated.HOURS + i) }, Regressors.NONE);
		}
		assertEquals(Simulated.SATURATING.expected(Simulated.HOURS + 123), forecast(model, Regressors.NONE, 24)[0], 3);
	}

	@Test
	void aDriverCounts() {
		double[] driver = Simulated.noise(3, 720);
		double[] values = load(0, 720, 100, 0);
		for (int i = 0; i < values.length; i++) {
			driver[i] = 1000 + 50 * driver[i];
			values[i] += .2 * (driver[i] - 1000);
		}
		ProphetModel model = trained(new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), values), List.of(24), 0, Double.POSITIVE_INFINITY,
				List.of(new Regressor("requests@web", Regressor.Kind.DRIVER, driver))));
		double[] two = { forecast(model, (slot, regressor, lead) -> 1000, 5)[0], forecast(model, (slot, regressor, lead) -> 1100, 5)[0] };
		assertEquals(20, two[1] - two[0], 1);
		assertEquals("requests@web", model.explain(0, new int[] { 5 }, Regressors.NONE).stream().filter(part -> part.kind() == Part.Kind.DRIVER).findFirst()
				.orElseThrow().name());
	}

	@Test
	void aStateWithEventsAndBoundsIsReadAsItWasWritten() throws IOException {
		for (Simulated series : List.of(Simulated.EVENTS, Simulated.SATURATING)) {
			ProphetModel model = trained(series.training());
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			model.save(0, new DataOutputStream(bytes));
			ProphetModel other = new ProphetModel(ProphetModel.Style.LOAD);
			other.load(0, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
			Regressors ahead = (slot, regressor, lead) -> lead % 2;
			for (int i = 0; i < 60; i++) {
				double[] value = { series.expected(Simulated.HOURS + i) };
				model.update(SLOT, value, ahead);
				other.update(SLOT, value, ahead);
			}
			assertArrayEquals(forecast(model, ahead, LEADS), forecast(other, ahead, LEADS), 0);
		}
	}
}
