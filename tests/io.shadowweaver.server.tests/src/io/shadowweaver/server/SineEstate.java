// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.EstateParts;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;

/** Three machines of a group whose requests follow an hourly sine, woven by the real engine, in a time of its own. */
final class SineEstate {
	static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(1);
	private static final List<String> MACHINES = List.of("web-1", "web-2", "web-3");

	private SineEstate() {
	}

	static Weaver open(Path directory) throws Exception {
		return open(directory, new AtomicBoolean());
	}

	/**
	 * Opens one.
	 *
	 * @param silent whether its machines say nothing any more
	 */
	static Weaver open(Path directory, AtomicBoolean silent) throws Exception {
		return open(directory, silent, List.of());
	}

	/** With accounts {@code cloud0}, {@code cloud1}, …; automation is off. */
	static Weaver open(Path directory, List<CloudProvider> clouds) throws Exception {
		return open(directory, new AtomicBoolean(), clouds);
	}

	private static Weaver open(Path directory, AtomicBoolean silent, List<CloudProvider> clouds) throws Exception {
		List<EstateParts.Part<CloudProviderFactory>> accounts = new ArrayList<>();
		for (CloudProvider cloud : clouds) {
			accounts.add(new EstateParts.Part<>(new Connection("cloud" + accounts.size(), "memory", "Memory", Map.of()), () -> (settings, context) -> cloud, Settings.of(List.of(), Map.of())));
		}
		Connection connection = new Connection("sine", "sine", "Sine", Map.of());
		MetricSourceFactory source = (settings, context) -> new Source(silent);
		Settings none = Settings.of(List.of(), Map.of());
		ForecastModelFactory last = new ForecastModelFactory() {
			@Override
			public ForecastModel create(Settings settings) {
				return new Last();
			}

			@Override
			public ModelNeeds needs() {
				return new ModelNeeds("1", 1, 0, true, 1, 20);
			}
		};
		EstateParts parts = new EstateParts(directory, Instant::now, List.of(new EstateParts.Part<>(connection, () -> source, none)), accounts, List.of(),
				List.of(new Candidate("last", last, none)), Runnable::run);
		EstateConfig config = new EstateConfig("sine", "Sine", List.of(connection), accounts.stream().map(EstateParts.Part::connection).toList(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
		Weaver weaver = new Weaver(config, parts, config.provisioningOrDefaults(), false, id -> true);
		weaver.prepare();
		for (int i = 0; i < 5; i++) {
			weaver.step();
		}
		return weaver;
	}

	private static double requests(Instant time) {
		return 40 + 20 * Math.sin(2 * Math.PI * (time.getEpochSecond() % 3600) / 3600.);
	}

	private static final class Source implements MetricSource {
		private final AtomicBoolean silent;
		private Instant next = START;

		Source(AtomicBoolean silent) {
			this.silent = silent;
		}

		@Override
		public SourceInfo info() {
			return new SourceInfo(STEP, Optional.of(START.minus(Duration.ofDays(1))), Optional.empty(), Optional.of(START));
		}

		@Override
		public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
			Instant first = from.isBefore(START.minus(Duration.ofDays(1))) ? START.minus(Duration.ofDays(1)) : from;
			int length = (int) Duration.between(first, to).dividedBy(STEP);
			double[] values = new double[length];
			Arrays.setAll(values, i -> requests(first.plus(STEP.multipliedBy(i))));
			List<Block> blocks = MACHINES.stream().map(machine -> new Block(new SeriesId(machine, "requests"), Series.of(first, STEP, values.clone()))).toList();
			List<TopologyChange> changes = new ArrayList<>();
			MACHINES.forEach(machine -> changes.add(new TopologyChange.ResourceSeen(Resource.live(machine, "vm", machine, Map.of("tier", "web"), Map.of("requests", 100.)))));
			changes.add(new TopologyChange.GroupSeen(new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 9, 1,
					Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO)));
			sink.accept(new Batch(List.of(Metric.REQUESTS), blocks, List.of(), changes, List.of(), List.of()));
		}

		@Override
		public Batch poll(Instant now) {
			List<Tick> ticks = new ArrayList<>();
			for (; !next.isAfter(now); next = next.plus(STEP)) {
				if (silent.get()) {
					continue;
				}
				double value = requests(next);
				ticks.add(new Tick(next, MACHINES.stream().map(machine -> new SeriesId(machine, "requests")).toList(), new double[] { value, value, value }));
			}
			return Batch.ofTicks(ticks);
		}

		@Override
		public void close() {
			// nothing is open
		}
	}

	/** The last value at every lead. */
	private static final class Last extends SingleSeriesModel {
		@Override
		protected Fitted fit(TrainingSeries series) {
			Value value = new Value();
			for (double one : series.values().values()) {
				value.update(one);
			}
			return value;
		}

		@Override
		protected Fitted read(DataInput in) throws IOException {
			Value value = new Value();
			value.last = in.readDouble();
			return value;
		}

		private static final class Value implements Fitted {
			private double last;

			@Override
			public void update(double value) {
				last = Double.isFinite(value) ? value : last;
			}

			@Override
			public double[] forecast(int[] leads) {
				double[] flat = new double[leads.length];
				Arrays.fill(flat, last);
				return flat;
			}

			@Override
			public void save(DataOutput out) throws IOException {
				out.writeDouble(last);
			}
		}
	}
}
