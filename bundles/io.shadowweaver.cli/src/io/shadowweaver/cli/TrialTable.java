// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.replay.GroupPast;
import io.shadowweaver.replay.Outcome;
import io.shadowweaver.replay.RuleTrial;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.replay.RuleTrialResult.Rule;
import io.shadowweaver.replay.RuleTrialResult.Verdict;

/** The table of {@code weave replay --source}: one row a group, metric and target. */
final class TrialTable {
	static final String[] COLUMNS = { "series", "lead", "target", "unit", "right", "late", "in_vain", "missed", "violations", "over_provision", "shortfall",
			"capacity_hours", "violations_before", "over_provision_before", "shortfall_before", "capacity_hours_before" };

	private final List<Candidate> candidates;
	private final Duration lead;
	private final String leadText;
	private final List<Double> targets;
	private final List<String> texts;
	private final double unit;
	private final Duration horizon;

	/**
	 * @param lead     from a decision until capacity is ready
	 * @param leadText as it was written
	 * @param targets  shares of violations
	 * @param texts    as they were written
	 * @param unit     of capacity; 0 for what one member carries
	 * @param horizon  in which a rise has to prove right; {@code null} for the usual one
	 */
	TrialTable(List<Candidate> candidates, Duration lead, String leadText, List<Double> targets, List<String> texts, double unit, Duration horizon) {
		this.candidates = candidates;
		this.lead = lead;
		this.leadText = leadText;
		this.targets = targets;
		this.texts = texts;
		this.unit = unit;
		this.horizon = horizon == null ? RuleTrial.usualHorizon(lead) : horizon;
	}

	/**
	 * Prints the table; what cannot be tried is a line on the error stream, and so is each quarter of a trial. An interrupt of the thread cancels it.
	 *
	 * @return how many rows there are
	 * @throws java.util.concurrent.CancellationException when it was interrupted
	 */
	int print(List<GroupPast> pasts, PrintWriter out, PrintWriter err) throws IOException {
		int rows = 0;
		CSVPrinter csv = CapacityTable.csv(out);
		csv.printRecord((Object[]) COLUMNS);
		csv.flush();
		for (GroupPast past : pasts) {
			for (int i = 0; i < targets.size(); i++) {
				Rule rule = new Rule(lead, targets.get(i), unit > 0 ? unit : past.unit(), horizon);
				RuleTrialResult result = RuleTrial.run(candidates, past.id(), past.metric(), past.demand(), past.before(), rule,
						new Quarters(past.id(), texts.get(i), err));
				if (result.outcome().isEmpty()) {
					err.println("weave: " + past.id() + ": " + result.demand().cause());
					break;
				}
				csv.printRecord(row(result, texts.get(i)));
				rows++;
			}
			csv.flush();
		}
		return rows;
	}

	/** Tells of each quarter, and wishes to cancel once its thread is interrupted. */
	private static final class Quarters implements Progress {
		private final SeriesId id;
		private final String target;
		private final PrintWriter err;
		private int told;

		Quarters(SeriesId id, String target, PrintWriter err) {
			this.id = id;
			this.target = target;
			this.err = err;
		}

		@Override
		public void report(double fraction, String what) {
			int quarters = (int) (fraction * 4);
			if (quarters > told) {
				told = quarters;
				err.println("weave: " + id + ", target " + target + ": " + 25 * quarters + " % of the past are done.");
				err.flush();
			}
		}

		@Override
		public boolean isCancelled() {
			return Thread.currentThread().isInterrupted();
		}
	}

	private Object[] row(RuleTrialResult result, String target) {
		Outcome outcome = result.outcome().orElseThrow();
		Optional<Outcome> before = result.outcomeBefore();
		return new Object[] { result.series(), leadText, target, CapacityTable.number(result.rule().unit()), result.count(Verdict.RIGHT),
				result.count(Verdict.LATE), result.count(Verdict.IN_VAIN), result.missed().size(), CapacityTable.number(outcome.violations()),
				CapacityTable.number(outcome.overProvision()), CapacityTable.number(outcome.shortfall()), CapacityTable.number(result.capacityHours()),
				CapacityTable.number(before.map(Outcome::violations).orElse(Double.NaN)),
				CapacityTable.number(before.map(Outcome::overProvision).orElse(Double.NaN)),
				CapacityTable.number(before.map(Outcome::shortfall).orElse(Double.NaN)), CapacityTable.number(result.capacityHoursBefore()) };
	}
}
