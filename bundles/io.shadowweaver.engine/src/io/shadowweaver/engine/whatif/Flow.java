// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
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
		if (changed.isEmpty()) {
			return changed;
		}
		Map<String, List<String>> called = new HashMap<>();
		callers.forEach((to, from) -> from.keySet().forEach(id -> called.computeIfAbsent(id, caller -> new ArrayList<>()).add(to)));
		Deque<String> reached = new ArrayDeque<>(changed);
		while (!reached.isEmpty()) {
			for (String to : called.getOrDefault(reached.pop(), List.of())) {
				if (changed.add(to)) {
					reached.push(to);
				}
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
		double factor = factor(subject, time, known.computeIfAbsent(time, at -> new HashMap<>()));
		if (Double.isNaN(factor)) {
			throw new ScenarioException("requests are added to " + subject + ", whose requests are not measured: give a factor instead");
		}
		return factor;
	}

	/** Asks the callers first, depth first; a chain of calls may be longer than the stack of a thread. */
	private double factor(String subject, Instant time, Map<String, Double> memo) {
		Deque<Asked> asked = new ArrayDeque<>();
		Set<String> open = new HashSet<>();
		if (!memo.containsKey(subject)) {
			asked.push(new Asked(subject, callers.get(subject)));
			open.add(subject);
		}
		while (!asked.isEmpty()) {
			Asked top = asked.peek();
			if (top.callers.hasNext()) {
				Map.Entry<String, Double> caller = top.callers.next();
				Double before = memo.get(caller.getKey());
				if (before == null && open.add(caller.getKey())) {
					top.share = caller.getValue();
					asked.push(new Asked(caller.getKey(), callers.get(caller.getKey())));
				} else {
					if (before == null) {
						circles.add(caller.getKey());
					}
					top.inflow += caller.getValue() * (before == null ? 1 : before);
				}
			} else {
				asked.pop();
				open.remove(top.subject);
				double factor = own(top.subject, time, top.inflow);
				memo.put(top.subject, factor);
				if (!asked.isEmpty()) {
					asked.peek().inflow += asked.peek().share * factor;
				}
			}
		}
		return memo.get(subject);
	}

	/** With the subject's own changes on top of what its callers send. */
	private double own(String subject, Instant time, double inflow) {
		Load own = estate.load(subject);
		return own.isSame() ? inflow : inflow * own.factor(requests(subject, time) * inflow, time);
	}

	/** A subject whose callers are being asked. */
	private static final class Asked {
		private final String subject;
		private final Iterator<Map.Entry<String, Double>> callers;
		/** What the callers that have answered send, as a multiple of what all of them send now. */
		private double inflow;
		/** Of the caller that is being asked. */
		private double share;

		Asked(String subject, Map<String, Double> callers) {
			this.subject = subject;
			this.callers = callers == null ? Collections.emptyIterator() : callers.entrySet().iterator();
			inflow = callers == null ? 1 : 0;
		}
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
