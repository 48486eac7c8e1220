// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;

/**
 * Who carries load from one change of the machines to the next, and the columns in which they report. Immutable.
 */
final class Roster {
	/** One machine that carries load. */
	static final class Member {
		final Machine machine;
		final Tier tier;
		/** Requests a second at full load. */
		final double capacity;
		/** Its share against its equals: a balancer is never quite fair. */
		final double weight;
		/** Bytes a second that its network carries. */
		final double network;
		/** Seed of its own noise. */
		final long seed;
		/** Column of its first metric. */
		final int column;

		Member(Machine machine, Tier tier, long fleetSeed, int column) {
			Offers.Type type = Offers.find(machine.offer());
			this.machine = machine;
			this.tier = tier;
			this.capacity = type.requests();
			this.network = type.network();
			this.seed = Noise.hash(fleetSeed, machine.resource());
			this.weight = capacity * (1 + .02 * Math.max(-1.5, Math.min(1.5, Noise.exactNormal(seed, 0))));
			this.column = column;
		}
	}

	private final Instant from;
	private final Instant until;
	private final Map<Tier, List<Member>> members = new EnumMap<>(Tier.class);
	private final List<SeriesId> series;

	/**
	 * @param machines all that ever were
	 * @param time     an instant in the span of this roster
	 * @param seed     of the fleet
	 */
	Roster(List<Machine> machines, Instant time, long seed) {
		Instant before = Instant.MIN;
		Instant after = Instant.MAX;
		for (Tier tier : Tier.values()) {
			members.put(tier, new ArrayList<>());
		}
		List<SeriesId> columns = new ArrayList<>();
		for (Machine machine : machines) {
			for (Instant change : new Instant[] { machine.trafficAt(), machine.goneAt() }) {
				if (change.isAfter(time)) {
					after = change.isBefore(after) ? change : after;
				} else {
					before = change.isAfter(before) ? change : before;
				}
			}
			Tier tier = tierOf(machine);
			if (tier != null && machine.carriesLoad(time)) {
				members.get(tier).add(new Member(machine, tier, seed, columns.size()));
				for (Metric metric : tier.metrics) {
					columns.add(new SeriesId(machine.resource(), metric.id()));
				}
			}
		}
		from = before;
		until = after;
		series = List.copyOf(columns);
	}

	/** The tier that a machine works for: what its tags say, where its type can do that; {@code null} for none. */
	static Tier tierOf(Machine machine) {
		String wanted = machine.tags().get(Resource.TIER);
		for (Tier tier : Tier.values()) {
			if (tier.id.equals(wanted) && Offers.find(machine.offer()).tier().equals(wanted)) {
				return tier;
			}
		}
		return null;
	}

	private Roster(Roster other, List<SeriesId> series) {
		this.from = other.from;
		this.until = other.until;
		this.members.putAll(other.members);
		this.series = series;
	}

	/** The same with the equal list of another, so that the list stays identical. */
	Roster withColumnsOf(Roster other) {
		return new Roster(this, other.series);
	}

	/** Whether it holds at an instant. */
	boolean covers(Instant time) {
		return !time.isBefore(from) && time.isBefore(until);
	}

	/** The members of a tier. */
	List<Member> members(Tier tier) {
		return members.get(tier);
	}

	/** The column of each sample; one list as long as the roster holds. */
	List<SeriesId> series() {
		return series;
	}
}
