// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.bench.Sizes;
import io.shadowweaver.history.MetricHistory;
import io.shadowweaver.history.Retention;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * Ticks a second of the whole engine with the cheap model, and the heap of its states. The history cannot be taken out of the
 * engine, so the same rows are appended to a second one in the same run, and that time is subtracted.
 */
final class TicksBench {
	private static final int RUNS = 3;

	private TicksBench() {
	}

	/** {@code FOLDER SERIES…}. */
	public static void main(String[] arguments) throws Exception {
		for (int i = 1; i < arguments.length; i++) {
			measure(Path.of(arguments[0]).resolve(arguments[i]), Integer.parseInt(arguments[i]));
		}
	}

	private static void measure(Path folder, int wanted) throws Exception {
		String name = "ticks." + wanted;
		SyntheticSource source = new SyntheticSource(wanted);
		Connection connection = new Connection("memory", "memory", "Memory", Map.of());
		EstateConfig config = new EstateConfig("bench", "Bench", List.of(connection), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(),
				List.of());
		MetricSourceFactory factory = (settings, context) -> source;
		EstateParts parts = new EstateParts(Files.createDirectories(folder.resolve("estate")), Instant::now,
				List.of(new EstateParts.Part<>(connection, () -> factory, Settings.of(List.of(), Map.of()))), List.of(), List.of(),
				FleetRun.models().stream().filter(candidate -> candidate.id().equals("naive")).toList(), Runnable::run);
		long empty = Figures.heap();
		try (Weaver weaver = new Weaver(config, parts, ProvisioningSettings.defaults(), false, id -> true);
				MetricHistory beside = MetricHistory.open(Files.createDirectories(folder.resolve("history")), Retention.DEFAULT,
						InstantSource.fixed(SyntheticSource.START))) {
			long begun = Figures.processCpu();
			weaver.prepare();
			Figures.print(name + ".backfill", (Figures.processCpu() - begun) / 1e9, "CPU-s for 3 h of samples");
			int rounds = Math.max(5, Math.min(200, 400_000 / wanted));
			for (int i = 0; i < Math.max(12, rounds / 2); i++) {
				one(weaver, beside, source);
			}
			double[] wall = new double[RUNS];
			double[] whole = new double[RUNS];
			double[] without = new double[RUNS];
			for (int run = 0; run < RUNS; run++) {
				long[] sum = new long[3];
				for (int i = 0; i < rounds; i++) {
					long[] times = one(weaver, beside, source);
					for (int k = 0; k < sum.length; k++) {
						sum[k] += times[k];
					}
				}
				wall[run] = rounds / (sum[0] / 1e9);
				whole[run] = rounds / (sum[1] / 1e9);
				without[run] = rounds / (Math.max(1, sum[1] - sum[2]) / 1e9);
			}
			Figures.print(name + ".wall", wall, "ticks/s");
			Figures.print(name + ".cpu", whole, "ticks/CPU-s");
			Figures.print(name + ".cpu.without.history", without, "ticks/CPU-s");
			heap(name, weaver, source.series(), empty);
		}
	}

	/** Wall and CPU time of a tick, and CPU time of appending its row alone. */
	private static long[] one(Weaver weaver, MetricHistory beside, SyntheticSource source) {
		long wall = System.nanoTime();
		long cpu = Figures.processCpu();
		WeaverState state = weaver.step();
		long stepped = System.nanoTime() - wall;
		long between = Figures.processCpu();
		beside.append(source.row(state.time()), SyntheticSource.STEP);
		return new long[] { stepped, between - cpu, Figures.processCpu() - between };
	}

	private static void heap(String name, Weaver weaver, int series, long empty) throws Exception {
		WeaverState first = weaver.state();
		WeaverState second = weaver.step();
		Figures.print(name + ".state.pages", second.series().dirtyPages(first.series()).size(), "pages of " + (second.series().size() + 1023) / 1024
				+ " differ between two states");
		Sizes sizes = new Sizes();
		double alone = sizes.add(first);
		double more = sizes.add(second);
		Figures.print(name + ".state.first", alone / series, "B/series");
		Figures.print(name + ".state.second", more / series, "B/series more for the next state");
		first = null;
		second = null;
		sizes = null;
		Figures.print(name + ".heap", (double) (Figures.heap() - empty) / series, "B/series of the whole engine");
	}
}
