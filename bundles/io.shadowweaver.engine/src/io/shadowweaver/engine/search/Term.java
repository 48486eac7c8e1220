// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.shadowweaver.api.metric.Unit;

/** One condition of a query. */
sealed interface Term {
	/** The index of its first character. */
	int position();

	/** Letters of a name or an id, upper and lower case alike. */
	record Word(int position, String text) implements Term {
	}

	/** One of some values of a property or label. */
	record Label(int position, String key, List<Pattern> values) implements Term {
		boolean matches(String value) {
			return values.stream().anyMatch(pattern -> pattern.matcher(value).matches());
		}
	}

	/**
	 * A value of a metric.
	 *
	 * @param metric its id
	 * @param level  the quantile of what is predicted; empty for the usual one
	 * @param test   how it is compared
	 * @param limit  as it is written
	 * @param unit   empty for the base unit of the metric
	 * @param ahead  how far ahead; empty for the time of the whole query
	 */
	record Compare(int position, String metric, Optional<Double> level, Test test, double limit, Optional<Unit> unit, Optional<Duration> ahead) implements Term {
		/** The limit in the base unit of the metric. */
		double base() {
			return unit.map(one -> one.toBase(limit)).orElse(limit);
		}
	}

	/** None of what another one matches. */
	record Not(int position, Term term) implements Term {
	}

	/** How values are compared; what is not known never matches. */
	enum Test {
		/** At most. */
		AT_MOST("<="),
		/** At least. */
		AT_LEAST(">="),
		/** Less. */
		LESS("<"),
		/** More. */
		MORE(">"),
		/** The same. */
		SAME("=");

		final String symbol;

		Test(String symbol) {
			this.symbol = symbol;
		}

		boolean holds(double value, double limit) {
			return switch (this) {
			case AT_MOST -> value <= limit;
			case AT_LEAST -> value >= limit;
			case LESS -> value < limit;
			case MORE -> value > limit;
			case SAME -> value == limit;
			};
		}
	}

	/** A text with {@code *} for any letters, upper and lower case alike. */
	static Pattern pattern(String text) {
		String regex = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
	}
}
