// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.bench.Installed;
import io.shadowweaver.bench.Traces;
import io.shadowweaver.bench.Traces.Trace;
import io.shadowweaver.forecasting.Candidate;

/**
 * What capacity over public web traces costs, in machines of one size, and for how many minutes it did not suffice: ours at planning
 * levels, a reactive rule that takes the last value known and a tenth more, and a peak that is always there, which was seen in the part before.
 */
final class CapacityCostBench {
	private static final double PRICE = .052;
	private static final double[] LEVELS = { .9, .97, .99 };
	private static final Duration LEAD = Duration.ofMinutes(10);
	private static final double REACTIVE = 1.1;
	/** The largest demand needs so many machines. */
	private static final int MACHINES = 40;

	private CapacityCostBench() {
	}

	/** No arguments. */
	public static void main(String[] arguments) throws Exception {
		if (!Traces.present()) {
			System.out.println("provision.trace: not measured, the traces are absent");
			return;
		}
		List<Candidate> models = LiveModels.quick(Installed.models());
		for (Trace web : Traces.web()) {
			Trace trace = web.every(5);
			Series series = trace.series();
			double[] demand = series.values();
			int first = Replay.warmUp(demand.length);
			int ahead = Replay.steps(LEAD, series.step());
			double unit = Arrays.stream(demand).filter(value -> !Double.isNaN(value)).max().orElseThrow() / MACHINES;
			double[] shares = Arrays.stream(LEVELS).map(level -> 1 - level).toArray();
			double[][] ours = LiveForecasts.run(models, new SeriesId(trace.name(), "requests"), Metric.REQUESTS, series, ahead, Progress.NONE).capacities(series, shares, 0);
			for (int i = 0; i < LEVELS.length; i++) {
				print(trace, String.format(Locale.ROOT, "ours.%.2f", LEVELS[i]), ours[i], unit, first);
			}
			print(trace, "reactive", reactive(demand, ahead), unit, first);
			double peak = Arrays.stream(demand, 0, first).filter(value -> !Double.isNaN(value)).max().orElseThrow();
			double[] always = new double[demand.length];
			Arrays.fill(always, peak);
			print(trace, "static-peak", always, unit, first);
		}
	}

	private static double[] reactive(double[] demand, int ahead) {
		double[] capacity = new double[demand.length];
		double last = demand[0];
		for (int t = 0; t < capacity.length; t++) {
			if (t >= ahead && !Double.isNaN(demand[t - ahead])) {
				last = demand[t - ahead];
			}
			capacity[t] = REACTIVE * last;
		}
		return capacity;
	}

	private static void print(Trace trace, String policy, double[] capacity, double unit, int first) {
		double minutes = 0;
		double machines = 0;
		double step = trace.series().step().toMillis() / 60e3;
		double[] demand = trace.series().values();
		for (int t = first; t < demand.length; t++) {
			double had = Math.max(1, Math.ceil(capacity[t] / unit));
			machines += had * step / 60;
			minutes += demand[t] > had * unit ? step : 0;
		}
		double days = (demand.length - first) * step / 1440;
		System.out.printf(Locale.ROOT, "provision.trace.%s.%s: %.0f minutes in violation and %.2f EUR in %.0f days, at %.3f EUR for a machine and hour%n", trace.name(), policy, minutes, machines * PRICE, days, PRICE);
	}
}
