// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.EventSource;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.forecasting.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave forecast}: forecasts every series of a file, with quantiles. */
@Command(name = "forecast", mixinStandardHelpOptions = true,
		description = "Forecasts every series of a CSV file with the header time,<resource>/<metric>[unit],…")
final class ForecastCommand implements Callable<Integer> {
	/** How the answer is written. */
	enum Format {
		CSV, JSON
	}

	private static final String AUTO = "auto";
	private static final Duration LONGEST = Duration.ofDays(90);

	@Parameters(paramLabel = "FILE", description = "The CSV file.")
	private Path file;
	@Option(names = "--horizon", required = true, paramLabel = "STEPS", description = "How many steps ahead of the last sample of each series.")
	private int horizon;
	@Option(names = "--step", paramLabel = "D", description = "Distance of two steps, a multiple of the file's, such as 5m (default: the file's).")
	private String step;
	@Option(names = "--model", defaultValue = AUTO, paramLabel = "auto|ID", description = "The model; auto chooses by rolling origin among those that are fitted "
			+ "to each series alone: a model that learns from all series together, such as lstm, is trained only where it is named (default: ${DEFAULT-VALUE}).")
	private String model;
	@Option(names = "--season", paramLabel = "D|none", description = "The season of every series, such as 24h, or none (default: what is found in each).")
	private String season;
	@Option(names = "--rules", paramLabel = "FILE", description = "What is decided on forecasts, in YAML: see docs/tailoring.md.")
	private Path rules;
	@Option(names = "--quantiles", split = ",", defaultValue = ".1,.5,.9", paramLabel = "Q", description = "Quantiles between 0 and 1 (default: ${DEFAULT-VALUE}).")
	private List<BigDecimal> quantiles;
	@Option(names = "--format", defaultValue = "csv", description = "csv or json (default: ${DEFAULT-VALUE}).")
	private Format format;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Duration wanted = duration();
		if (horizon < 1) {
			throw new PluginException("--horizon must be at least 1: " + horizon);
		}
		for (BigDecimal quantile : quantiles) {
			if (quantile.signum() <= 0 || quantile.compareTo(BigDecimal.ONE) >= 0) {
				throw new PluginException("--quantiles must be between 0 and 1: " + quantile);
			}
		}
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			List<Candidate> candidates = workplace.platform().candidates();
			if (!AUTO.equals(model)) {
				List<String> known = candidates.stream().map(Candidate::id).toList();
				candidates = candidates.stream().filter(candidate -> candidate.id().equals(model)).toList();
				if (candidates.isEmpty()) {
					throw new PluginException("--model: there is no model '" + model + "'; known are auto, " + String.join(", ", known) + ".");
				}
			}
			List<ForecastRule> decided = decided();
			CsvInput input = CsvInput.read(workplace.platform(), file, wanted);
			if (input.step().multipliedBy(horizon).compareTo(LONGEST) > 0) {
				throw new PluginException("--horizon: " + horizon + " steps of " + input.step().toSeconds() + " s are more than 90 days.");
			}
			write(forecasts(input, candidates, decided), input.units());
		}
		return 0;
	}

	/** The rules of the file, and behind them the season of all. */
	private List<ForecastRule> decided() throws PluginException {
		List<ForecastRule> decided = new ArrayList<>(rules == null ? List.of() : RulesFile.read(rules));
		if (season != null) {
			try {
				decided.add(new ForecastRule("", "", Map.of(), "", "", season, List.of(), ""));
			} catch (IllegalArgumentException e) {
				throw new PluginException("--season: " + e.getMessage().replaceFirst("^season: ", "") + ".", e);
			}
		}
		return decided;
	}

	private Duration duration() throws PluginException {
		try {
			return step == null ? null : Settings.parseDuration(step);
		} catch (IllegalArgumentException e) {
			throw new PluginException("--step: " + e.getMessage() + ".", e);
		}
	}

	private List<Forecast> forecasts(CsvInput input, List<Candidate> candidates, List<ForecastRule> decided) {
		List<Duration> leads = new ArrayList<>(horizon);
		for (int i = 1; i <= horizon; i++) {
			leads.add(input.step().multipliedBy(i));
		}
		Map<Instant, List<SeriesId>> byEnd = new TreeMap<>();
		Map<SeriesId, Forecast> forecasts = new HashMap<>();
		input.series().forEach((id, values) -> {
			if (values.length() == 0) {
				forecasts.put(id, Forecast.absent(id, values.start(), values.cause(), Optional.empty()));
			} else {
				byEnd.computeIfAbsent(values.time(values.length() - 1), end -> new ArrayList<>()).add(id);
			}
		});
		byEnd.forEach((end, ids) -> forecasts(input, candidates, decided, leads, end, ids).forEach(forecast -> forecasts.put(forecast.series(), forecast)));
		return input.series().keySet().stream().map(forecasts::get).toList();
	}

	/** Forecasts the series that end together: a forecaster has one present. */
	private static List<Forecast> forecasts(CsvInput input, List<Candidate> candidates, List<ForecastRule> decided, List<Duration> leads, Instant end,
			List<SeriesId> ids) {
		Surroundings around = new Surroundings(id -> ForecastRule.of(decided, id, List.of()), EventSource.NONE, id -> List.of());
		ForecastSettings settings = ForecastSettings.defaults(input.step());
		try (Forecaster forecaster = new Forecaster(candidates, (id, from, to) -> cut(input.series().get(id), from, to), settings, around, Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, metric(input, id)));
			forecaster.historyChanged(ids);
			// a forecast at the end trains them
			forecaster.forecast(ids, end);
			// what learns from all series together is trained after them, and then tried on each; among others it costs more than an answer may take
			if (candidates.size() == 1 && forecaster.learn()) {
				forecaster.retrain(ids, Progress.NONE).join();
			}
			return ids.stream().map(id -> forecaster.path(id, end, leads)).toList();
		}
	}

	private static Metric metric(CsvInput input, SeriesId id) {
		return input.metrics().getOrDefault(id.metric(), Metric.of(id.metric(), Unit.COUNT));
	}

	/** The part of a series in a span. */
	static Series cut(Series series, Instant from, Instant to) {
		int first = Math.max(0, series.indexOf(from) + (series.time(series.indexOf(from)).isBefore(from) ? 1 : 0));
		int end = Math.min(series.length(), series.indexOf(to) + (series.time(series.indexOf(to)).isBefore(to) ? 1 : 0));
		if (first >= end) {
			return Series.empty(from, series.step(), "no samples in this span");
		}
		return Series.of(series.time(first), series.step(), java.util.Arrays.copyOfRange(series.values(), first, end));
	}

	private void write(List<Forecast> forecasts, Map<SeriesId, Unit> units) throws IOException {
		PrintWriter err = spec.commandLine().getErr();
		for (Forecast forecast : forecasts) {
			if (!forecast.isPresent()) {
				err.println("weave: " + forecast.series() + ": " + forecast.reason()
						+ forecast.readyAt().map(ready -> " There will be one from " + ready + " on.").orElse(""));
			}
		}
		List<Forecast> present = forecasts.stream().filter(Forecast::isPresent).toList();
		if (format == Format.CSV) {
			writeCsv(present, units);
		} else {
			writeJson(present, units);
		}
		spec.commandLine().getOut().flush();
	}

	private void writeCsv(List<Forecast> forecasts, Map<SeriesId, Unit> units) throws IOException {
		List<String> header = new ArrayList<>(List.of("time", "series", "model"));
		quantiles.forEach(quantile -> header.add(name(quantile)));
		CSVFormat csv = CSVFormat.RFC4180.builder().setHeader(header.toArray(String[]::new)).setRecordSeparator("\n").get();
		CSVPrinter printer = new CSVPrinter(spec.commandLine().getOut(), csv);
		for (Forecast forecast : forecasts) {
			Bands bands = forecast.bands().orElseThrow();
			for (int lead = 0; lead < bands.leads(); lead++) {
				List<Object> row = new ArrayList<>(List.of(bands.time(lead), forecast.series(), forecast.model()));
				for (BigDecimal quantile : quantiles) {
					row.add(value(bands, lead, quantile, units.get(forecast.series())));
				}
				printer.printRecord(row);
			}
		}
		printer.flush();
	}

	private void writeJson(List<Forecast> forecasts, Map<SeriesId, Unit> units) throws IOException {
		try (JsonGenerator json = new ObjectMapper().createGenerator(spec.commandLine().getOut())) {
			json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
			json.writeStartArray();
			for (Forecast forecast : forecasts) {
				Bands bands = forecast.bands().orElseThrow();
				for (int lead = 0; lead < bands.leads(); lead++) {
					json.writeStartObject();
					json.writeStringField("time", bands.time(lead).toString());
					json.writeStringField("series", forecast.series().toString());
					json.writeStringField("model", forecast.model());
					for (BigDecimal quantile : quantiles) {
						json.writeNumberField(name(quantile), value(bands, lead, quantile, units.get(forecast.series())));
					}
					json.writeEndObject();
				}
			}
			json.writeEndArray();
			json.writeRaw('\n');
		}
	}

	private static String name(BigDecimal quantile) {
		return "q" + quantile.stripTrailingZeros().toPlainString();
	}

	/** In the unit of the file, and as a float prints: bands are floats, and more digits would claim more than there is. */
	private static float value(Bands bands, int lead, BigDecimal quantile, Unit unit) {
		double base = bands.at(bands.time(lead), quantile.doubleValue());
		return (float) (unit == null ? base : unit.fromBase(base));
	}
}
