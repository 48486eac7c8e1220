// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.bench.Figures;

/** Bytes a sample and cost of appending, tick by tick as the engine does, each tick one synced batch; and of reading back. */
final class HistoryBench {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final int RUNS = 3;
	private static final int BITBRAINS_SLOTS = 2016;

	private final List<SeriesId> ids = new ArrayList<>();
	/** By series, then by slot. */
	private final List<double[]> columns = new ArrayList<>();

	private HistoryBench() {
	}

	/** {@code FOLDER}. */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]);
		HistoryBench synthetic = new HistoryBench();
		synthetic.machines(200, 1440);
		synthetic.measure("history.synthetic", folder, Duration.ofSeconds(15));
		Path bitbrains = Path.of(System.getProperty("shadowweaver.data"), "bitbrains");
		if (Files.isDirectory(bitbrains)) {
			HistoryBench traces = new HistoryBench();
			for (String metric : List.of("cpu_pct", "mem_kb", "net_rx_kbps", "net_tx_kbps")) {
				traces.read(bitbrains.resolve("5min_2013-08_" + metric + ".csv.gz"), metric);
			}
			traces.measure("history.bitbrains", folder, Duration.ofMinutes(5));
		} else {
			System.out.println("history.bitbrains: not measured, " + bitbrains + " is absent");
		}
	}

	/** Five metrics a machine, rounded as exporters round them: a share, bytes, a rate, a counted rate, a latency of full precision. */
	private void machines(int count, int slots) {
		Random random = new Random(3);
		for (int machine = 0; machine < count; machine++) {
			double[][] values = new double[5][slots];
			double memory = 8e9 + 4e9 * random.nextDouble();
			double noise = 0;
			for (int slot = 0; slot < slots; slot++) {
				noise = .9 * noise + .02 * random.nextGaussian();
				double load = Math.max(.01, .4 + .2 * Math.sin(2 * Math.PI * slot / slots) + noise);
				memory += 4096 * Math.rint(200 * random.nextGaussian());
				values[0][slot] = Math.rint(load * 10_000) / 10_000;
				values[1][slot] = memory;
				values[2][slot] = Math.rint(load * 1e8 * (1 + .05 * random.nextGaussian()));
				values[3][slot] = Math.rint(load * 900 * 15) / 15;
				values[4][slot] = .02 / (1.1 - Math.min(1, load)) * (1 + .1 * random.nextGaussian());
			}
			for (int metric = 0; metric < values.length; metric++) {
				ids.add(new SeriesId("m" + machine, List.of("cpu", "memory", "network.in", "requests", "latency").get(metric)));
				columns.add(values[metric]);
			}
		}
	}

	private void read(Path file, String metric) throws IOException {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] cells = line.split(",", -1);
				double[] values = new double[Math.min(BITBRAINS_SLOTS, cells.length - 1)];
				for (int slot = 0; slot < values.length; slot++) {
					values[slot] = cells[slot + 1].isEmpty() ? Double.NaN : Double.parseDouble(cells[slot + 1]);
				}
				ids.add(new SeriesId("vm" + cells[0], metric));
				columns.add(values);
			}
		}
	}

	private void measure(String name, Path folder, Duration step) throws Exception {
		int slots = columns.stream().mapToInt(values -> values.length).min().orElseThrow();
		InstantSource clock = InstantSource.fixed(START.plus(step.multipliedBy(slots)));
		double[] cpu = new double[RUNS];
		double[] wall = new double[RUNS];
		double[] tick = new double[RUNS];
		for (int run = 0; run < RUNS; run++) {
			Path directory = Files.createDirectories(folder.resolve(name + run));
			try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, clock)) {
				long begun = Figures.processCpu();
				long started = System.nanoTime();
				for (int slot = 0; slot < slots; slot++) {
					double[] row = new double[ids.size()];
					for (int i = 0; i < row.length; i++) {
						row[i] = columns.get(i)[slot];
					}
					history.append(new Tick(START.plus(step.multipliedBy(slot)), ids, row), step);
				}
				long samples = history.stats().samples();
				cpu[run] = samples / ((Figures.processCpu() - begun) / 1e9);
				wall[run] = samples / ((System.nanoTime() - started) / 1e9);
				tick[run] = (System.nanoTime() - started) / 1e6 / slots;
				if (run == RUNS - 1) {
					Figures.print(name + ".samples", samples, "samples of " + ids.size() + " series");
					Figures.print(name + ".bytes.growing", history.stats().bytesPerSample(), "B/sample at the last tick, log and open rows included");
					read(name, history, slots, step);
				}
			}
			if (run == RUNS - 1) {
				try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, clock)) {
					history.enforceRetention();
				}
				try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, clock)) {
					Figures.print(name + ".bytes", history.stats().bytesPerSample(), "B/sample at rest, roll-ups included");
				}
			}
		}
		Figures.print(name + ".append.cpu", cpu, "samples/CPU-s");
		Figures.print(name + ".append.wall", wall, "samples/s");
		Figures.print(name + ".append.tick", tick, "ms of wall a synced tick of " + ids.size() + " series");
	}

	/** What was written must be what is read: else the bytes say nothing. */
	private void read(String name, MetricHistory history, int slots, Duration step) {
		long begun = Figures.processCpu();
		long read = 0;
		for (int i = 0; i < ids.size(); i++) {
			double[] values = history.range(ids.get(i), START, START.plus(step.multipliedBy(slots))).values();
			double[] written = Arrays.copyOf(columns.get(i), slots);
			read += values.length;
			int first = 0;
			while (first < slots && Double.isNaN(written[first])) {
				first++;
			}
			for (int slot = 0; slot < values.length; slot++) {
				if (Double.compare(values[slot], written[first + slot]) != 0) {
					throw new IllegalStateException(ids.get(i) + " at " + slot + ": " + values[slot] + " is not " + written[first + slot]);
				}
			}
		}
		Figures.print(name + ".read", read / ((Figures.processCpu() - begun) / 1e9), "samples/CPU-s");
	}
}
