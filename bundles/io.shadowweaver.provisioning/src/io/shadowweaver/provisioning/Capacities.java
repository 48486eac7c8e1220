// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Template;

/** The safe demand of single members: pure functions over a view of a group. Always the lower of what is known. */
final class Capacities {
	private Capacities() {
	}

	/** What one new member of the preferred template's first offer is taken to carry, by metric; a metric without any knowledge is left out. */
	static Map<String, Double> unit(GroupView view) {
		Map<String, Double> unit = new HashMap<>();
		for (DemandTarget target : view.group().demand()) {
			InstanceCapacity known = reference(view, target.metric());
			double safe = known != null ? known.lower() : smallestDeclared(view, target);
			if (safe > 0) {
				unit.put(target.metric(), safe);
			}
		}
		return unit;
	}

	/** What one new member of an offer of an account carries, by metric. */
	static Map<String, Double> unit(GroupView view, String provider, Offer offer) {
		Map<String, Double> unit = new HashMap<>();
		for (DemandTarget target : view.group().demand()) {
			InstanceCapacity known = find(view, provider, offer.id(), target.metric());
			Double declared = offer.capacity().get(target.metric());
			if (known != null) {
				unit.put(target.metric(), known.lower());
			} else if (declared != null && declared > 0) {
				unit.put(target.metric(), declared * target.target() * caution(view, target.metric()));
			}
		}
		return unit;
	}

	/** What some members carry together. */
	static Supply supply(GroupView view, List<Resource> members) {
		Map<String, Double> unit = unit(view);
		Map<String, Double> smallest = new HashMap<>();
		view.group().demand().forEach(target -> smallest.put(target.metric(), smallestDeclared(view, target)));
		Map<String, Double> sum = new HashMap<>();
		int count = 0;
		for (Resource member : members) {
			if (member.lifecycle() != Lifecycle.LIVE) {
				continue;
			}
			count++;
			for (DemandTarget target : view.group().demand()) {
				double safe = member(view, member, target, unit, smallest);
				if (safe > 0) {
					sum.merge(target.metric(), safe, Double::sum);
				}
			}
		}
		return new Supply(count, sum);
	}

	private static double member(GroupView view, Resource member, DemandTarget target, Map<String, Double> unit, Map<String, Double> smallest) {
		String offer = member.label(Resource.OFFER);
		InstanceCapacity known = offer.isEmpty() ? null : find(view, member.label(Resource.PROVIDER), offer, target.metric());
		if (known == null) {
			known = find(view, "", "", target.metric());
		}
		if (known != null) {
			return known.lower();
		}
		double declared = member.capacity(target.metric());
		InstanceCapacity reference = reference(view, target.metric());
		if (!(declared > 0)) {
			return unit.getOrDefault(target.metric(), 0.);
		}
		if (reference == null) {
			return declared * target.target();
		}
		// a declared capacity says what 'full' it was made from; what was learned was learned from the smallest member
		double full = reference.basis() == InstanceCapacity.Basis.DECLARED ? reference.median() / target.target()
				: smallest.get(target.metric()) / target.target();
		return reference.lower() * declared / full;
	}

	/** How much lower than its median a capacity of this group is taken: a declared one is treated with the caution of a known one. */
	private static double caution(GroupView view, String metric) {
		InstanceCapacity known = reference(view, metric);
		return known == null ? 1 : known.lower() / known.median();
	}

	private static InstanceCapacity reference(GroupView view, String metric) {
		for (Template template : view.group().templates()) {
			for (String offer : template.offers()) {
				InstanceCapacity known = find(view, template.provider(), offer, metric);
				if (known != null) {
					return known;
				}
			}
		}
		InstanceCapacity smallest = null;
		for (InstanceCapacity known : view.capacities()) {
			if (known.metric().equals(metric) && (smallest == null || known.lower() < smallest.lower())) {
				smallest = known;
			}
		}
		return smallest;
	}

	private static InstanceCapacity find(GroupView view, String provider, String offer, String metric) {
		for (InstanceCapacity known : view.capacities()) {
			if (known.provider().equals(provider) && known.offer().equals(offer) && known.metric().equals(metric)) {
				return known;
			}
		}
		return null;
	}

	private static double smallestDeclared(GroupView view, DemandTarget target) {
		double smallest = Double.NaN;
		for (Resource member : view.liveMembers()) {
			double safe = member.capacity(target.metric()) * target.target();
			if (safe > 0 && !(smallest <= safe)) {
				smallest = safe;
			}
		}
		return smallest;
	}
}
