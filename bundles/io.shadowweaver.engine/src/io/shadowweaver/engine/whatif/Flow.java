// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Topology;

/**
 * What changed traffic does to those that are called: who is called by several gets the changes of each in proportion to its measured
 * rate of requests. A circle of calls is followed once. One thread.
 */
final class Flow {
	/** The kind of link along which load goes on. */
	static final String CALLS = "calls";

	private final SeriesPages series;
	private final Estate estate;
	private final Map<String, Map<String, Double>> callers = new LinkedHashMap<>();
	private final List<Outcome.Ratio> ratios = new ArrayList<>();
	private final Set<String> circles = new TreeSet<>();
	private final Map<Instant, Map<String, Double>> known = new HashMap<>();

	/** The same links with what another estate asks of traffic. */
	Flow(Flow other, Estate estate) {
		this.estate = estate;
		series = other.series;
		callers.putAll(other.callers);
		ratios.addAll(other.ratios);
	}

	/** The subjects whose traffic is not what it would be otherwise: those of which something is asked, and whom they call in turn. */
	Set<String> changed() {
		Set<String> changed = new HashSet<>(estate.loads().keySet());
		boolean grows = !changed.isEmpty();
		while (grows) {
			grows = false;
			for (Map.Entry<String, Map<String, Double>> called : callers.entrySet()) {
				grows |= !changed.contains(called.getKey()) && called.getValue().keySet().stream().anyMatch(changed::contains) && changed.add(called.getKey());
			}
		}
		return changed;
	}

	Flow(Base base, Estate estate) {
		this.estate = estate;
		series = base.state().series();
		Topology topology = base.state().topology();
		for (Link link : topology.links()) {
			String from = subject(topology, link.from());
			String to = subject(topology, link.to());
			if (link.kind().equals(CALLS) && !from.equals(to)) {
				callers.computeIfAbsent(to, id -> new LinkedHashMap<>()).put(from, requests(from));
			}
		}
		callers.forEach((to, from) -> {
			from.forEach((id, rate) -> ratios.add(new Outcome.Ratio(id, to, requests(to) / rate)));
			double sum = from.values().stream().mapToDouble(Double::doubleValue).sum();
			int count = from.size();
			from.replaceAll((id, rate) -> sum > 0 ? rate / sum : 1. / count);
		});
	}

	private static String subject(Topology topology, String id) {
		return id.startsWith(SeriesId.GROUP_PREFIX) ? id : topology.groupOf(id).map(group -> SeriesId.GROUP_PREFIX + group).orElse(id);
	}

	/** Measured rates of requests along links. */
	List<Outcome.Ratio> ratios() {
		return ratios;
	}

	/** Those that call each other in a circle, as far as they were met. */
	Set<String> circles() {
		return circles;
	}

	/**
	 * What the traffic of a subject is multiplied by.
	 *
	 * @param subject a group behind its prefix, or a resource
	 * @throws ScenarioException when requests are added where none are known
	 */
	double factor(String subject, Instant time) throws ScenarioException {
		double factor = factor(subject, time, known.computeIfAbsent(time, at -> new HashMap<>()), new HashSet<>());
		if (Double.isNaN(factor)) {
			throw new ScenarioException("requests are added to " + subject + ", whose requests are not measured: give a factor instead");
		}
		return factor;
	}

	private double factor(String subject, Instant time, Map<String, Double> memo, Set<String> open) {
		Double before = memo.get(subject);
		if (before != null) {
			return before;
		}
		if (!open.add(subject)) {
			circles.add(subject);
			return 1;
		}
		double inflow = 1;
		Map<String, Double> from = callers.get(subject);
		if (from != null) {
			inflow = 0;
			for (Map.Entry<String, Double> caller : from.entrySet()) {
				inflow += caller.getValue() * factor(caller.getKey(), time, memo, open);
			}
		}
		open.remove(subject);
		Load own = estate.load(subject);
		double factor = own.isSame() ? inflow : inflow * own.factor(requests(subject, time) * inflow, time);
		memo.put(subject, factor);
		return factor;
	}

	private double requests(String subject, Instant time) {
		Bands bands = series.forecast(new SeriesId(subject, Metric.REQUESTS.id())).flatMap(Forecast::bands).orElse(null);
		double forecast = bands == null ? Double.NaN : bands.at(time, .5);
		return Double.isNaN(forecast) ? requests(subject) : forecast;
	}

	private double requests(String subject) {
		SeriesId id = new SeriesId(subject, Metric.REQUESTS.id());
		double now = series.slot(id) < 0 ? Double.NaN : series.value(id);
		return now > 0 ? now : Double.NaN;
	}
}
