// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.engine.Counters;
import io.shadowweaver.platform.Points;
import io.shadowweaver.platform.ShadowPlatform;

/**
 * A whole CSV file in memory, through the metric source that replays such files. What judges a past takes wrong rows as gaps and says so;
 * what says what will come refuses the file: an answer from half of the data would look like an answer from all of it.
 *
 * @param step    the distance of two values
 * @param series  by id, in the order of the file
 * @param metrics by id
 * @param units   the unit in which the file gives a series, and in which it is answered; base units where it names none
 */
record CsvInput(Duration step, Map<SeriesId, Series> series, Map<String, Metric> metrics, Map<SeriesId, Unit> units) {
	private static final Pattern COLUMN = Pattern.compile("(.+?)(?:/([^/\\[]+))?(?:\\[(.+)])?");
	private static final String CSV = "csv";
	private static final int NAMED = 20;

	/** Takes wrong rows as gaps: the first are named. */
	static Consumer<String> gaps(PrintWriter err) {
		int[] told = { 0 };
		return problem -> {
			if (told[0]++ < NAMED) {
				err.println("weave: " + problem);
			} else if (told[0] == NAMED + 1) {
				err.println("weave: more rows are wrong; they are not listed.");
			}
		};
	}

	/** Reads a file and refuses it where a row is wrong. */
	static CsvInput read(ShadowPlatform platform, Path file, Duration wanted) throws PluginException {
		List<String> problems = new ArrayList<>();
		CsvInput input = read(platform, file, wanted, problems::add);
		if (!problems.isEmpty()) {
			throw new PluginException(String.join("\nweave: ", problems.subList(0, Math.min(NAMED, problems.size()))));
		}
		return input;
	}

	/**
	 * Reads a file; what is wrong with a row is told, and the row or the cell is a gap.
	 *
	 * @param wanted   the step, a multiple of the file's; {@code null} for the file's own
	 * @param problems takes a sentence for each wrong row or cell
	 */
	static CsvInput read(ShadowPlatform platform, Path file, Duration wanted, Consumer<String> problems) throws PluginException {
		if (!Files.isReadable(file) || Files.isDirectory(file)) {
			throw new PluginException(file + ": cannot be read.");
		}
		Settings settings = platform.settings(Points.SOURCES, CSV, Map.of("file", file.toAbsolutePath().toString()));
		return read(platform.factory(Points.SOURCES, CSV, MetricSourceFactory.class), settings, file, wanted, problems);
	}

	/** Reads a file through the source that a factory makes. */
	static CsvInput read(MetricSourceFactory factory, Settings settings, Path file, Duration wanted, Consumer<String> problems)
			throws PluginException {
		PluginContext context = new Context(file.toAbsolutePath().getParent());
		try (MetricSource source = factory.open(settings, context)) {
			SourceInfo info = source.info();
			Instant from = info.earliest().orElseThrow(() -> new PluginException(file + ": holds no samples."));
			Instant to = info.latest().orElseThrow().plus(info.step());
			Map<SeriesId, List<Block>> blocks = new LinkedHashMap<>();
			Map<String, Metric> metrics = new TreeMap<>();
			Counters counters = new Counters();
			source.backfill(from, to, delivered -> {
				Batch batch = counters.rates(delivered);
				batch.metrics().forEach(metric -> metrics.putIfAbsent(metric.id(), metric));
				batch.blocks().forEach(block -> blocks.computeIfAbsent(block.id(), id -> new ArrayList<>()).add(block));
				batch.problems().forEach(problems);
			}, Progress.NONE);
			Duration step = wanted == null ? info.step() : wanted;
			if (step.compareTo(info.step()) < 0 || step.toMillis() % info.step().toMillis() != 0) {
				throw new PluginException("--step must be a multiple of the file's step, " + info.step().toSeconds() + " s.");
			}
			Map<SeriesId, Unit> units = columns(file);
			Map<SeriesId, Series> series = new LinkedHashMap<>();
			units.keySet().forEach(id -> series.put(id, Series.empty(to, step, "It has no sample in the file.")));
			blocks.forEach((id, parts) -> series.put(id, join(parts, from, to, info.step(), step)));
			return new CsvInput(step, series, metrics, units);
		}
	}

	/** The series of the header in its order, each with the unit that it names, or the base unit of a plain number. */
	private static Map<SeriesId, Unit> columns(Path file) throws PluginException {
		Map<SeriesId, Unit> units = new LinkedHashMap<>();
		try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
			for (String column : parser.iterator().next().stream().skip(1).toList()) {
				Matcher matcher = COLUMN.matcher(column.strip());
				if (matcher.matches()) {
					String metric = matcher.group(2) == null ? "value" : matcher.group(2).strip();
					units.put(new SeriesId(matcher.group(1).strip(), metric), Optional.ofNullable(matcher.group(3)).flatMap(Unit::parse).orElse(Unit.COUNT));
				}
			}
		} catch (IOException e) {
			throw new PluginException(file + ": cannot be read: " + e.getMessage(), e);
		}
		return units;
	}

	/** One series from its parts; each value is the mean of the samples in the step that ends at its time. */
	private static Series join(List<Block> parts, Instant from, Instant to, Duration own, Duration step) {
		int factor = (int) (step.toMillis() / own.toMillis());
		int length = (int) (Duration.between(from, to).toMillis() / own.toMillis());
		double[] all = new double[length];
		Arrays.fill(all, Double.NaN);
		for (Block part : parts) {
			for (int i = 0; i < part.series().length(); i++) {
				int at = (int) (Duration.between(from, part.series().time(i)).toMillis() / own.toMillis());
				if (at >= 0 && at < length) {
					all[at] = part.series().values()[i];
				}
			}
		}
		if (factor == 1) {
			return untilLast(from, step, all);
		}
		double[] means = new double[length / factor];
		for (int i = 0; i < means.length; i++) {
			means[i] = Arrays.stream(all, i * factor, (i + 1) * factor).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
		}
		Instant first = from.plus(own.multipliedBy(factor - 1L));
		return untilLast(first, step, means);
	}

	/** A series ends with its last sample, and its forecast begins there. */
	private static Series untilLast(Instant start, Duration step, double[] values) {
		int length = values.length;
		while (length > 0 && Double.isNaN(values[length - 1])) {
			length--;
		}
		return length == 0 ? Series.empty(start, step, "It has no sample in the file.")
				: Series.of(start, step, Arrays.copyOf(values, length));
	}

	/** A series in the unit of the file. */
	Series inFileUnit(SeriesId id) {
		Series base = series.get(id);
		Unit unit = units.get(id);
		return unit == null || base.length() == 0 ? base
				: Series.of(base.start(), base.step(), Arrays.stream(base.values()).map(unit::fromBase).toArray());
	}

	/** What a series measures. */
	Metric metric(SeriesId id) {
		return metrics.getOrDefault(id.metric(), Metric.of(id.metric(), Unit.COUNT));
	}

	private record Context(Path directory) implements PluginContext {
		@Override
		public String estate() {
			return "weave";
		}

		@Override
		public InstantSource clock() {
			return Clock.systemUTC();
		}

		@Override
		public <T> T shared(Class<T> type, Supplier<? extends T> create) {
			return create.get();
		}
	}
}
