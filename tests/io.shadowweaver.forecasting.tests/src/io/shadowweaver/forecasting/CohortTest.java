// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.plugin.Progress;

/** Models whose parameters all series of a metric share. */
class CohortTest {
	private static final Duration QUARTER = Duration.ofMinutes(15);
	private static final int SERIES = 6;

	/** A strange day that single models cannot know from the last step: it jumps at random places, the same each day, under much noise. */
	private static Memory memory(int days) {
		Memory memory = new Memory(QUARTER);
		Random random = new Random(3);
		double[] shape = new double[96];
		for (int i = 0; i < shape.length; i++) {
			shape[i] = 20 + 80 * random.nextDouble();
		}
		for (int s = 0; s < SERIES; s++) {
			double[] values = new double[days * 96];
			for (int i = 0; i < values.length; i++) {
				values[i] = (s + 1) * shape[i % 96] * Math.max(.1, 1 + .5 * random.nextGaussian());
			}
			memory.with("s" + s, values);
		}
		return memory;
	}

	private static List<Candidate> with(Fakes.Log log) {
		List<Candidate> candidates = new ArrayList<>(Memory.product());
		candidates.add(Fakes.profile(log));
		return candidates;
	}

	@Test
	void itLearnsFromAllSeriesIsJudgedHonestlyAndTakesPartWhereItHelps() {
		Fakes.Log log = new Fakes.Log();
		Memory memory = memory(12);
		try (Forecaster forecaster = memory.forecaster(with(log), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 8 * 96);
			assertEquals(3, log.trainings, "first without what is tested, then on everything");
			assertEquals(SERIES, log.seriesOfLast);
			assertTrue(log.ends.get(1) < log.ends.get(2) && log.ends.get(2) < log.ends.get(3));
			forecaster.retrain(memory.ids(), Progress.NONE).join();
			Quality quality = forecaster.quality(Memory.id("s2"));
			assertTrue(quality.candidates().stream().anyMatch(score -> score.model().equals("profile") && score.relative() < 1), quality.candidates().toString());
			assertTrue(quality.model().contains("profile"), quality.model());
			assertTrue(forecaster.costs().get("profile").trainings() > 0);
			for (int i = 8 * 96 + 1; i < 9 * 96 + 10; i++) {
				memory.tick(forecaster, i);
			}
			assertEquals(4, log.trainings, "once a night, from the parameters that there are");
			for (Forecast forecast : forecaster.forecast(memory.ids(), memory.time(9 * 96 + 9))) {
				assertTrue(forecast.isPresent());
				assertTrue(forecast.model().contains("profile"), forecast.model());
			}
		}
		assertEquals(0, log.open, "instances that were not closed");
	}

	@Test
	void byItselfAndWithoutSamplesItLearnsOnRequest() {
		Fakes.Log log = new Fakes.Log();
		Memory memory = memory(9);
		memory.known = 8 * 96;
		try (Forecaster forecaster = memory.forecaster(List.of(Fakes.profile(log)), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			forecaster.historyChanged(memory.ids());
			forecaster.forecast(memory.ids(), memory.time(8 * 96 - 1));
			assertTrue(forecaster.learn());
			forecaster.retrain(memory.ids(), Progress.NONE).join();
			for (Forecast forecast : forecaster.forecast(memory.ids(), memory.time(8 * 96 - 1))) {
				assertEquals("profile", forecast.model(), forecast.reason());
			}
		}
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			assertFalse(forecaster.learn(), "none of these shares anything");
		}
	}

	@Test
	void whatJudgesHasNotSeenTheTestPart() {
		Fakes.Log log = new Fakes.Log();
		Memory memory = memory(12);
		try (Forecaster forecaster = memory.forecaster(with(log), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 8 * 96);
			log.attached.clear();
			BackTestReport report = forecaster.backTest(Memory.id("s1"), memory.time(8 * 96), BackTestRequest.USUAL, Progress.NONE).join();
			assertEquals("", note(report.results().stream().filter(result -> result.model().equals("profile")).map(BackTestReport.Result::note).toList()));
			forecaster.retrain(List.of(Memory.id("s1")), Progress.NONE).join();
			assertEquals("", note(forecaster.quality(Memory.id("s1")).candidates().stream().filter(one -> one.model().equals("profile")).map(Quality.Score::note).toList()));
			assertTrue(log.attached.size() >= 2);
			for (long[] ends : log.attached) {
				assertTrue(ends[0] <= ends[1], "parameters had seen " + Duration.ofMillis(ends[0] - ends[1]) + " of what they were judged by");
			}
		}
	}

	private static String note(List<String> notes) {
		assertEquals(1, notes.size());
		return notes.getFirst();
	}

	@Test
	void parametersSurviveARestart(@TempDir Path folder) throws IOException {
		Fakes.Log log = new Fakes.Log();
		Memory memory = memory(12);
		Path file = folder.resolve("states");
		try (Forecaster forecaster = memory.forecaster(with(log), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 8 * 96);
			forecaster.retrain(memory.ids(), Progress.NONE).join();
			forecaster.save(file);
		}
		Fakes.Log after = new Fakes.Log();
		after.ends.putAll(log.ends);
		try (Forecaster restarted = new Forecaster(with(after), memory, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			restarted.load(file);
			memory.ids().forEach(id -> restarted.register(id, Metric.REQUESTS));
			memory.tick(restarted, 8 * 96 + 1);
			assertTrue(restarted.quality(Memory.id("s2")).model().contains("profile"));
			assertTrue(restarted.forecast(memory.ids(), memory.time(8 * 96 + 1)).get(2).isPresent());
			assertEquals(0, after.trainings, "trained after a restart");
			assertFalse(restarted.quality(Memory.id("s2")).lastChange().contains("failed"));
		}
	}
}
