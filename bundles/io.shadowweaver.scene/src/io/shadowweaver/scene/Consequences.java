// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.scene.SceneModel.Consequence;

/** What follows if nobody acts, beside what follows with the plans: minutes in breach and cost, over the next day. */
public final class Consequences {
	private static final Duration DAY = Duration.ofDays(1);

	private Consequences() {
	}

	/**
	 * Compares the two shadows.
	 *
	 * @param state    the estate
	 * @param quantile the quantile that counts as a breach when it is critical
	 * @return minutes in which at least one member of a group is critical, added over the groups; cost of open plans
	 */
	public static Consequence of(WeaverState state, double quantile) {
		Map<String, Duration> unattended = minutes(state, state.unattended(), quantile);
		Map<String, Duration> planned = minutes(state, state.planned(), quantile);
		double cost = 0;
		String currency = "";
		for (Plan plan : state.plans()) {
			if (plan.isOpen()) {
				cost += plan.costPerHour();
				currency = plan.currency();
			}
		}
		return new Consequence(sum(unattended), sum(planned), cost, currency, unattended);
	}

	/** The comparison as a sentence. */
	static String sentence(Consequence consequence) {
		String money = consequence.currency().isEmpty() ? "" : Double.isNaN(consequence.costPerHour()) ? " at an unknown price"
				: String.format(java.util.Locale.ROOT, " at %+.2f %s/h", consequence.costPerHour(), consequence.currency());
		return "Doing nothing: " + consequence.unattended().toMinutes() + " breach minutes in 24 h, no cost; as planned: "
				+ consequence.planned().toMinutes() + money + ".";
	}

	private static Duration sum(Map<String, Duration> minutes) {
		return minutes.values().stream().reduce(Duration.ZERO, Duration::plus);
	}

	private static Map<String, Duration> minutes(WeaverState state, Shadow shadow, double quantile) {
		Map<String, TreeMap<Instant, Instant>> intervals = new HashMap<>();
		for (Map.Entry<SeriesId, Bands> entry : shadow.projected().entrySet()) {
			Optional<Resource> resource = state.topology().resource(entry.getKey().subject());
			Metric metric = state.metrics().get(entry.getKey().metric());
			if (resource.isEmpty() || metric == null) {
				continue;
			}
			Limits limits = Limits.of(state.thresholds(), metric, resource.get(), 0);
			double capacity = metric.full() == Metric.Full.CAPACITY ? resource.get().capacity(metric.id()) : 1;
			if (limits.ruled() && Double.isFinite(capacity)) {
				TreeMap<Instant, Instant> mine = intervals.computeIfAbsent(GroupKey.of(state.topology(), resource.get()), k -> new TreeMap<>());
				collect(entry.getValue(), limits.critical() * capacity, quantile, state.time(), mine);
			}
		}
		Map<String, Duration> minutes = new HashMap<>();
		intervals.forEach((group, spans) -> minutes.put(group, union(spans)));
		return minutes;
	}

	/** Each lead stands for the time back to the one before it. */
	private static void collect(Bands bands, double limit, double quantile, Instant now, TreeMap<Instant, Instant> spans) {
		Instant from = now;
		for (int lead = 0; lead < bands.leads(); lead++) {
			Instant to = bands.time(lead).isAfter(now.plus(DAY)) ? now.plus(DAY) : bands.time(lead);
			if (to.isAfter(from)) {
				if (bands.at(bands.time(lead), quantile) >= limit) {
					spans.merge(from, to, (a, b) -> a.isAfter(b) ? a : b);
				}
				from = to;
			}
		}
	}

	private static Duration union(TreeMap<Instant, Instant> spans) {
		Duration total = Duration.ZERO;
		Instant end = Instant.MIN;
		for (Map.Entry<Instant, Instant> span : spans.entrySet()) {
			Instant from = span.getKey().isAfter(end) ? span.getKey() : end;
			if (span.getValue().isAfter(from)) {
				total = total.plus(Duration.between(from, span.getValue()));
				end = span.getValue();
			}
		}
		return total;
	}
}
