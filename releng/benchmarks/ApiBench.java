// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.bench.PrometheusPeer;
import io.shadowweaver.bench.RawHttp;

/** The API of the whole engine under load: reads, the page that Prometheus scrapes, and queries beside Prometheus. */
final class ApiBench {
	private static final int RUNS = 3;
	private static final long WARM_NANOS = 4_000_000_000L;
	private static final int QUERIES = 30;
	/** Lived through before the queries, whose span begins in what was read back at the start. */
	private static final int TICKS = 60;
	private static final String SCRIPT = """
			request = function()
				return wrk.format("GET", "/api/v1/estates/bench/resources/m" .. math.random(0, %d) .. "?view=planned&at=PT30M")
			end
			done = function(summary, latency, requests)
				local wrong = summary.errors
				io.write(string.format("figures %%d %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
					wrong.connect + wrong.read + wrong.write, wrong.status, wrong.timeout))
			end
			""";

	private static boolean failed;

	private ApiBench() {
	}

	/** {@code FOLDER PROMETHEUS [query|streams|reads|states|metrics …]}: the folder of the programs of Prometheus; all where nothing is named. */
	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createDirectories(Path.of(arguments[0]));
		String wanted = arguments.length > 2 ? String.join(" ", Arrays.copyOfRange(arguments, 2, arguments.length)) : "query streams reads states metrics";
		if (wanted.contains("query")) {
			part("query", () -> query(folder.resolve("query"), Path.of(arguments[1]), 2_000));
		}
		if (wanted.contains("streams")) {
			part("streams", () -> StreamBench.small(folder.resolve("small"), 1_000));
		}
		if (wanted.contains("reads") || wanted.contains("states")) {
			try (ServedEstate estate = new ServedEstate(folder.resolve("large"), 10_000)) {
				if (wanted.contains("reads")) {
					part("reads", () -> reads(estate, folder, 10_000));
				}
				if (wanted.contains("states")) {
					part("states", () -> StreamBench.large(estate));
				}
			}
		}
		if (wanted.contains("metrics")) {
			part("metrics", () -> metrics(folder.resolve("metrics"), 20_000));
		}
		System.exit(failed ? 1 : 0);
	}

	private interface Part {
		void measure() throws Exception;
	}

	/** Says before what the machine does otherwise, and behind how long it took; one that fails does not end the others. */
	private static void part(String name, Part part) {
		Figures.print("api." + name + ".load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), "load of the machine before, of the last minute");
		long began = System.nanoTime();
		try {
			part.measure();
		} catch (Exception e) {
			failed = true;
			System.out.println("api." + name + ": not measured: " + e);
		}
		Figures.print("api." + name + ".took", (System.nanoTime() - began) / 1e9, "s in all");
	}

	/** Reads of any resource in a shadow, by wrk, after a run to warm up. */
	private static void reads(ServedEstate estate, Path folder, int resources) throws IOException, InterruptedException {
		Path script = Files.writeString(folder.resolve("reads.lua"), String.format(Locale.ROOT, SCRIPT, resources - 1));
		double[][] figures = new double[RUNS][];
		for (int run = -1; run < RUNS; run++) {
			long cpu = Figures.processCpu();
			Process wrk = new ProcessBuilder("wrk", "-t1", "-c8", "-d8s", "--timeout", "20s", "-s", script.toString(), estate.server().uri().toString()).redirectErrorStream(true).start();
			String[] said = null;
			try (BufferedReader in = wrk.inputReader()) {
				for (String line = in.readLine(); line != null; line = in.readLine()) {
					said = line.startsWith("figures ") ? line.split(" ") : said;
				}
			}
			if (wrk.waitFor() != 0 || said == null) {
				throw new IOException("wrk did not end well");
			}
			if (!said[5].equals("0") || !said[6].equals("0") || !said[7].equals("0")) {
				throw new IOException("of " + said[1] + " reads " + said[5] + " failed, " + said[6] + " were refused and " + said[7] + " took over 20 s");
			}
			double requests = Double.parseDouble(said[1]);
			if (run >= 0) {
				figures[run] = new double[] { requests / (Double.parseDouble(said[2]) / 1e6), Double.parseDouble(said[3]) / 1e3, Double.parseDouble(said[4]) / 1e3,
						(Figures.processCpu() - cpu) / 1e3 / requests };
			}
		}
		String name = "api.read." + resources;
		Figures.print(name, column(figures, 0), "reads/s of a resource in a shadow, by wrk over 8 connections");
		Figures.print(name + ".p50", column(figures, 1), "ms");
		Figures.print(name + ".p99", column(figures, 2), "ms");
		Figures.print(name + ".cpu", column(figures, 3), "µs of CPU a read");
	}

	private static double[] column(double[][] figures, int column) {
		return Arrays.stream(figures).mapToDouble(run -> run[column]).toArray();
	}

	/** The page of an estate in which each series has a forecast, read to its end and thrown away. */
	private static void metrics(Path folder, int resources) throws Exception {
		try (ServedEstate estate = new ServedEstate(folder, resources)) {
			URI uri = estate.server().uri().resolve("metrics");
			byte[] page = new byte[0];
			double[] wall = new double[RUNS];
			double[] cpu = new double[RUNS];
			try (RawHttp http = new RawHttp(uri)) {
				for (int run = -2; run < RUNS; run++) {
					long began = System.nanoTime();
					long busy = Figures.processCpu() - Figures.threadCpu();
					page = http.get(uri);
					if (run >= 0) {
						wall[run] = (System.nanoTime() - began) / 1e9;
						cpu[run] = (Figures.processCpu() - Figures.threadCpu() - busy) / 1e9;
					}
				}
			}
			Figures.print("api.metrics.lines", count(page), "lines");
			Figures.print("api.metrics.forecasts", estate.forecasts(), "series with forecasts");
			Figures.print("api.metrics.bytes", page.length / 1e6, "MB");
			Figures.print("api.metrics.wall", wall, "s; aim: at most 1");
			Figures.print("api.metrics.cpu", cpu, "CPU-s of the server");
		}
	}

	private static int count(byte[] bytes) {
		int lines = 0;
		for (byte one : bytes) {
			lines += one == '\n' ? 1 : 0;
		}
		return lines;
	}

	/** The same queries to both over the same series, in turn; their answers are compared. */
	private static void query(Path folder, Path programs, int resources) throws Exception {
		Files.createDirectories(folder);
		try (ServedEstate estate = new ServedEstate(folder.resolve("estate"), resources)) {
			Weaver weaver = estate.weaver();
			for (int tick = 0; tick < TICKS; tick++) {
				weaver.step();
			}
			Instant to = weaver.state().time();
			Instant from = to.minus(SyntheticSource.STEP.multipliedBy(180));
			Path text = folder.resolve("series.txt");
			SeriesPages series = weaver.state().series();
			try (PrometheusPeer.Blocks blocks = new PrometheusPeer.Blocks(text, ServedEstate.ID)) {
				for (int slot = 0; slot < series.size(); slot++) {
					SeriesId id = series.id(slot);
					blocks.add(id, weaver.history(id, from, to.plusMillis(1), SyntheticSource.STEP));
				}
			}
			Map<String, String> queries = new LinkedHashMap<>();
			queries.put("one", "shadowweaver_value{subject=\"m1234\",metric=\"cpu\"}");
			queries.put("hundred", "shadowweaver_value{subject=~\"m12[0-9][0-9]\",metric=\"cpu\"}");
			// Prometheus 2 and 3 differ at the ends of a window: none is at a sample
			queries.put("mean", "avg_over_time(shadowweaver_value{subject=~\"m12[0-9][0-9]\",metric=\"cpu\"}[890s])");
			queries.put("sum", "sum by (metric) (shadowweaver_value{metric=\"cpu\"})");
			try (PrometheusPeer peer = new PrometheusPeer(programs, folder, text)) {
				for (Map.Entry<String, String> one : queries.entrySet()) {
					String asked = "query_range?query=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8) + "&start=" + from.plusSeconds(1800) + "&end=" + to + "&step=60";
					compare("api.query." + one.getKey(), estate.server().uri().resolve("api/v1/estates/" + ServedEstate.ID + "/prometheus/api/v1/" + asked), peer, peer.uri().resolve("api/v1/" + asked));
				}
			}
		}
	}

	/** In wall time, in CPU time of both programs, and in ratios of each pair. */
	private static void compare(String name, URI ours, PrometheusPeer peer, URI theirs) throws IOException {
		double[] mine = new double[QUERIES];
		double[] other = new double[QUERIES];
		double[] ratio = new double[QUERIES];
		byte[] answer;
		byte[] expected;
		long cpu;
		long peerCpu;
		try (RawHttp us = new RawHttp(ours); RawHttp them = new RawHttp(theirs)) {
			long warm = System.nanoTime() + WARM_NANOS;
			do {
				us.get(ours);
				them.get(theirs);
			} while (System.nanoTime() < warm);
			cpu = Figures.processCpu() - Figures.threadCpu();
			peerCpu = peer.cpu();
			for (int run = 0; run < QUERIES; run++) {
				long began = System.nanoTime();
				us.get(ours);
				long between = System.nanoTime();
				them.get(theirs);
				mine[run] = (between - began) / 1e6;
				other[run] = (System.nanoTime() - between) / 1e6;
				ratio[run] = mine[run] / other[run];
			}
			answer = us.get(ours);
			expected = them.get(theirs);
		}
		double used = (Figures.processCpu() - Figures.threadCpu() - cpu) / 1e6 / (QUERIES + 1);
		double peerUsed = (peer.cpu() - peerCpu) / 1e6 / (QUERIES + 1);
		double[] sums = { sum(answer), sum(expected) };
		if (Math.abs(sums[0] - sums[1]) > 1e-9 * Math.abs(sums[1]) || sums[1] == 0) {
			throw new IOException(name + " is answered differently: " + sums[0] + " and by Prometheus " + sums[1]);
		}
		Figures.print(name, mine, "ms");
		Figures.print(name + ".prometheus", other, "ms");
		Figures.print(name + ".ratio", ratio, "times the time of Prometheus; aim: at most 1");
		Figures.print(name + ".cpu", used, "ms of CPU; Prometheus " + String.format(Locale.ROOT, "%.2f ms, %.2f times as much", peerUsed, used / peerUsed));
	}

	/** Over all values, and how many they are. */
	private static double sum(byte[] answer) throws IOException {
		double sum = 0;
		for (JsonNode row : new ObjectMapper().readTree(answer).path("data").path("result")) {
			for (JsonNode point : row.path("values")) {
				sum += 1 + Double.parseDouble(point.get(1).asText());
			}
		}
		return sum;
	}
}
