// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;

/**
 * Requests a second along links, now and predicted. What arrives at an end of a link is what that end measures; where several
 * call it, each is given the share that its own requests have of theirs, or equal shares where they do not measure any.
 */
final class Traffic {
	private final WeaverState state;
	private final ViewSettings view;
	private final Instant shown;
	private final boolean inPast;
	private final Map<String, Set<String>> callers = new HashMap<>();
	private final Map<String, Double> live = new HashMap<>();

	/**
	 * @param flow groups that call others, by their keys
	 */
	Traffic(WeaverState state, ViewSettings view, Instant shown, boolean inPast, Map<String, Set<String>> flow) {
		this.state = state;
		this.view = view;
		this.shown = shown;
		this.inPast = inPast;
		flow.forEach((from, targets) -> targets.forEach(to -> callers.computeIfAbsent(to, t -> new HashSet<>()).add(from)));
	}

	/** Now, from one group to another; {@code NaN} when it is not measured. */
	double now(String from, String to) {
		return inPast ? Double.NaN : live(to) * share(from, to);
	}

	/** The median of the shadow at the shown moment; {@code NaN} when the called group has no forecast of its own. */
	double predicted(String from, String to) {
		Shadow shadow = view.unattended() >= .5 ? state.unattended() : state.planned();
		Optional<Bands> bands = inPast ? Optional.empty() : shadow.bands(new SeriesId(to, Metric.REQUESTS.id()), state.series());
		if (bands.isEmpty() || shown.isAfter(bands.get().end())) {
			return Double.NaN;
		}
		return bands.get().at(shown, .5) * share(from, to);
	}

	private double share(String from, String to) {
		Set<String> all = callers.getOrDefault(to, Set.of(from));
		double sum = 0;
		for (String caller : all) {
			sum += live(caller);
		}
		return sum > 0 && Double.isFinite(sum) ? live(from) / sum : 1. / all.size();
	}

	/** What a group measures itself, else what its members do together. */
	private double live(String subject) {
		Double known = live.get(subject);
		if (known == null) {
			known = value(subject);
			if (Double.isNaN(known) && subject.startsWith(SeriesId.GROUP_PREFIX)) {
				known = state.topology().liveMembers(subject.substring(SeriesId.GROUP_PREFIX.length())).stream().mapToDouble(member -> value(member.id()))
						.filter(Double::isFinite).reduce(Double::sum).orElse(Double.NaN);
			}
			live.put(subject, known);
		}
		return known;
	}

	private double value(String subject) {
		int slot = state.series().slot(new SeriesId(subject, Metric.REQUESTS.id()));
		return slot < 0 ? Double.NaN : state.series().value(slot);
	}
}
