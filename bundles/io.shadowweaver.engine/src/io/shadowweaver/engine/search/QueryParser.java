// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Unit;

/** Reads a query, character by character. */
final class QueryParser {
	private static final Duration FARTHEST = Duration.ofDays(90);
	private static final Pattern SPAN = Pattern.compile("\\+?(\\d{1,6})(m|min|h|d)");
	private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
	private static final Pattern LEVEL = Pattern.compile("(.+)\\.p(\\d{1,2})");

	private final String text;
	private int at;
	private Optional<Duration> ahead = Optional.empty();

	QueryParser(String text) {
		this.text = text;
	}

	Query parse() throws QueryException {
		List<Term> terms = new ArrayList<>();
		for (skip(); at < text.length(); skip()) {
			if (text.charAt(at) == '@') {
				int begin = at;
				if (ahead.isPresent()) {
					throw new QueryException(begin, "there is one time already");
				}
				ahead = Optional.of(time());
			} else {
				terms.add(term());
			}
			if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
				throw new QueryException(at, "a space is missing before '" + text.charAt(at) + "'");
			}
		}
		return new Query(text, terms, ahead);
	}

	private void skip() {
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
			at++;
		}
	}

	private Term term() throws QueryException {
		int begin = at;
		if (text.charAt(at) == '-') {
			at++;
			if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
				throw new QueryException(at, "after '-' comes what is left out");
			}
			return new Term.Not(begin, term());
		}
		if (text.charAt(at) == '"') {
			return new Term.Word(begin, quoted());
		}
		String key = until(":<>=@");
		char next = at < text.length() ? text.charAt(at) : ' ';
		if (next == ':') {
			return label(begin, key);
		}
		if (next == '<' || next == '>' || next == '=') {
			return compare(begin, key);
		}
		return new Term.Word(begin, key);
	}

	private Term label(int begin, String key) throws QueryException {
		if (key.isEmpty()) {
			throw new QueryException(begin, "before ':' comes a property, such as kind");
		}
		List<Pattern> values = new ArrayList<>();
		do {
			at++;
			int value = at;
			String one = at < text.length() && text.charAt(at) == '"' ? quoted() : until(",");
			if (one.isEmpty()) {
				throw new QueryException(value, "a value is missing after '" + text.charAt(value - 1) + "'");
			}
			values.add(Term.pattern(one));
		} while (at < text.length() && text.charAt(at) == ',');
		return new Term.Label(begin, key.toLowerCase(Locale.ROOT), values);
	}

	private Term compare(int begin, String key) throws QueryException {
		if (key.isEmpty()) {
			throw new QueryException(begin, "before '" + text.charAt(at) + "' comes a metric, such as cpu");
		}
		Term.Test test = null;
		for (Term.Test one : Term.Test.values()) {
			if (test == null && text.startsWith(one.symbol, at)) {
				test = one;
			}
		}
		at += test.symbol.length();
		int number = at;
		Matcher matcher = NUMBER.matcher(text).region(at, text.length());
		if (!matcher.lookingAt()) {
			throw new QueryException(number, "a number is missing after '" + test.symbol + "'");
		}
		double limit = Double.parseDouble(matcher.group());
		at = matcher.end();
		int symbol = at;
		String unit = until("@");
		Optional<Unit> known = unit.isEmpty() ? Optional.empty() : Unit.parse(unit);
		if (!unit.isEmpty() && known.isEmpty()) {
			throw new QueryException(symbol, "'" + unit + "' is no unit; %, ms, s, MB, MB/s and req/s are some");
		}
		Optional<Duration> own = at < text.length() && text.charAt(at) == '@' ? Optional.of(time()) : Optional.empty();
		Matcher level = LEVEL.matcher(key);
		boolean quantile = level.matches();
		if (quantile && Integer.parseInt(level.group(2)) == 0) {
			throw new QueryException(begin + level.start(2), "a quantile is p1 to p99");
		}
		return new Term.Compare(begin, quantile ? level.group(1) : key, quantile ? Optional.of(Integer.parseInt(level.group(2)) / 100.) : Optional.empty(), test, limit, known, own);
	}

	private Duration time() throws QueryException {
		int begin = at++;
		String span = until("");
		if (span.equalsIgnoreCase("now")) {
			return Duration.ZERO;
		}
		Matcher matcher = SPAN.matcher(span);
		if (!matcher.matches()) {
			throw new QueryException(begin, "a time is @now or like @+30m, @+2h, @+1d");
		}
		long number = Long.parseLong(matcher.group(1));
		Duration found = switch (matcher.group(2)) {
		case "h" -> Duration.ofHours(number);
		case "d" -> Duration.ofDays(number);
		default -> Duration.ofMinutes(number);
		};
		if (found.compareTo(FARTHEST) > 0) {
			throw new QueryException(begin, "a time is at most " + FARTHEST.toDays() + " days ahead");
		}
		return found;
	}

	private String until(String ends) {
		int begin = at;
		while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && ends.indexOf(text.charAt(at)) < 0) {
			at++;
		}
		return text.substring(begin, at);
	}

	private String quoted() throws QueryException {
		int begin = at;
		int end = text.indexOf('"', begin + 1);
		if (end < 0) {
			throw new QueryException(begin, "the quotation mark is not closed");
		}
		at = end + 1;
		return text.substring(begin + 1, end);
	}
}
