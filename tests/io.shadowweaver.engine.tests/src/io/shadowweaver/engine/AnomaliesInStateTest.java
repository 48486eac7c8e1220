// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** What is unusual of an estate is in its state. */
class AnomaliesInStateTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final int SPIKE = 250;

	@TempDir
	Path directory;

	/** Noise about .4, and one value of .95. */
	private static final class Noise implements MetricSource {
		private final Random random = new Random(4);

		@Override
		public SourceInfo info() {
			return new SourceInfo(STEP, Optional.empty(), Optional.empty(), Optional.of(START));
		}

		@Override
		public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
			// has no history
		}

		@Override
		public Batch poll(Instant now) {
			double cpu = now.equals(START.plus(STEP.multipliedBy(SPIKE))) ? .95 : .4 + .02 * random.nextGaussian();
			return new Batch(List.of(Metric.CPU), List.of(), List.of(new Tick(now, List.of(new SeriesId("web-1", "cpu")), new double[] { cpu })),
					List.of(new TopologyChange.ResourceSeen(Resource.live("web-1", "host", "web-1", Map.of(), Map.of("cpu", 2.)))), List.of(), List.of());
		}

		@Override
		public void close() {
			// holds nothing
		}
	}

	@Test
	void aSpikeIsThereForADay() throws Exception {
		Connection source = new Connection("noise", "fake", "Noise", Map.of());
		EstateConfig config = new EstateConfig("t", "Test", List.of(source), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
		EstateParts parts = new EstateParts(directory, () -> START,
				List.of(new EstateParts.Part<MetricSourceFactory>(source, () -> (settings, context) -> new Noise(), Settings.of(List.of(), Map.of()))),
				List.of(), List.of(), FleetRun.models(), Runnable::run);
		Instant spike = START.plus(STEP.multipliedBy(SPIKE));
		try (Weaver weaver = new Weaver(config, parts, ProvisioningSettings.defaults(), false, id -> true)) {
			weaver.prepare();
			WeaverState state = weaver.state();
			while (state.time().isBefore(spike)) {
				assertTrue(state.anomalies().size() < 3, () -> weaver.state().anomalies().toString());
				state = weaver.step();
			}
			state = weaver.step();
			Anomaly found = state.anomalies().stream().filter(one -> one.kind() == Anomaly.Kind.VALUE && one.value() == .95).findFirst().orElseThrow();
			assertEquals(spike, found.time());
			assertEquals(.4, found.expected(), .05);
			while (state.time().isBefore(spike.plus(Duration.ofHours(25)))) {
				state = weaver.step();
			}
			assertTrue(state.anomalies().stream().noneMatch(one -> one.time().equals(spike)));
		}
	}
}
