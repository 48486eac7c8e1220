// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.replay.Outcome;
import io.shadowweaver.replay.Policy;
import io.shadowweaver.replay.Replay;

/** The table of {@code weave replay}: one row a series, policy and target. */
final class CapacityTable {
	static final String[] COLUMNS = { "series", "policy", "lead", "target", "violations", "over_provision", "shortfall", "longest_breach",
			"changes_per_day" };
	private static final MathContext DIGITS = new MathContext(6);
	private static final double MINUTE = 60_000;

	/**
	 * What is asked.
	 *
	 * @param lead     from a decision until capacity is ready
	 * @param leadText as it was written
	 * @param targets  shares of violations
	 * @param texts    as they were written
	 * @param unit     of capacity, in the unit of the file; 0 for none
	 * @param policies which
	 */
	record Question(Duration lead, String leadText, List<Double> targets, List<String> texts, double unit, Set<Policy> policies) {
	}

	/** A demand in the unit of the file. */
	record Demand(SeriesId id, Metric metric, Series values) {
	}

	private final List<Candidate> candidates;
	private final Question question;

	CapacityTable(List<Candidate> candidates, Question question) {
		this.candidates = candidates;
		this.question = question;
	}

	/**
	 * Prints the table, in the order of the demands, each as soon as it and those before it are done; those that cannot be replayed are lines
	 * on the error stream.
	 *
	 * @return how many were replayed
	 */
	int print(List<Demand> demands, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
		ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		try {
			CSVPrinter csv = csv(out);
			csv.printRecord((Object[]) COLUMNS);
			csv.flush();
			List<Future<List<Object[]>>> all = new ArrayList<>();
			for (Demand demand : demands) {
				all.add(workers.submit(() -> rows(demand)));
			}
			int replayed = 0;
			for (int i = 0; i < all.size(); i++) {
				try {
					for (Object[] row : all.get(i).get()) {
						csv.printRecord(row);
					}
					csv.flush();
					replayed++;
				} catch (ExecutionException e) {
					if (!(e.getCause() instanceof IllegalArgumentException)) {
						throw new IllegalStateException(demands.get(i).id() + ": " + e.getCause(), e.getCause());
					}
					err.println("weave: " + demands.get(i).id() + ": " + e.getCause().getMessage());
				}
			}
			return replayed;
		} finally {
			workers.shutdownNow();
		}
	}

	/** Over a writer that stays open: it is the command's. */
	static CSVPrinter csv(PrintWriter out) throws IOException {
		return new CSVPrinter(out, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
	}

	private List<Object[]> rows(Demand demand) {
		Replay replay = new Replay(candidates, question.lead(), question.targets(), question.unit(), question.policies());
		List<Object[]> rows = new ArrayList<>();
		for (Replay.Row row : replay.run(demand.id(), demand.metric(), demand.values())) {
			Outcome outcome = row.outcome();
			rows.add(new Object[] { demand.id(), row.policy().id(), question.leadText(), target(row.target()), number(outcome.violations()),
					number(outcome.overProvision()), number(outcome.shortfall()), number(outcome.longestBreach().toMillis() / MINUTE),
					number(outcome.changesPerDay()) });
		}
		return rows;
	}

	/** As it was written. */
	private String target(double target) {
		return question.texts().get(question.targets().indexOf(target));
	}

	/** Six digits; empty for what cannot be told. */
	static String number(double value) {
		return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString() : "";
	}
}
