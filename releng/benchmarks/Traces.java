// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.shadowweaver.api.metric.Series;

/** The public traces as series, and the models that are installed. */
public final class Traces {
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final Duration FIVE = Duration.ofMinutes(5);

	/** A series and what it is called. */
	public record Trace(String name, Series series) {
		/** Means over so many steps. */
		public Trace every(int steps) {
			double[] all = series.values();
			double[] means = new double[all.length / steps];
			for (int i = 0; i < means.length; i++) {
				means[i] = Arrays.stream(all, i * steps, (i + 1) * steps).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
			}
			return new Trace(name, Series.of(series.start(), series.step().multipliedBy(steps), means));
		}
	}

	private Traces() {
	}

	private static Path folder() {
		return Path.of(System.getProperty("shadowweaver.data"));
	}

	/** Whether the traces are there. */
	public static boolean present() {
		return Files.isDirectory(folder().resolve("web"));
	}

	private static List<String> lines(String file) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(folder().resolve(file)), 1 << 16),
				StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static Trace column(String name, String file, int skip, int column, Instant start, Duration step) {
		double[] values = lines(file).stream().skip(skip).mapToDouble(line -> value(line.split(",", -1)[column])).toArray();
		return new Trace(name, Series.of(start, step, values));
	}

	private static double value(String cell) {
		return cell.isBlank() ? Double.NaN : Double.parseDouble(cell.strip());
	}

	/** Requests a minute of WorldCup98 and of NASA. */
	public static List<Trace> web() {
		return List.of(column("worldcup98", "web/worldcup98_per_minute.csv.gz", 1, 1, Instant.parse("1998-04-30T21:30:00Z"), MINUTE),
				column("nasa", "web/nasa_jul_aug_1995_per_minute.txt.gz", 0, 0, Instant.parse("1995-07-01T00:00:00Z"), MINUTE));
	}

	/** CPU of Alibaba's machines, their mean. */
	public static Trace alibaba() {
		return column("alibaba-cpu", "dc/alibaba2018_machine_usage_300s.csv.gz", 1, 0, Instant.parse("2018-01-01T00:00:00Z"), FIVE);
	}

	/**
	 * Machines of Bitbrains that do something.
	 *
	 * @param kind  {@code cpu_pct} or {@code mem_kb}
	 * @param every every how many machines
	 */
	public static List<Trace> bitbrains(String kind, int every) {
		List<String> rows = lines("bitbrains/5min_2013-08_" + kind + ".csv.gz");
		List<Trace> traces = new ArrayList<>();
		for (int row = 0; row < rows.size(); row += every) {
			String[] cells = rows.get(row).split(",", -1);
			double[] values = Arrays.stream(cells, 1, cells.length).mapToDouble(Traces::value).toArray();
			if (Arrays.stream(values).filter(value -> value > 0).count() > values.length / 20) {
				traces.add(new Trace("vm" + cells[0], Series.of(Instant.parse("2013-08-01T00:00:00Z"), FIVE, values)));
			}
		}
		return traces;
	}
}
