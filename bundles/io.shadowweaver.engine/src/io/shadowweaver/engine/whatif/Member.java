// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.topology.Resource;

/**
 * A resource of a scenario, and when it is there.
 *
 * @param resource as it is in the scenario
 * @param from     it carries load from then on
 * @param absences spans in which it does not
 * @param price    of an hour
 */
record Member(Resource resource, Instant from, List<Span> absences, Price price) {
	/**
	 * A span of time.
	 *
	 * @param from  inclusive
	 * @param until exclusive
	 */
	record Span(Instant from, Instant until) {
	}

	Member {
		absences = List.copyOf(absences);
	}

	boolean isThere(Instant time) {
		return !time.isBefore(from) && (absences.isEmpty() || absences.stream().noneMatch(absence -> !time.isBefore(absence.from()) && time.isBefore(absence.until())));
	}

	/** Whether it is there at all times from an instant on. */
	boolean isSteady(Instant now) {
		return !from.isAfter(now) && absences.isEmpty();
	}

	Member without(Instant begin, Instant end) {
		List<Span> more = new ArrayList<>(absences);
		more.add(new Span(begin, end));
		return new Member(resource, from, more, price);
	}

	Member sized(Map<String, Double> capacity, Price other) {
		return new Member(new Resource(resource.id(), resource.kind(), resource.name(), resource.parent(), resource.labels(), capacity,
				resource.lifecycle(), resource.construction()), from, absences, other);
	}
}
