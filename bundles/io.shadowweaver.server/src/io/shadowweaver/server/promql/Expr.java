// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.Duration;
import java.util.List;

/** A query, parsed. */
sealed interface Expr {
	/** A number. */
	record Number(double value) implements Expr {
	}

	/**
	 * Series by their labels.
	 *
	 * @param matchers all of them hold; the name is the label {@code __name__}
	 * @param range    how far back values are taken; zero for the newest alone
	 * @param offset   how much earlier than asked; negative for later
	 */
	record Selector(List<Matcher> matchers, Duration range, Duration offset) implements Expr {
	}

	/** A function of one argument. */
	record Call(String function, Expr argument) implements Expr {
	}

	/**
	 * An aggregation over series.
	 *
	 * @param labels  that are kept, or that are dropped
	 * @param without whether they are dropped
	 */
	record Aggregate(String operator, Expr argument, List<String> labels, boolean without) implements Expr {
	}

	/** Two sides and what is between. */
	record Binary(String operator, Expr left, Expr right) implements Expr {
	}
}
