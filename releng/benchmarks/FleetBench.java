// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * The simulated fleet with incident and flash crowd: only observed, automatic with all models, and by a reactive rule through the
 * same engine. The rule sizes for the last value times a headroom, which is tuned with hindsight: its forecast is the last value
 * (the naive model's median), so that lead times, guards and cool-downs are the same. It is our own simulator, which proves little;
 * it says how the parts work together.
 */
final class FleetBench {
	private static final double[] HEADROOMS = { 1, 1.05, 1.1, 1.2, 1.35, 1.6 };

	/** Means over seeds, but the sum of minutes. */
	private record Outcome(int minutes, double unused, double made) {
	}

	private final Path folder;
	private final int seeds;
	private final int days;

	private FleetBench(Path folder, int seeds, int days) {
		this.folder = folder;
		this.seeds = seeds;
		this.days = days;
	}

	/** {@code FOLDER SEEDS DAYS}. */
	public static void main(String[] arguments) throws Exception {
		new FleetBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])).all();
	}

	private void all() throws Exception {
		Set<String> web = Set.of("web");
		Map<String, Mode> auto = Map.of("web", Mode.AUTO);
		run("fleet.observe", seed -> fleet("observe", seed));
		Outcome acted = run("fleet.auto", seed -> fleet("auto", seed).with(auto, ProvisioningSettings.defaults().withScaleIn(web)));
		List<Candidate> last = FleetRun.models().stream().filter(candidate -> candidate.id().equals("naive")).toList();
		Outcome best = null;
		double with = Double.NaN;
		for (double headroom : HEADROOMS) {
			String name = String.format(Locale.ROOT, "fleet.reactive.%.2f", headroom);
			Outcome outcome = run(name, seed -> fleet(name, seed).with(auto, reactive(headroom)).models(last));
			if (outcome.unused <= acted.unused && (best == null || outcome.minutes < best.minutes
					|| outcome.minutes == best.minutes && outcome.unused < best.unused)) {
				best = outcome;
				with = headroom;
			}
		}
		if (best == null) {
			System.out.println("fleet.reactive.best: none of the headrooms leaves as little unused as auto does");
		} else {
			Figures.print("fleet.reactive.best.headroom", with, "times what is observed, the fewest violations at no more unused capacity than auto");
			Figures.print("fleet.reactive.best.violation.minutes", best.minutes, "min, where auto has " + acted.minutes);
		}
	}

	private FleetRun fleet(String name, int seed) {
		return new FleetRun(folder.resolve(name + "-" + seed), seed);
	}

	/** Out at the last value times the headroom, whatever a forecast is worth; in when the rest would carry that and 5 % more. */
	private static ProvisioningSettings reactive(double headroom) {
		ProvisioningSettings defaults = ProvisioningSettings.defaults();
		ProvisioningSettings.Planning planning = defaults.planning();
		ProvisioningSettings.Limits limits = defaults.limits();
		ProvisioningSettings.ScaleIn in = defaults.scaleIn();
		return defaults
				.with(new ProvisioningSettings.Planning(.5, headroom, planning.horizon(), planning.horizon(), planning.leadMargin(),
						planning.decisionMargin(), planning.approvalWait(), planning.rejectHold(), planning.verdictAfter()))
				.with(new ProvisioningSettings.Limits(limits.maxStaleShare(), Double.NEGATIVE_INFINITY, 0, limits.cooldown(), limits.groupPerHour(),
						limits.estatePerHour(), limits.blastCount(), limits.blastShare(), limits.maxMachines(), limits.budgetPerHour(),
						limits.currency(), limits.freezes(), limits.canary()))
				.with(new ProvisioningSettings.ScaleIn(Set.of("web"), .5, headroom * 1.05, Duration.ofMinutes(5), in.stabilisation(), in.minHold(),
						in.cooldown(), in.maxStaleShare()));
	}

	private Outcome run(String name, IntFunction<FleetRun> made) throws Exception {
		List<FleetRun.Result> results = new java.util.ArrayList<>();
		for (int seed : IntStream.rangeClosed(1, seeds).toArray()) {
			results.add(made.apply(seed).run(days));
		}
		double[] minutes = results.stream().mapToDouble(FleetRun.Result::violationMinutes).toArray();
		int sum = (int) IntStream.range(0, minutes.length).mapToDouble(i -> minutes[i]).sum();
		Outcome outcome = new Outcome(sum, results.stream().mapToDouble(FleetRun.Result::unused).average().orElseThrow(),
				results.stream().mapToInt(FleetRun.Result::created).average().orElseThrow());
		Figures.print(name + ".violation.minutes", sum, "min in " + seeds + " × " + days + " days, by seed " + java.util.Arrays.toString(minutes));
		Figures.print(name + ".unused", outcome.unused * 100, "% of capacity, mean");
		Figures.print(name + ".made", outcome.made, "machines a run");
		return outcome;
	}
}
