// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.replay.GroupPast;
import io.shadowweaver.replay.LiveModels;
import io.shadowweaver.replay.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave replay}: what capacity would have been decided over a recorded demand, by us and by the usual rules. */
@Command(name = "replay", mixinStandardHelpOptions = true,
		description = "Decides capacity over each series of a CSV file with the header time,<resource>/<metric>[unit],… at every step from what was "
				+ "known one lead before, and prints what that would have meant. With --source: how a rule would have acted on a source's own history.",
		footer = { "", "Columns of a file's replay:",
				"  series, policy, lead, target  as asked for",
				"  violations       share of the counted steps with demand > capacity",
				"  over_provision   sum of max(0, capacity - demand) / sum of demand; empty where the demand is zero",
				"  shortfall        sum of max(0, demand - capacity) / sum of demand",
				"  longest_breach   the longest unbroken run of violations, in minutes",
				"  changes_per_day  how often a day the capacity changed",
				"The first tenth of the steps is warm-up and not counted, nor are steps without a sample.", "", "Policies:",
				"  shadow       forecast and conformal control; holds the target by itself, without hindsight",
				"  last         the newest value x headroom", "  max6         the maximum of the newest six values x headroom",
				"  tracking     a target utilisation: out at once, in after 15 minutes under 90 %% of it",
				"  hourly48     an hourly forecast of 48 hours, renewed every 6 hours from 14 days, x headroom",
				"  hpa          a target utilisation with a tolerance of 10 %%; the largest wish of 300 s counts",
				"  histogram    a percentile of a histogram with a half-life of a day", "  seasonal     the value of the day before x headroom",
				"  static       one capacity for all time", "  clairvoyant  the demand itself, in whole units: knows the future",
				"The parameter of each policy between shadow and clairvoyant is tuned with hindsight, on the counted steps, to the largest share of "
						+ "violations that is not above the target, so that policies are compared at equal violations.",
				"", "Columns with --source:",
				"  series, lead, target, unit  as asked for, the unit also where it was derived",
				"  right       rises that were ready before the demand exceeded the old capacity",
				"  late        rises that were ready after the excess began", "  in_vain     rises that nothing came of within --horizon",
				"  missed      excesses to which no rise came", "  violations, over_provision, shortfall  as above, of the rule",
				"  capacity_hours  the rule's capacity x hours, in the unit of the demand",
				"  …_before    the same of the capacity that was there; empty where it is not known" })
final class ReplayCommand implements Callable<Integer> {
	private static final int SHOWN = 20;

	@Parameters(paramLabel = "FILE", arity = "0..1", description = "The CSV file, or one compressed with gzip that ends in .gz.")
	private Path file;
	@Option(names = "--source", paramLabel = "ID|FILE", description = "Instead of a file: the history that a source itself has, such as prometheus or simulated, "
			+ "or the sources of an estate, by its estate.json. Nothing is called or built.")
	private String source;
	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the source; may be repeated.")
	private Map<String, String> settings = Map.of();
	@Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "How many days of the source's history (default: ${DEFAULT-VALUE}).")
	private int days;
	@Option(names = "--horizon", paramLabel = "D", description = "How long after it is ready a rise has to prove right (default: 1h, or the lead if longer).")
	private String horizon;
	@Option(names = "--capacity-lead", required = true, paramLabel = "D", description = "From a decision until its capacity is ready, such as 10m; rounded up to steps.")
	private String lead;
	@Option(names = "--target", split = ",", defaultValue = "1%", paramLabel = "P", description = "Shares of steps in violation, such as .3%%,1%%,3%% (default: 1%%).")
	private List<String> targets;
	@Option(names = "--step", paramLabel = "D", description = "Time of a step, a multiple of the data's, such as 5m; means are taken (default: the data's).")
	private String step;
	@Option(names = "--unit", defaultValue = "0", paramLabel = "U", description = "Capacity comes in whole multiples of it, in the unit of the file; of a source, in that of the demand (default: "
			+ "0: continuous; of a source, what one member carries).")
	private double unit;
	@Option(names = "--policy", split = ",", paramLabel = "P", description = "Only these policies (default: all).")
	private List<String> policies;
	@Option(names = "--series", split = ",", paramLabel = "S", description = "Only these series, such as web-1/cpu; * and ? allowed (default: all).")
	private List<String> series;
	@Option(names = "--model", split = ",", paramLabel = "ID", description = "Only these models (default: all whose training costs up to 10 ms a thousand samples).")
	private List<String> models;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		if ((file == null) == (source == null)) {
			throw new PluginException("A FILE or --source is needed, and not both.");
		}
		if (!(unit >= 0) || Double.isInfinite(unit)) {
			throw new PluginException("--unit must be a number that is not negative: " + unit);
		}
		if (days < 1) {
			throw new PluginException("--days must be at least 1: " + days);
		}
		Duration ahead = Durations.parse("--capacity-lead", lead);
		List<Double> shares = Durations.shares("--target", targets);
		Duration wanted = Durations.parse("--step", step);
		Set<Policy> chosen = policies();
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			List<Candidate> candidates = candidates(workplace.platform().candidates());
			if (source != null) {
				List<GroupPast> pasts = SourceHistory.read(workplace.platform(), source, settings, Duration.ofDays(days), wanted).stream()
						.filter(past -> isWanted(past.id())).toList();
				return new TrialTable(candidates, ahead, lead, shares, targets, unit, Durations.parse("--horizon", horizon)).print(pasts, out, err) > 0 ? 0 : 2;
			}
			CsvInput input = CsvInput.read(workplace.platform(), file, wanted, CsvInput.gaps(err));
			List<CapacityTable.Demand> demands = input.series().keySet().stream().filter(this::isWanted)
					.map(id -> new CapacityTable.Demand(id, input.metric(id), input.inFileUnit(id))).toList();
			if (demands.isEmpty()) {
				throw new PluginException("--series: " + String.join(", ", series) + " is none of " + input.series().keySet().stream().limit(SHOWN)
						.map(SeriesId::toString).collect(Collectors.joining(", ")) + ".");
			}
			int replayed = new CapacityTable(candidates, new CapacityTable.Question(ahead, lead, shares, targets, unit, chosen)).print(demands, out, err);
			return replayed > 0 ? 0 : 2;
		}
	}

	private Set<Policy> policies() throws PluginException {
		if (policies == null) {
			return EnumSet.allOf(Policy.class);
		}
		Set<Policy> chosen = EnumSet.noneOf(Policy.class);
		for (String id : policies) {
			chosen.add(Policy.of(id).orElseThrow(() -> new PluginException("--policy: there is no policy '" + id + "'; known are "
					+ Arrays.stream(Policy.values()).map(Policy::id).collect(Collectors.joining(", ")) + ".")));
		}
		return chosen;
	}

	private List<Candidate> candidates(List<Candidate> all) throws PluginException {
		if (models == null) {
			return LiveModels.quick(all);
		}
		for (String model : models) {
			if (all.stream().noneMatch(candidate -> candidate.id().equals(model))) {
				throw new PluginException("--model: there is no model '" + model + "'; known are "
						+ all.stream().map(Candidate::id).collect(Collectors.joining(", ")) + ".");
			}
		}
		return all.stream().filter(candidate -> models.contains(candidate.id())).toList();
	}

	private boolean isWanted(SeriesId id) {
		return series == null || series.stream().anyMatch(pattern -> Pattern.matches(
				("\\Q" + pattern.strip() + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), id.toString()));
	}
}
