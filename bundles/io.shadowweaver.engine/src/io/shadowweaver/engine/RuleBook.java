// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Tailoring;

/** What an operator has decided on forecasts, and what the topology says of causes. The weave thread tells the topology; any thread may ask. */
final class RuleBook {
	/** What a resource is asked for drives what it uses. */
	private static final String CAUSE = Metric.REQUESTS.id();

	private volatile List<ForecastRule> rules;
	private volatile Topology topology = Topology.EMPTY;

	RuleBook(List<ForecastRule> rules) {
		this.rules = List.copyOf(rules);
	}

	List<ForecastRule> rules() {
		return rules;
	}

	/** Replaces them, and gives them. */
	List<ForecastRule> rules(List<ForecastRule> newRules) {
		rules = List.copyOf(newRules);
		return rules;
	}

	void topology(Topology present) {
		topology = present;
	}

	/** The usual settings, and the leads that rules name. */
	static ForecastSettings settings(Duration step, List<ForecastRule> rules) {
		ForecastSettings usual = ForecastSettings.defaults(step);
		TreeSet<Duration> leads = new TreeSet<>(usual.leads());
		leads.addAll(ForecastRule.leads(rules));
		return new ForecastSettings(step, List.copyOf(leads), usual.trainingSpan(), usual.retrainEvery(), usual.pinnedModels(), usual.seed());
	}

	/** What is decided on a series. */
	Tailoring of(SeriesId id) {
		List<ForecastRule> present = rules;
		return present.isEmpty() ? Tailoring.NONE : ForecastRule.of(present, id, resources(id));
	}

	private List<Resource> resources(SeriesId id) {
		Topology known = topology;
		return id.isGroup() ? known.members(group(id.subject())) : known.resource(id.subject()).map(List::of).orElse(List.of());
	}

	private static String group(String subject) {
		return subject.substring(SeriesId.GROUP_PREFIX.length());
	}

	/** The series that may drive one: the requests of its own subject, and those of what calls it. */
	List<SeriesId> drivers(SeriesId id) {
		Set<SeriesId> drivers = new LinkedHashSet<>();
		drivers.add(new SeriesId(id.subject(), CAUSE));
		callers(id.subject()).forEach(caller -> drivers.add(new SeriesId(caller, CAUSE)));
		drivers.remove(id);
		return new ArrayList<>(drivers);
	}

	/** From where work flows to a subject; for a group also from the groups of what calls its members. */
	private Set<String> callers(String subject) {
		Topology known = topology;
		Set<String> called = new LinkedHashSet<>(List.of(subject));
		if (subject.startsWith(SeriesId.GROUP_PREFIX)) {
			known.members(group(subject)).forEach(member -> called.add(member.id()));
		}
		Set<String> callers = new LinkedHashSet<>();
		for (Link link : known.links()) {
			if (called.contains(link.to()) && !called.contains(link.from())) {
				boolean grouped = called.size() > 1 && !link.from().startsWith(SeriesId.GROUP_PREFIX);
				callers.add(grouped ? known.groupOf(link.from()).map(group -> SeriesId.GROUP_PREFIX + group).orElse(link.from()) : link.from());
			}
		}
		callers.remove(subject);
		return callers;
	}
}
