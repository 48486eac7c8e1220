// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.forecasting.Candidate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave backtest}: how good the forecasts of each model would have been. */
@Command(name = "backtest", mixinStandardHelpOptions = true,
		description = "Judges every model and the automatic choice on each series of a CSV file with the header time,<resource>/<metric>[unit],… by rolling "
				+ "origin, best first. Models are trained and combined on what lies before the first origin; nothing after an origin is used for its forecast.",
		footer = { "", "Columns:", "  series    the series", "  model     a model, or the combination", "  kind      chosen: what the automatic choice takes; single: a model "
				+ "by itself; reference: seasonal naive", "  horizon   how many steps ahead the forecast is for; with --each-step there is a row for every one",
				"  wape      sum of absolute errors of the median / sum of absolute values",
				"  mase      mean absolute error / in-sample mean absolute error of seasonal naive",
				"  pinball   weighted quantile loss: mean quantile loss over .01 to .99, times 2, / mean absolute value",
				"  coverage98, coverage95, coverage90, coverage80, coverage50  share of values inside the band of that nominal coverage, in per cent",
				"  skill     1 - mean absolute error / that of seasonal naive at the same times", "  origins   how many forecasts were judged",
				"Without --each-step a row is the mean over the steps from 1 to the horizon. An empty cell was not measured.",
				"A model or series that cannot be judged is a line on the error stream." })
final class BackTestCommand implements Callable<Integer> {
	private static final Duration LONGEST = Duration.ofDays(90);

	@Parameters(paramLabel = "FILE", description = "The CSV file, or one compressed with gzip that ends in .gz.")
	private Path file;
	@Option(names = "--horizon", required = true, paramLabel = "STEPS", description = "How many steps ahead is forecast.")
	private int horizon;
	@Option(names = "--origins", paramLabel = "K", defaultValue = "10", description = "From how many times forecasts are made, the last of them a horizon before "
			+ "the end (default: ${DEFAULT-VALUE}).")
	private int origins;
	@Option(names = "--stride", paramLabel = "D", description = "From one origin to the one before, such as 1d (default: a quarter of the horizon).")
	private String stride;
	@Option(names = "--step", paramLabel = "D", description = "Time of a step, a multiple of the file's, such as 5m; means are taken (default: the file's).")
	private String step;
	@Option(names = "--model", split = ",", paramLabel = "ID", description = "Only these models, and combinations of them (default: all).")
	private List<String> models;
	@Option(names = "--each-step", description = "A row for each step ahead instead of their mean.")
	private boolean eachStep;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		if (horizon < 1 || origins < 1) {
			throw new PluginException("--horizon and --origins must be at least 1: " + horizon + ", " + origins);
		}
		Duration wanted = Durations.parse("--step", step);
		Duration between = Durations.parse("--stride", stride);
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			List<Candidate> candidates = workplace.platform().candidates();
			Set<String> chosen = models == null ? Set.of() : new HashSet<>(models);
			for (String model : chosen) {
				if (candidates.stream().noneMatch(candidate -> candidate.id().equals(model))) {
					throw new PluginException("--model: there is no model '" + model + "'; known are "
							+ candidates.stream().map(Candidate::id).collect(Collectors.joining(", ")) + ".");
				}
			}
			CsvInput input = CsvInput.read(workplace.platform(), file, wanted, CsvInput.gaps(spec.commandLine().getErr()));
			if (input.step().multipliedBy(horizon).compareTo(LONGEST) > 0) {
				throw new PluginException("--horizon: " + horizon + " steps of " + input.step().toSeconds() + " s are more than 90 days.");
			}
			PrintWriter out = spec.commandLine().getOut();
			PrintWriter err = spec.commandLine().getErr();
			return new BackTestTable(candidates, chosen, horizon, origins, between, eachStep).print(input, out, err) > 0 ? 0 : 2;
		}
	}
}
