// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;

/** What is decided on a series by an operator, or by what it measures. Thread-safe. */
final class Tailor {
	private final Surroundings around;
	private final Pins pins;
	private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

	Tailor(Surroundings around, Pins pins) {
		this.around = around;
		this.pins = pins;
	}

	/** Makes a metric known. */
	void know(Metric metric) {
		metrics.put(metric.id(), metric);
	}

	/** What an operator has decided; a pin at run time goes before the rules. */
	Tailoring of(SeriesId id) {
		Tailoring rules = around.tailoring().apply(id);
		return rules.withModel(pins.of(id).or(rules::model));
	}

	Surroundings around() {
		return around;
	}

	/** In what a series is to be forecast if its values allow it: times that are measured in logarithms, since their errors are shares of them. */
	Transform transform(SeriesId id) {
		return around.tailoring().apply(id).transform().orElseGet(() -> {
			Metric metric = metrics.get(id.metric());
			boolean time = metric != null && metric.unit().dimension() == Unit.Dimension.TIME && metric.full() == Metric.Full.NONE;
			return time ? Transform.LOG : Transform.NONE;
		});
	}

	/** The seasons that are decided on, in blocks; {@code null} where they are to be found. */
	List<Integer> seasons(SeriesId id, LeadPlan plan) {
		return of(id).season().map(season -> blocks(season, plan)).orElse(null);
	}

	private static List<Integer> blocks(Duration season, LeadPlan plan) {
		long blocks = Math.round(season.toMillis() / (double) plan.block);
		return blocks < 2 || blocks > Integer.MAX_VALUE ? List.of() : List.of((int) blocks);
	}

	/** Which leads choose the model of a series; all where none of the plan's is named. */
	boolean[] judging(SeriesId id, LeadPlan plan) {
		List<Duration> named = of(id).leads();
		boolean[] judging = new boolean[plan.leads.length];
		boolean any = false;
		for (int lead = 0; lead < judging.length; lead++) {
			judging[lead] = named.contains(Duration.ofMillis(plan.leads[lead]));
			any |= judging[lead];
		}
		if (!any) {
			Arrays.fill(judging, true);
		}
		return judging;
	}

	/** All but the model in a word: a state that was made under another is not taken up. */
	String key(SeriesId id) {
		return transform(id) + " " + of(id).withModel(Optional.empty());
	}
}
