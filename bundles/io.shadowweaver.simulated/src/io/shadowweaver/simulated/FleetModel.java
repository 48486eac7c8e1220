// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Instant;
import java.util.List;

import io.shadowweaver.simulated.Roster.Member;

/**
 * From demand to samples: spreads the requests of users over the tiers and over the members of each, and derives what every
 * member reports at an instant. Has buffers and so belongs to one thread; a pure function of settings, roster and time.
 */
final class FleetModel {
	/** Highest utilisation that a member reaches: the rest is lost to waiting. */
	private static final double FULL = .995;
	/** Processor utilisation of a member that restarts. */
	private static final double RESTARTING = .35;
	private static final long DAY = 86_400;
	/** Columns of a member, in the order of {@link Tier#metrics}. */
	private static final int LATENCY = 5;
	private static final int LAST = 6;

	private final Demand demand;
	private final boolean noisy;
	private double[] share = new double[0];
	private double[] load = new double[0];
	/** What was found for each tier at the last instant, by its ordinal. */
	private final double[] offered = new double[Tier.values().length];
	private final double[] capacity = new double[offered.length];
	private final double[] shed = new double[offered.length];
	private final double[] latency = new double[offered.length];

	/**
	 * @param settings of the fleet
	 * @param demand   of the same settings
	 */
	FleetModel(FleetSettings settings, Demand demand) {
		this.demand = demand;
		this.noisy = settings.noise();
	}

	/**
	 * What every member reports.
	 *
	 * @param roster who carries load; holds at the time
	 * @param time   of the samples
	 * @param out    one value for each of the roster's columns; overwritten
	 */
	void sample(Roster roster, Instant time, double[] out) {
		long second = time.getEpochSecond();
		double users = demand.offered(second);
		double web = flow(roster, Tier.WEB, time, users, 1, out);
		double app = flow(roster, Tier.APP, time, web * Tier.APP.callsPerRequest, 1, out);
		flow(roster, Tier.DB, time, app * Tier.DB.callsPerRequest, demand.slowdown(second), out);
		flow(roster, Tier.CACHE, time, web * Tier.CACHE.callsPerRequest, 1, out);
		flow(roster, Tier.QUEUE, time, app * Tier.QUEUE.callsPerRequest, 1, out);
		flow(roster, Tier.LB, time, users, 1, out);
		balance(roster, out);
	}

	/** What a tier is offered, can carry and turns away at an instant. */
	GroupLoad load(Roster roster, Tier tier, Instant time) {
		double[] out = new double[roster.series().size()];
		sample(roster, time, out);
		List<Member> members = roster.members(tier);
		double cpu = 0;
		for (Member member : members) {
			cpu += out[member.column];
		}
		int t = tier.ordinal();
		return new GroupLoad(time, members.size(), offered[t], capacity[t], shed[t],
				members.isEmpty() ? Double.NaN : cpu / members.size(), latency[t]);
	}

	/**
	 * What the balancers see of the tiers behind them: the response times of those that a user waits for add up (a cautious
	 * 95th percentile of the whole), and what the web tier turns away is turned away at the door.
	 */
	private void balance(Roster roster, double[] out) {
		double behind = 0;
		for (Tier tier : new Tier[] { Tier.WEB, Tier.APP, Tier.DB, Tier.CACHE }) {
			behind += latency[tier.ordinal()];
		}
		double weights = 0;
		for (Member member : roster.members(Tier.LB)) {
			weights += member.weight;
		}
		for (Member member : roster.members(Tier.LB)) {
			int at = member.column + LATENCY;
			out[at] = Math.min(Queueing.TIMEOUT, out[at] + behind);
			out[member.column + LAST] += shed[Tier.WEB.ordinal()] * member.weight / weights;
		}
		latency[Tier.LB.ordinal()] += behind;
	}

	/**
	 * Lets requests into a tier and writes what its members report.
	 *
	 * @param slowdown how many times longer service takes; capacity shrinks by a third of that, as a slow database waits more
	 *                 than it works
	 * @return requests a second that the tier serves
	 */
	private double flow(Roster roster, Tier tier, Instant time, double wanted, double slowdown, double[] out) {
		List<Member> members = roster.members(tier);
		long second = time.getEpochSecond();
		double effort = 1 + (slowdown - 1) / 6;
		spread(members, tier, time, wanted, effort);
		double waited = 0;
		double served = 0;
		for (int i = 0; i < members.size(); i++) {
			Member member = members.get(i);
			double full = member.capacity / effort;
			double taken = Math.min(load[i], full * FULL);
			boolean restarting = share[i] == 0;
			double response = restarting ? Double.NaN : tier.station.response95(load[i] / full, slowdown);
			write(member, second, taken, load[i] - taken, taken / full, response, restarting, out);
			if (!restarting) {
				waited += response * taken;
				served += taken;
			}
		}
		latency[tier.ordinal()] = served > 0 ? waited / served : 0;
		return served;
	}

	/** Shares the load by weight; what a full member cannot take goes to those with room, and is shed when nobody has. */
	private void spread(List<Member> members, Tier tier, Instant time, double wanted, double effort) {
		int n = members.size();
		if (share.length < n) {
			share = new double[n * 2];
			load = new double[n * 2];
		}
		long second = time.getEpochSecond();
		boolean rolling = (tier == Tier.WEB || tier == Tier.APP) && demand.isRollingOut(second);
		double weights = 0;
		double whole = 0;
		for (int i = 0; i < n; i++) {
			Member member = members.get(i);
			share[i] = rolling && demand.isRestarting(second, i, n) ? 0 : member.machine.share(time);
			weights += member.weight * share[i];
			whole += member.capacity * share[i] / effort;
		}
		double excess = 0;
		double room = 0;
		for (int i = 0; i < n; i++) {
			Member member = members.get(i);
			double full = member.capacity * share[i] / effort * FULL;
			load[i] = weights > 0 ? wanted * member.weight * share[i] / weights : 0;
			excess += Math.max(0, load[i] - full);
			room += Math.max(0, full - load[i]);
		}
		double moved = excess > 0 ? Math.min(1, room / excess) : 0;
		double filled = room > 0 ? Math.min(1, excess / room) : 0;
		for (int i = 0; i < n; i++) {
			double full = members.get(i).capacity * share[i] / effort * FULL;
			load[i] = load[i] > full ? load[i] - (load[i] - full) * moved : load[i] + (full - load[i]) * filled;
		}
		offered[tier.ordinal()] = wanted;
		capacity[tier.ordinal()] = whole;
		shed[tier.ordinal()] = weights > 0 ? Math.max(0, excess - room) : wanted;
	}

	private void write(Member member, long second, double requests, double overload, double utilisation, double latency,
			boolean restarting, double[] out) {
		Tier tier = member.tier;
		long noise = member.seed + second;
		double cpu = restarting ? RESTARTING : tier.idle + tier.busy * utilisation;
		double day = Math.floorMod(second + (member.seed & 0xFFFF), DAY) / (double) DAY;
		double memory = switch (tier) {
		case LB -> .22 + .12 * utilisation;
		case WEB -> .38 + .16 * utilisation + .05 * day;
		case APP -> .46 + .20 * utilisation + .08 * day;
		case DB -> .71 + .06 * utilisation;
		case CACHE -> .83 + .03 * utilisation;
		case QUEUE -> .30 + .18 * utilisation;
		};
		int c = member.column;
		out[c] = clamp(cpu * jitter(noise, 1, .015), 1);
		out[c + 1] = clamp(memory * jitter(noise, 2, .004), 1);
		out[c + 2] = Math.min(member.network, 2_000 + requests * tier.bytesIn * jitter(noise, 3, .02));
		out[c + 3] = Math.min(member.network, 3_000 + requests * tier.bytesOut * jitter(noise, 4, .02));
		out[c + 4] = requests;
		out[c + 5] = Double.isNaN(latency) ? latency : Math.min(Queueing.TIMEOUT, latency * jitter(noise, 5, .03));
		switch (tier) {
		case LB -> out[c + 6] = overload;
		case WEB, APP -> {
			out[c + 6] = clamp(.31 + .22 * sawtooth(second, member.seed, 5 * DAY), 1);
			out[c + 7] = overload;
		}
		case DB -> out[c + 6] = clamp(.52 + .04 * sawtooth(second, member.seed, 2 * DAY) + second % (90 * DAY) * 1e-9, 1);
		case QUEUE -> {
			out[c + 6] = clamp(.12 + .3 * utilisation, 1);
			out[c + 7] = tier.station.waiting(utilisation);
		}
		case CACHE -> {
			// keeps nothing on a disk
		}
		}
	}

	/** Logs grow and are cleared. */
	private static double sawtooth(long second, long seed, long period) {
		return Math.floorMod(second + (seed & 0xFFFFF), period) / (double) period;
	}

	private double jitter(long seed, int stream, double deviation) {
		return noisy ? 1 + deviation * Noise.normal(seed, stream) : 1;
	}

	private static double clamp(double value, double high) {
		return Math.max(0, Math.min(high, value));
	}
}
