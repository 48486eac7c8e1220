// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import io.shadowweaver.kit.series.Grid;

/** The settings in numbers: steps, the coarse grid of the models, and at which of its blocks they are asked. */
final class LeadPlan {
	/** How many forecasts at one lead wait for their time; longer leads are kept in strides. */
	private static final int WAITING = 12;
	/** The same of leads over an hour, of which fewer come in a day. */
	private static final int FAR_WAITING = 24;
	/** A day of at most so many model steps. */
	private static final int MOST_A_DAY = 336;
	private static final double NEAR = 3_600_000;
	private static final double GOING_OVER = Math.log(4);
	/** How many blocks a path reaches further than the lead, so that it may be late. */
	private static final int SPARE = 2;

	/** Milliseconds of a sample. */
	final long step;
	/** Samples of a block. */
	final int factor;
	/** Milliseconds of a block. */
	final long block;
	/** Milliseconds of each lead. */
	final long[] leads;
	/** Samples of each lead, rounded up. */
	final int[] steps;
	/** Every how many samples a forecast at the lead is kept for scoring. */
	final int[] stride;
	/** How many forecasts at the lead wait for their time at most. */
	final int[] waiting;
	/** The number of leads up to which the choice for short leads is judged: those up to an hour, or the first. */
	final int nearLeads;
	private final double nearEnd;
	/** At which blocks after the last one models are asked, ascending. */
	final int[] nodes;

	LeadPlan(ForecastSettings settings) {
		step = settings.step().toMillis();
		List<Duration> usable = settings.leads().stream().filter(lead -> lead.compareTo(settings.step()) >= 0).toList();
		leads = usable.stream().mapToLong(Duration::toMillis).toArray();
		factor = Grid.factor(settings.step(), usable.getFirst(), MOST_A_DAY);
		block = step * factor;
		nearEnd = Math.max(NEAR, leads[0]);
		nearLeads = (int) Arrays.stream(leads).filter(lead -> lead <= nearEnd).count();
		steps = new int[leads.length];
		stride = new int[leads.length];
		waiting = new int[leads.length];
		TreeSet<Integer> asked = new TreeSet<>();
		for (int ahead = 1; ahead <= SPARE + 1; ahead++) {
			asked.add(ahead);
		}
		for (int i = 0; i < leads.length; i++) {
			steps[i] = (int) Math.ceilDiv(leads[i], step);
			waiting[i] = leads[i] > nearEnd ? FAR_WAITING : WAITING;
			stride[i] = Math.ceilDiv(steps[i], waiting[i] - 1);
			int ahead = (int) (leads[i] / block);
			for (int more = 0; more <= SPARE + 1; more++) {
				asked.add(Math.max(1, ahead + more));
			}
		}
		nodes = asked.stream().mapToInt(Integer::intValue).toArray();
	}

	/** How much the choice for long leads counts at a lead in milliseconds: 0 up to an hour, half at two, all from four. */
	double farShare(double lead) {
		return nearLeads == leads.length ? 0 : Math.clamp(Math.log(lead / nearEnd) / GOING_OVER, 0, 1);
	}

	/** How many of the forecasts that are kept at a lead overlap: their errors are alike. */
	double overlap(int lead) {
		return (double) steps[lead] / stride[lead];
	}

	/** The middle of a block: the mean of the times of its samples. */
	double centre(long number) {
		return number * (double) block + (block - step) / 2.;
	}

	Duration blockDuration() {
		return Duration.ofMillis(block);
	}
}
