// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import io.shadowweaver.provisioning.cost.CostSettings;

/**
 * How provisioning decides, what it may do, and how it calls. Read from JSON, what is missing is as in {@link #defaults()}, and what is
 * not known is an error: a misspelt limit must not be taken for none.
 *
 * @param planning when and how much is planned
 * @param limits   what the guards allow
 * @param scaleIn  when members that we made are removed
 * @param calls    how providers are called
 * @param cost     what machines cost and may cost
 * @param groups   what holds for single groups instead of {@code limits}, by their ids
 * @param oversight what persons have to look at
 * @param earning  when a group has earned mode <em>auto</em>
 */
@JsonDeserialize(using = SettingsReader.class)
public record ProvisioningSettings(Planning planning, Limits limits, ScaleIn scaleIn, Calls calls, CostSettings cost,
		Map<String, GroupLimits> groups, Oversight oversight, Earning earning) {
	private static final ProvisioningSettings DEFAULTS = new ProvisioningSettings(
			new Planning(.9, 1.05, Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofMinutes(1), Duration.ofMinutes(1),
					Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1)),
			new Limits(.45, -.1, .5, Duration.ofMinutes(3), 30, 100, 10, .5, 200, Double.POSITIVE_INFINITY, "", List.of(), 1),
			new ScaleIn(Set.of(), .95, 1.1, Duration.ofMinutes(60), Duration.ofMinutes(10), Duration.ofMinutes(20),
					Duration.ofMinutes(5), .1),
			new Calls(Duration.ofSeconds(60), Duration.ofSeconds(15), 3, Duration.ofSeconds(15), Duration.ofMinutes(10), 3,
					Duration.ofMinutes(15), Duration.ofMinutes(3), Duration.ofMinutes(6), true),
			CostSettings.DEFAULT, Map.of(), new Oversight(2, Double.POSITIVE_INFINITY, Duration.ofDays(7), Duration.ofDays(30)),
			new Earning(Duration.ofDays(14), 0, .6, .99, 3, .75));

	/** Checks that nothing is {@code null}. */
	public ProvisioningSettings {
		Objects.requireNonNull(planning, "planning");
		Objects.requireNonNull(limits, "limits");
		Objects.requireNonNull(scaleIn, "scaleIn");
		Objects.requireNonNull(calls, "calls");
		Objects.requireNonNull(cost, "cost");
		groups = Map.copyOf(groups);
		Objects.requireNonNull(oversight, "oversight");
		Objects.requireNonNull(earning, "earning");
	}

	/** Cautious values: sized for the .9 quantile, nothing is ever removed. */
	public static ProvisioningSettings defaults() {
		return DEFAULTS;
	}

	/** The same with other planning. */
	public ProvisioningSettings with(Planning other) {
		return new ProvisioningSettings(other, limits, scaleIn, calls, cost, groups, oversight, earning);
	}

	/** The same with other limits. */
	public ProvisioningSettings with(Limits other) {
		return new ProvisioningSettings(planning, other, scaleIn, calls, cost, groups, oversight, earning);
	}

	/** The same with another scale-in. */
	public ProvisioningSettings with(ScaleIn other) {
		return new ProvisioningSettings(planning, limits, other, calls, cost, groups, oversight, earning);
	}

	/** The same with other calls. */
	public ProvisioningSettings with(Calls other) {
		return new ProvisioningSettings(planning, limits, scaleIn, other, cost, groups, oversight, earning);
	}

	/** The same with other costs. */
	public ProvisioningSettings with(CostSettings other) {
		return new ProvisioningSettings(planning, limits, scaleIn, calls, other, groups, oversight, earning);
	}

	/** The same with other limits of one group. */
	public ProvisioningSettings with(String group, GroupLimits other) {
		Map<String, GroupLimits> all = new HashMap<>(groups);
		all.put(group, other);
		return new ProvisioningSettings(planning, limits, scaleIn, calls, cost, all, oversight, earning);
	}

	/** The same with other oversight. */
	public ProvisioningSettings with(Oversight other) {
		return new ProvisioningSettings(planning, limits, scaleIn, calls, cost, groups, other, earning);
	}

	/** The same with another way to earn mode <em>auto</em>. */
	public ProvisioningSettings with(Earning other) {
		return new ProvisioningSettings(planning, limits, scaleIn, calls, cost, groups, oversight, other);
	}

	/** Above which cost an hour a plan of a group needs two persons; positive infinity for never. */
	public double secondPersonAbove(String group) {
		GroupLimits own = groups.get(group);
		return own == null ? oversight.secondPersonAbove() : own.secondPersonAbove().orElse(oversight.secondPersonAbove());
	}

	/** The limits of a group: those of all, and what holds for it instead. */
	public Limits limits(String group) {
		GroupLimits own = groups.get(group);
		return own == null ? limits : own.over(limits);
	}

	/** The same with scale-in for some groups; {@value ScaleIn#ALL} stands for all. */
	public ProvisioningSettings withScaleIn(Set<String> groups) {
		return with(new ScaleIn(groups, scaleIn.level, scaleIn.margin, scaleIn.hold, scaleIn.stabilisation, scaleIn.minHold,
				scaleIn.cooldown, scaleIn.maxStaleShare));
	}

	/** The same sized for another quantile of demand. */
	public ProvisioningSettings withLevel(double level) {
		return with(new Planning(level, planning.reactiveHeadroom, planning.reactiveSpan, planning.horizon, planning.leadMargin,
				planning.decisionMargin, planning.approvalWait, planning.rejectHold, planning.verdictAfter));
	}

	/** The same with a money budget for what we add; positive infinity for none. */
	public ProvisioningSettings withBudget(double perHour, String currency) {
		return with(new Limits(limits.maxStaleShare, limits.minSkill, limits.minCoverage, limits.cooldown, limits.groupPerHour,
				limits.estatePerHour, limits.blastCount, limits.blastShare, limits.maxMachines, perHour, currency, limits.freezes,
				limits.canary));
	}

	/**
	 * When and how much is planned.
	 *
	 * @param level            the quantile of demand that is sized for, over 0 and under 1
	 * @param reactiveHeadroom what is observed now, times this, is the least demand that is sized for; at least 1
	 * @param reactiveSpan     how far ahead that floor holds
	 * @param horizon          how far ahead plans are made
	 * @param leadMargin       added to the 95th percentile of the lead
	 * @param decisionMargin   a plan is called from this long before its start-by; at least one tick of the estate
	 * @param approvalWait     how long a person has at least to approve
	 * @param rejectHold       how long after a rejection nothing as large is proposed for the group
	 * @param verdictAfter     how long after it was needed an action is judged
	 */
	public record Planning(double level, double reactiveHeadroom, Duration reactiveSpan, Duration horizon, Duration leadMargin,
			Duration decisionMargin, Duration approvalWait, Duration rejectHold, Duration verdictAfter) {
		/** Checks the ranges. */
		public Planning {
			within("planning level", level, 0, 1);
			if (!(reactiveHeadroom >= 1)) {
				throw new IllegalArgumentException("reactive headroom must be at least 1: " + reactiveHeadroom);
			}
			positive("planning horizon", horizon);
			positive("decision margin", decisionMargin);
			notNegative("reactive span", reactiveSpan);
			notNegative("lead margin", leadMargin);
			notNegative("approval wait", approvalWait);
			notNegative("hold after a rejection", rejectHold);
			notNegative("verdict span", verdictAfter);
		}
	}

	/**
	 * What the guards allow. The most restrictive wins.
	 *
	 * @param maxStaleShare automation of a group stops when more of its inputs than this are not fresh
	 * @param minSkill      automation on a forecast needs at least this skill
	 * @param minCoverage   and at least this measured coverage of the 80 % band
	 * @param cooldown      least time between two actions of a group
	 * @param groupPerHour  machines that may be made in an hour, by group
	 * @param estatePerHour the same for the estate
	 * @param blastCount    the most machines of one plan
	 * @param blastShare    the most machines of one plan as a share of the group's members; one is always allowed
	 * @param maxMachines   the most machines of ours in the estate at a time
	 * @param budgetPerHour the most that our machines may cost in an hour; positive infinity for no limit
	 * @param currency      of the budget; empty without one
	 * @param freezes       when nothing may be changed
	 * @param canary        until a machine of an account, offer, image and user data was once seen to carry traffic, at most this many
	 *                      are made at once, unless the start-by forbids waiting; 0 for no such limit
	 */
	public record Limits(double maxStaleShare, double minSkill, double minCoverage, Duration cooldown, int groupPerHour,
			int estatePerHour, int blastCount, double blastShare, int maxMachines, double budgetPerHour, String currency,
			List<FreezeWindow> freezes, int canary) {
		/** Checks the ranges and copies. */
		public Limits {
			Objects.requireNonNull(currency, "currency");
			freezes = List.copyOf(freezes);
			notNegative("cooldown", cooldown);
			if (!(maxStaleShare >= 0 && maxStaleShare <= 1) || Double.isNaN(minSkill) || Double.isNaN(minCoverage)) {
				throw new IllegalArgumentException("limits: stale share " + maxStaleShare + ", skill " + minSkill + ", coverage " + minCoverage);
			}
			if (groupPerHour < 0 || estatePerHour < 0 || blastCount < 1 || !(blastShare > 0) || maxMachines < 0 || canary < 0) {
				throw new IllegalArgumentException("limits must not be negative, and a plan may make at least one machine");
			}
			if (!(budgetPerHour >= 0) || budgetPerHour < Double.POSITIVE_INFINITY && currency.isBlank()) {
				throw new IllegalArgumentException("a budget must not be negative and needs a currency: " + budgetPerHour + " " + currency);
			}
		}
	}

	/**
	 * When members that we made are removed: slowly, and only when demand leaves room for long enough.
	 *
	 * @param groups        ids of the groups in which it is on; {@value #ALL} for all
	 * @param level         the quantile of demand that must fit into the rest
	 * @param margin        and by this factor, at least 1
	 * @param hold          over this time ahead
	 * @param stabilisation and it must have fitted for this long
	 * @param minHold       a member is kept at least this long after it became ready
	 * @param cooldown      least time between two removals in a group
	 * @param maxStaleShare nothing is removed when more of the inputs are not fresh
	 */
	public record ScaleIn(Set<String> groups, double level, double margin, Duration hold, Duration stabilisation,
			Duration minHold, Duration cooldown, double maxStaleShare) {
		/** All groups. */
		public static final String ALL = "*";

		/** Checks the ranges and copies. */
		public ScaleIn {
			groups = Set.copyOf(groups);
			within("scale-in level", level, 0, 1);
			positive("scale-in hold", hold);
			notNegative("scale-in stabilisation", stabilisation);
			notNegative("least hold of a member", minHold);
			notNegative("scale-in cooldown", cooldown);
			if (!(margin >= 1) || !(maxStaleShare >= 0 && maxStaleShare <= 1)) {
				throw new IllegalArgumentException("scale-in: margin " + margin + ", stale share " + maxStaleShare);
			}
		}

		/** Whether it is on for a group. */
		public boolean isOn(String group) {
			return groups.contains(group) || groups.contains(ALL);
		}
	}

	/**
	 * How providers are called.
	 *
	 * @param deadline       a call is given up after this much real time; its outcome is then unknown
	 * @param poll           least time between two readings of an account's list
	 * @param maxAttempts    how often one intent is called at most
	 * @param backOff        the first pause after a failure of an account; doubled with each further one
	 * @param maxBackOff     the longest pause
	 * @param deadlineFactor a machine that carries no traffic after this many times the expected lead has failed
	 * @param minDeadline    but not before this
	 * @param priorMedian    expected lead where neither measurement nor offer says one
	 * @param priorP95       the same at the 95th percentile
	 * @param removeFailed   whether a machine of ours that never carried traffic is removed
	 */
	public record Calls(Duration deadline, Duration poll, int maxAttempts, Duration backOff, Duration maxBackOff,
			double deadlineFactor, Duration minDeadline, Duration priorMedian, Duration priorP95, boolean removeFailed) {
		/** Checks the ranges. */
		public Calls {
			positive("deadline of a call", deadline);
			notNegative("poll", poll);
			positive("back-off", backOff);
			positive("shortest deadline of a machine", minDeadline);
			notNegative("prior of the lead", priorMedian);
			if (maxAttempts < 1 || maxBackOff.compareTo(backOff) < 0 || !(deadlineFactor >= 1) || priorP95.compareTo(priorMedian) < 0) {
				throw new IllegalArgumentException("calls: attempts " + maxAttempts + ", back-off " + backOff + " to " + maxBackOff
						+ ", factor " + deadlineFactor + ", prior " + priorMedian + " to " + priorP95);
			}
		}
	}

	/**
	 * What persons have to look at.
	 *
	 * @param unhealthy         so many machines in a row that never carry traffic stop a group, until a person resumes it; at least 1
	 * @param secondPersonAbove a plan that adds more cost an hour than this, or an unknown one, needs the approval of two persons; positive
	 *                          infinity for never. In the currency of the costs
	 * @param longestException  how long a raised maximum, or a permission in a freeze window, may last at most
	 * @param review            after so long somebody should look whether what we made is still needed
	 */
	public record Oversight(int unhealthy, double secondPersonAbove, Duration longestException, Duration review) {
		/** Checks the ranges. */
		public Oversight {
			positive("longest exception", longestException);
			positive("review", review);
			if (unhealthy < 1 || !(secondPersonAbove >= 0)) {
				throw new IllegalArgumentException("oversight: unhealthy " + unhealthy + ", second person above " + secondPersonAbove);
			}
		}
	}

	/**
	 * When a group has earned that mode <em>auto</em> is offered.
	 *
	 * @param period      how long its forecasts must have kept skill and coverage
	 * @param minSkill    at least this skill
	 * @param minCoverage at least this measured coverage of the 80 % band
	 * @param maxCoverage and at most this: a band that covers all says nothing
	 * @param verdicts    and so many of its plans must have been judged
	 * @param rightShare  of which at least this share was needed
	 */
	public record Earning(Duration period, double minSkill, double minCoverage, double maxCoverage, int verdicts, double rightShare) {
		/** Checks the ranges. */
		public Earning {
			positive("period", period);
			if (Double.isNaN(minSkill) || !(minCoverage >= 0 && minCoverage <= maxCoverage && maxCoverage <= 1) || verdicts < 0 || !(rightShare >= 0 && rightShare <= 1)) {
				throw new IllegalArgumentException("earning: skill " + minSkill + ", coverage " + minCoverage + " to " + maxCoverage + ", verdicts " + verdicts + ", right " + rightShare);
			}
		}
	}

	private static void within(String what, double value, double low, double high) {
		if (!(value > low && value < high)) {
			throw new IllegalArgumentException(what + " must be between " + low + " and " + high + ": " + value);
		}
	}

	private static void positive(String what, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(what + " must be positive: " + value);
		}
	}

	private static void notNegative(String what, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(what + " must not be negative: " + value);
		}
	}
}
