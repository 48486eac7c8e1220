// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;
import io.shadowweaver.engine.whatif.WhatIf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave whatif}: solves scenarios on the newest forecasts of a source. */
@Command(name = "whatif", mixinStandardHelpOptions = true,
		description = "Solves scenarios on the forecasts of a source and prints what becomes of each group, beside what becomes of it without. docs/whatif.md says what a scenario may hold.",
		footer = { "", "Columns, one row a scenario and subject, 'now' without any scenario first:", "  scenario, subject, metric  the metric that comes nearest to its threshold",
				"  median, high     expected value at its worst in 24 hours, and the quantile that the threshold tests: a share of what is full, or base units",
				"  critical         the threshold", "  breach           when it is first passed; empty for never", "  minutes          in breach within 24 hours",
				"  ready, required  the fewest members that carry load, the most that are required", "  latency, latency_target  seconds, by the M/M/c law that gives what is measured now",
				"  cost             an hour, of the whole estate, of what has a price", "", "Exit codes: 0 solved, 1 failed inside, 2 wrong use or a scenario that does not fit, 3 what --fail-on names." })
final class WhatIfCommand implements Callable<Integer> {
	/** What makes the command fail, for a pipeline. */
	enum FailOn {
		/** A threshold is passed that is not passed without the scenario. */
		BREACH,
		/** A target of latency is passed. */
		LATENCY
	}

	private static final String[] COLUMNS = { "scenario", "subject", "metric", "median", "high", "critical", "breach", "minutes", "ready", "required", "latency", "latency_target", "cost" };
	private static final int FAILED_ON = 3;

	@Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "Files of scenarios, compared side by side.")
	private List<Path> files;
	@Option(names = "--source", required = true, paramLabel = "ID|FILE", description = "A source, such as prometheus or simulated, or the sources of an estate, by its estate.json. Nothing is called or built.")
	private String source;
	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the source; may be repeated.")
	private Map<String, String> settings = Map.of();
	@Option(names = "--stack", description = "Also all of them together, in their order.")
	private boolean stack;
	@Option(names = "--fail-on", split = ",", paramLabel = "breach|latency", description = "Exit with 3 when a scenario brings that about.")
	private Set<FailOn> failOn = EnumSet.noneOf(FailOn.class);
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		List<Scenario> scenarios = new ArrayList<>();
		try {
			for (Path file : files) {
				scenarios.add(ScenarioFile.read(file));
			}
			if (stack && scenarios.size() > 1) {
				scenarios.add(scenarios.stream().reduce(Scenario::then).orElseThrow());
			}
			return solve(scenarios);
		} catch (ScenarioException e) {
			throw new PluginException(e.getMessage(), e);
		}
	}

	private int solve(List<Scenario> scenarios) throws PluginException, ScenarioException, InterruptedException, IOException {
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			Weaver weaver = SourceHistory.open(workplace.platform(), source, settings);
			Base base = base(weaver);
			// all are solved before anything is printed: a scenario that does not fit leaves no half table
			List<Outcome> outcomes = new ArrayList<>();
			for (Scenario scenario : scenarios) {
				outcomes.add(WhatIf.solve(base, scenario, Shadow.Kind.UNATTENDED));
			}
			CSVPrinter table = new CSVPrinter(out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setHeader(COLUMNS).get());
			rows(table, "now", outcomes.getFirst().before());
			boolean fails = false;
			for (Outcome outcome : outcomes) {
				rows(table, outcome.scenario().name(), outcome.after());
				outcome.notes().forEach(note -> err.println(outcome.scenario().name() + ": " + note));
				fails |= failOn.contains(FailOn.BREACH) && !outcome.newBreaches().isEmpty()
						|| failOn.contains(FailOn.LATENCY) && outcome.after().figures().values().stream().anyMatch(Outcome.Figures::isTooSlow);
			}
			table.flush();
			return fails ? FAILED_ON : 0;
		}
	}

	private Base base(Weaver weaver) throws PluginException, InterruptedException {
		SourceHistory.await(weaver, source, WhatIfCommand::isForecast);
		try {
			return weaver.base().get();
		} catch (ExecutionException e) {
			throw new PluginException(source + ": " + e.getCause().getMessage(), e);
		}
	}

	/** What groups are scaled on has forecasts, or a reason why it has none. */
	static boolean isForecast(WeaverState state) {
		return state.topology().groups().values().stream().allMatch(group -> group.demand().stream()
				.allMatch(target -> state.series().forecast(SeriesId.ofGroup(group.id(), target.metric())).filter(forecast -> forecast.isPresent()).isPresent()
						|| state.series().slot(SeriesId.ofGroup(group.id(), target.metric())) < 0));
	}

	private static void rows(CSVPrinter table, String scenario, Outcome.Side side) throws IOException {
		for (Outcome.Figures one : new TreeMap<>(side.figures()).values()) {
			table.printRecord(scenario, one.subject(), one.metric(), number(one.median()), number(one.high()), number(one.critical()), one.breach().map(Object::toString).orElse(""),
					one.inBreach().toMinutes(), one.ready() < 0 ? "" : one.ready(), one.required() < 0 ? "" : one.required(), number(one.latency()), number(one.latencyTarget()),
					side.currency().isEmpty() ? "" : number(side.costPerHour()) + " " + side.currency());
		}
	}

	private static String number(double value) {
		return Double.isNaN(value) ? "" : Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.4g", value);
	}
}
