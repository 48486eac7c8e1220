// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for one group instead of the limits of all; what is empty is as for all. Freeze windows are added to those of all.
 *
 * @param minSkill    automation on a forecast needs at least this skill
 * @param minCoverage and at least this measured coverage of the 80 % band
 * @param cooldown    least time between two actions
 * @param perHour     machines that may be made in an hour
 * @param blastCount  the most machines of one plan
 * @param blastShare  the same as a share of the members
 * @param canary      how many machines of a kind that was never seen to carry traffic may be made at once; 0 for no such limit
 * @param secondPersonAbove a plan that adds more cost an hour than this needs two persons; positive infinity for never
 * @param freezes     when nothing may be changed
 */
public record GroupLimits(Optional<Double> minSkill, Optional<Double> minCoverage, Optional<Duration> cooldown, Optional<Integer> perHour,
		Optional<Integer> blastCount, Optional<Double> blastShare, Optional<Integer> canary,
		Optional<Double> secondPersonAbove, List<FreezeWindow> freezes) {
	/** As for all groups. */
	public static final GroupLimits NONE = new GroupLimits(null, null, null, null, null, null, null, null, null);

	/** Copies; {@code null} is taken for empty. */
	public GroupLimits {
		minSkill = Objects.requireNonNullElse(minSkill, Optional.empty());
		minCoverage = Objects.requireNonNullElse(minCoverage, Optional.empty());
		cooldown = Objects.requireNonNullElse(cooldown, Optional.empty());
		perHour = Objects.requireNonNullElse(perHour, Optional.empty());
		blastCount = Objects.requireNonNullElse(blastCount, Optional.empty());
		blastShare = Objects.requireNonNullElse(blastShare, Optional.empty());
		canary = Objects.requireNonNullElse(canary, Optional.empty());
		secondPersonAbove = Objects.requireNonNullElse(secondPersonAbove, Optional.empty());
		freezes = List.copyOf(Objects.requireNonNullElse(freezes, List.of()));
	}

	/** The same with a canary. */
	public GroupLimits withCanary(int atOnce) {
		return new GroupLimits(minSkill, minCoverage, cooldown, perHour, blastCount, blastShare, Optional.of(atOnce), secondPersonAbove, freezes);
	}

	/** The same with two persons above a cost an hour. */
	public GroupLimits withSecondPersonAbove(double perHourCost) {
		return new GroupLimits(minSkill, minCoverage, cooldown, perHour, blastCount, blastShare, canary, Optional.of(perHourCost), freezes);
	}

	/** The same with other freeze windows. */
	public GroupLimits withFreezes(List<FreezeWindow> windows) {
		return new GroupLimits(minSkill, minCoverage, cooldown, perHour, blastCount, blastShare, canary, secondPersonAbove, windows);
	}

	/** What holds for the group, where the limits of all are these. */
	ProvisioningSettings.Limits over(ProvisioningSettings.Limits all) {
		List<FreezeWindow> frozen = new ArrayList<>(all.freezes());
		frozen.addAll(freezes);
		return new ProvisioningSettings.Limits(all.maxStaleShare(), minSkill.orElse(all.minSkill()), minCoverage.orElse(all.minCoverage()),
				cooldown.orElse(all.cooldown()), perHour.orElse(all.groupPerHour()), all.estatePerHour(), blastCount.orElse(all.blastCount()),
				blastShare.orElse(all.blastShare()), all.maxMachines(), all.budgetPerHour(), all.currency(), frozen, canary.orElse(all.canary()));
	}
}
