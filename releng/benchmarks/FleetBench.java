// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * The simulated fleet with incident and flash crowd: only observed, automatic with all models, and by a reactive rule through the
 * same engine. The rule sizes for the last value times a headroom, which is tuned with hindsight: its forecast is the last value
 * (the naive model's median), so that lead times, guards and cool-downs are the same. The static peak is what would have carried the
 * first day, all the time. It is our own simulator, which proves little; it says how the parts work together.
 */
final class FleetBench {
	private static final double[] HEADROOMS = { 1, 1.05, 1.1, 1.2, 1.35, 1.6 };
	/** What an hour of a core of the simulated web servers costs, in EUR. */
	private static final double PRICE = .052 / 2;
	private static final double CRITICAL = .9;
	/** Up to which a static peak is loaded on the day that it was sized by. */
	private static final double SAFE = .7;
	/** Cores of one web server. */
	private static final int CORES = 2;
	private static final int DAY = 1440;

	/** Means over seeds, but the sum of minutes; the cost in EUR a day. */
	private record Outcome(int minutes, double unused, double made, double cost) {
	}

	/** Busy and installed cores of the web servers, by the minute. */
	private static final class Cores implements Consumer<WeaverState> {
		private final List<Double> busy = new ArrayList<>();
		private final List<Double> installed = new ArrayList<>();

		@Override
		public void accept(WeaverState state) {
			double used = 0;
			double there = 0;
			for (Resource member : state.topology().liveMembers("web")) {
				double cpu = state.series().value(new SeriesId(member.id(), "cpu"));
				used += Double.isNaN(cpu) ? 0 : cpu * member.capacity("cpu");
				there += member.capacity("cpu");
			}
			busy.add(used);
			installed.add(there);
		}

		double costOfDay() {
			return installed.stream().mapToDouble(Double::doubleValue).average().orElse(0) * 24 * PRICE;
		}
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
		List<Cores> demanded = new ArrayList<>();
		Outcome acted = run("fleet.auto", seed -> fleet("auto", seed).with(auto, ProvisioningSettings.defaults().withScaleIn(web)), demanded);
		staticPeak(demanded);
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

	/**
	 * As many servers as the busiest minute of the first day needs, all the time; the days after it count.
	 *
	 * @param demanded what was busy where nothing was short
	 */
	private void staticPeak(List<Cores> demanded) {
		int minutes = 0;
		double cost = 0;
		for (Cores cores : demanded) {
			double peak = cores.busy.subList(0, DAY).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
			double installed = Math.ceil(peak / SAFE / CORES) * CORES;
			minutes += (int) cores.busy.stream().skip(DAY).filter(busy -> busy >= CRITICAL * installed).count();
			cost += installed * 24 * PRICE / demanded.size();
		}
		Figures.print("fleet.static-peak.violation.minutes", minutes, "min in the days after the first");
		Figures.print("fleet.static-peak.cost", cost, "EUR a day, mean");
	}

	private Outcome run(String name, IntFunction<FleetRun> made) throws Exception {
		return run(name, made, new ArrayList<>());
	}

	private Outcome run(String name, IntFunction<FleetRun> made, List<Cores> cores) throws Exception {
		List<FleetRun.Result> results = new ArrayList<>();
		for (int seed : IntStream.rangeClosed(1, seeds).toArray()) {
			Cores seen = new Cores();
			cores.add(seen);
			results.add(made.apply(seed).watch(seen).run(days));
		}
		double[] minutes = results.stream().mapToDouble(FleetRun.Result::violationMinutes).toArray();
		int sum = (int) IntStream.range(0, minutes.length).mapToDouble(i -> minutes[i]).sum();
		Outcome outcome = new Outcome(sum, results.stream().mapToDouble(FleetRun.Result::unused).average().orElseThrow(),
				results.stream().mapToInt(FleetRun.Result::created).average().orElseThrow(), cores.stream().mapToDouble(Cores::costOfDay).average().orElseThrow());
		Figures.print(name + ".violation.minutes", sum, "min in " + seeds + " × " + days + " days, by seed " + Arrays.toString(minutes));
		Figures.print(name + ".unused", outcome.unused * 100, "% of capacity, mean");
		Figures.print(name + ".cost", outcome.cost, "EUR a day, mean");
		Figures.print(name + ".made", outcome.made, "machines a run");
		return outcome;
	}
}
