// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Resources that share one demand and are scaled together. A resource is in at most one group.
 *
 * @param id             unique in the estate, stable
 * @param name           what the operator reads
 * @param members        who belongs to it
 * @param scaling        whether and how it scales
 * @param owner          who scales it; two owners are refused
 * @param min            least number of members
 * @param max            largest number of members
 * @param step           members are added in multiples of this
 * @param templates      how a new member is made, at most one for each provider account, the preferred one first; empty where
 *                       nothing can be made
 * @param placement      where members may stand
 * @param demand         what it is scaled on; the binding one decides
 * @param readinessCheck what must hold before a new member counts: {@code traffic} (first healthy traffic), {@code running} (the
 *                       provider says so), {@code tcp:PORT} (its address accepts a connection), or an http address with
 *                       <code>{address}</code> for that of the machine (answers 200 to 299)
 * @param drain          how long a member takes no new work before it goes
 */
public record ScalingGroup(String id, String name, Selector members, Scaling scaling, Owner owner, int min, int max,
		int step, List<Template> templates, Placement placement, List<DemandTarget> demand, String readinessCheck,
		Duration drain) {
	/** How a group scales. */
	public enum Scaling {
		/** By the number of members. */
		HORIZONTAL,
		/** By the size of its members. */
		VERTICAL,
		/** Not at all, as with databases: breaches are shown, capacity is not planned. */
		NONE
	}

	/** Who scales a group. */
	public enum Owner {
		/** We do, member by member. */
		WEAVER,
		/** Something else does (auto-scaling group, Heat, HPA): we ask it for a size and never add a member beside it. */
		EXTERNAL
	}

	/** Checks and copies. */
	public ScalingGroup {
		if (id.isBlank() || id.contains("/")) {
			throw new IllegalArgumentException("group id '" + id + "' is blank or holds a slash");
		}
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(members, "members");
		Objects.requireNonNull(scaling, "scaling");
		Objects.requireNonNull(owner, "owner");
		templates = List.copyOf(templates);
		Objects.requireNonNull(placement, "placement");
		Objects.requireNonNull(readinessCheck, "readinessCheck");
		Objects.requireNonNull(drain, "drain");
		demand = List.copyOf(demand);
		if (templates.stream().map(Template::provider).distinct().count() < templates.size() || templates.contains(Template.NONE)) {
			throw new IllegalArgumentException("group " + id + ": each template needs a provider account of its own");
		}
		if (min < 0 || max < min || step < 1) {
			throw new IllegalArgumentException(
					"group " + id + ": need 0 <= min <= max and step >= 1: " + min + ", " + max + ", " + step);
		}
	}

	/** With one template; {@link Template#NONE} for none. */
	public ScalingGroup(String id, String name, Selector members, Scaling scaling, Owner owner, int min, int max, int step,
			Template template, Placement placement, List<DemandTarget> demand, String readinessCheck, Duration drain) {
		this(id, name, members, scaling, owner, min, max, step, template.equals(Template.NONE) ? List.of() : List.of(template), placement,
				demand, readinessCheck, drain);
	}

	/** The preferred template; {@link Template#NONE} where nothing can be made. */
	public Template template() {
		return templates.isEmpty() ? Template.NONE : templates.getFirst();
	}

	/** The template of a provider account; {@link Template#NONE} where it makes no members. */
	public Template template(String provider) {
		return templates.stream().filter(template -> template.provider().equals(provider)).findFirst().orElse(Template.NONE);
	}
}
