// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;

/**
 * What an operator decides of a scaling group, whatever its source says of it. What is absent stays as the source has it. With members
 * and demand it makes a group of its own where no source names one.
 *
 * @param group          the id of the group; not blank
 * @param name           what the operator reads
 * @param members        who belongs to it
 * @param scaling        whether and how it scales
 * @param owner          who scales it
 * @param min            least number of members
 * @param max            largest number of members
 * @param step           members are added in multiples of this
 * @param templates      how new members are made, at most one for each provider account, the preferred one first; an empty list makes none
 * @param placement      where members may stand
 * @param demand         what it is scaled on
 * @param readinessCheck what must hold before a new member counts
 * @param drain          how long a member takes no new work before it goes
 */
public record GroupSettings(String group, Optional<String> name, Optional<Selector> members, Optional<ScalingGroup.Scaling> scaling,
		Optional<ScalingGroup.Owner> owner, Optional<Integer> min, Optional<Integer> max, Optional<Integer> step,
		Optional<List<Template>> templates, Optional<Placement> placement, Optional<List<DemandTarget>> demand,
		Optional<String> readinessCheck, Optional<Duration> drain) {
	private static final int MOST = 100;

	/** Checks the id; what a file leaves out is absent. */
	public GroupSettings {
		Objects.requireNonNull(group, "group");
		if (group.isBlank()) {
			throw new IllegalArgumentException("settings of a group need its id");
		}
		name = present(name);
		members = present(members);
		scaling = present(scaling);
		owner = present(owner);
		min = present(min);
		max = present(max);
		step = present(step);
		templates = present(templates).map(List::copyOf);
		placement = present(placement);
		demand = present(demand).map(List::copyOf);
		readinessCheck = present(readinessCheck);
		drain = present(drain);
	}

	/** Nothing is decided of a group yet. */
	public static GroupSettings of(String group) {
		return new GroupSettings(group, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
	}

	/** The same with templates. */
	public GroupSettings withTemplates(List<Template> others) {
		return new GroupSettings(group, name, members, scaling, owner, min, max, step, Optional.of(others), placement, demand, readinessCheck, drain);
	}

	/** The same with a number of members at least and at most. */
	public GroupSettings withLimits(int least, int most) {
		return new GroupSettings(group, name, members, scaling, owner, Optional.of(least), Optional.of(most), step, templates, placement, demand,
				readinessCheck, drain);
	}

	/** The same with a placement. */
	public GroupSettings withPlacement(Placement other) {
		return new GroupSettings(group, name, members, scaling, owner, min, max, step, templates, Optional.of(other), demand, readinessCheck, drain);
	}

	/** The same with what a new member must pass, and how long it drains before it goes. */
	public GroupSettings withReadiness(String check, Duration drainTime) {
		return new GroupSettings(group, name, members, scaling, owner, min, max, step, templates, placement, demand, Optional.of(check),
				Optional.of(drainTime));
	}

	/**
	 * The group as decided.
	 *
	 * @param reported what a source says; empty where none does
	 * @return the group; empty where neither source nor settings say who belongs to it
	 * @throws IllegalArgumentException when the decisions do not fit together, such as a least number above the largest
	 */
	Optional<ScalingGroup> apply(Optional<ScalingGroup> reported) {
		Optional<Selector> who = members.or(() -> reported.map(ScalingGroup::members));
		return who.map(selector -> new ScalingGroup(group, name.or(() -> reported.map(ScalingGroup::name)).orElse(group), selector,
				scaling.or(() -> reported.map(ScalingGroup::scaling)).orElse(ScalingGroup.Scaling.HORIZONTAL),
				owner.or(() -> reported.map(ScalingGroup::owner)).orElse(ScalingGroup.Owner.WEAVER),
				min.or(() -> reported.map(ScalingGroup::min)).orElse(0), max.or(() -> reported.map(ScalingGroup::max)).orElse(MOST),
				step.or(() -> reported.map(ScalingGroup::step)).orElse(1),
				templates.or(() -> reported.map(ScalingGroup::templates)).orElse(List.of()),
				placement.or(() -> reported.map(ScalingGroup::placement)).orElse(Placement.ANYWHERE),
				demand.or(() -> reported.map(ScalingGroup::demand)).orElse(List.of()),
				readinessCheck.or(() -> reported.map(ScalingGroup::readinessCheck)).orElse("traffic"),
				drain.or(() -> reported.map(ScalingGroup::drain)).orElse(Duration.ZERO)));
	}

	private static <T> Optional<T> present(Optional<T> value) {
		return value == null ? Optional.empty() : value;
	}
}
