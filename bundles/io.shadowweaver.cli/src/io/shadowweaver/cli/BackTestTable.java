// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestReport.LeadResult;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/** The table of {@code weave backtest}. */
final class BackTestTable {
	private static final List<String> FIRST = List.of("series", "model", "kind", "horizon", "wape", "mase", "pinball");
	private static final List<String> LAST = List.of("skill", "origins");

	private final List<Candidate> candidates;
	private final Set<String> models;
	private final int horizon;
	private final int origins;
	private final Duration stride;
	private final boolean eachStep;

	/**
	 * @param candidates all installed models
	 * @param models     the ids of those to judge; empty for all
	 * @param horizon    in steps
	 * @param origins    how many forecasts
	 * @param stride     between them; {@code null} for a quarter of the horizon
	 * @param eachStep   whether each step ahead has a row
	 */
	BackTestTable(List<Candidate> candidates, Set<String> models, int horizon, int origins, Duration stride, boolean eachStep) {
		this.candidates = candidates;
		this.models = models;
		this.horizon = horizon;
		this.origins = origins;
		this.stride = stride;
		this.eachStep = eachStep;
	}

	/** The columns: the coverages are named by their nominal per cent. */
	static List<String> columns() {
		List<String> columns = new ArrayList<>(FIRST);
		BackTestReport.NOMINAL.forEach(nominal -> columns.add("coverage" + Math.round(nominal * 100)));
		columns.addAll(LAST);
		return columns;
	}

	/**
	 * Prints the table; what cannot be judged is a line on the error stream.
	 *
	 * @return how many series were judged
	 */
	int print(CsvInput input, PrintWriter out, PrintWriter err) throws IOException {
		int judged = 0;
		CSVPrinter csv = CapacityTable.csv(out);
		csv.printRecord(columns());
		csv.flush();
		for (Map.Entry<SeriesId, Series> entry : input.series().entrySet()) {
			BackTestReport report = report(input, entry.getKey(), entry.getValue());
			if (!report.why().isEmpty()) {
				err.println("weave: " + report.series() + ": " + report.why());
				continue;
			}
			judged++;
			for (BackTestReport.Result result : report.results()) {
				if (result.leads().isEmpty()) {
					err.println("weave: " + report.series() + ": " + result.model() + ": " + result.note());
				}
				print(csv, report, result);
			}
			csv.flush();
		}
		return judged;
	}

	private BackTestReport report(CsvInput input, SeriesId id, Series values) {
		List<Duration> leads = IntStream.rangeClosed(1, horizon).mapToObj(input.step()::multipliedBy).toList();
		if (values.length() == 0) {
			return new BackTestReport(id, input.step(), List.of(), values, leads, List.of(), values.cause());
		}
		Instant end = values.time(values.length() - 1);
		ForecastSettings usual = ForecastSettings.defaults(input.step());
		ForecastSettings settings = new ForecastSettings(input.step(), leads, usual.trainingSpan(), usual.retrainEvery(), usual.pinnedModels(), usual.seed());
		try (Forecaster forecaster = new Forecaster(candidates, (series, from, to) -> ForecastCommand.cut(values, from, to), settings, Runnable::run)) {
			forecaster.register(id, input.metric(id));
			return forecaster.backTest(id, end.plus(input.step()), new BackTestRequest(leads, origins, stride == null ? Duration.ZERO : stride, models),
					Progress.NONE).join();
		} catch (CompletionException e) {
			throw new IllegalStateException(id + ": " + e.getCause(), e.getCause());
		}
	}

	private void print(CSVPrinter csv, BackTestReport report, BackTestReport.Result result) throws IOException {
		if (eachStep) {
			for (LeadResult lead : result.leads()) {
				csv.printRecord(row(report, result, (int) (lead.lead().toMillis() / report.step().toMillis()), List.of(lead)));
			}
		} else if (!result.leads().isEmpty()) {
			csv.printRecord(row(report, result, horizon, result.leads()));
		}
	}

	private static List<Object> row(BackTestReport report, BackTestReport.Result result, int ahead, List<LeadResult> leads) {
		List<Object> row = new ArrayList<>(List.of(report.series(), result.model(), result.kind().name().toLowerCase(Locale.ROOT), ahead,
				mean(leads, LeadResult::wape), mean(leads, LeadResult::mase), mean(leads, LeadResult::pinball)));
		for (int i = 0; i < BackTestReport.NOMINAL.size(); i++) {
			int band = i;
			row.add(mean(leads, lead -> lead.coverage().isEmpty() ? Double.NaN : 100 * lead.coverage().get(band)));
		}
		row.add(mean(leads, LeadResult::skill));
		row.add(leads.stream().mapToInt(LeadResult::scored).max().orElse(0));
		return row;
	}

	private static String mean(List<LeadResult> leads, java.util.function.ToDoubleFunction<LeadResult> figure) {
		return CapacityTable.number(leads.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN));
	}
}
