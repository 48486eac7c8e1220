// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {
	private static final Pattern TOKEN = Pattern.compile("\\s*(?:#[^\\n]*\\n?\\s*)?(?:(?<duration>(?:\\d+(?:ms|[smhdwy]))+)(?![\\w.])|(?<number>0[xX][0-9a-fA-F]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)(?![\\w.])"
			+ "|(?<name>[a-zA-Z_:][\\w:]*)|(?<string>\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+')|(?<operator>=~|!~|==|!=|<=|>=|[-+*/%^(){}\\[\\],=<>@]))", Pattern.DOTALL);
	private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");

	/** What a token is. */
	enum Kind {
		DURATION, NUMBER, NAME, STRING, OPERATOR, END
	}

	/** A token; the text of a string is what stands between its quotes. */
	record Token(Kind kind, String text, int position) {
	}

	private Lexer() {
	}

	static List<Token> tokens(String query) {
		List<Token> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(query);
		int at = 0;
		while (!query.substring(at).isBlank()) {
			matcher.region(at, query.length());
			if (!matcher.lookingAt()) {
				throw PromException.bad("at character " + (at + 1) + ": cannot be read: '" + query.substring(at, Math.min(query.length(), at + 20)).strip() + "'");
			}
			tokens.add(token(matcher));
			at = matcher.end();
		}
		tokens.add(new Token(Kind.END, "the end", query.length()));
		return tokens;
	}

	private static Token token(Matcher matcher) {
		for (Kind kind : new Kind[] { Kind.DURATION, Kind.NUMBER, Kind.NAME, Kind.OPERATOR }) {
			String text = matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
			if (text != null) {
				return new Token(kind, text, matcher.start());
			}
		}
		String quoted = matcher.group("string");
		return new Token(Kind.STRING, unquote(quoted.substring(1, quoted.length() - 1)), matcher.start());
	}

	private static String unquote(String text) {
		try {
			return text.translateEscapes();
		} catch (IllegalArgumentException e) {
			throw PromException.bad("an unknown escape in '" + text + "'");
		}
	}

	/** A duration such as {@code 5m} or {@code 1h30m}. */
	static Duration duration(String text) {
		if (!text.matches("(?:\\d+(?:ms|[smhdwy]))+")) {
			throw PromException.bad("'" + text + "' is no duration such as 5m");
		}
		Matcher part = PART.matcher(text);
		Duration sum = Duration.ZERO;
		try {
			while (part.find()) {
				long count = Long.parseLong(part.group(1));
				sum = sum.plus(switch (part.group(2)) {
				case "ms" -> Duration.ofMillis(count);
				case "s" -> Duration.ofSeconds(count);
				case "m" -> Duration.ofMinutes(count);
				case "h" -> Duration.ofHours(count);
				case "d" -> Duration.ofDays(count);
				case "w" -> Duration.ofDays(Math.multiplyExact(7L, count));
				default -> Duration.ofDays(Math.multiplyExact(365L, count));
				});
			}
			sum.toMillis();
		} catch (ArithmeticException | NumberFormatException e) {
			throw PromException.bad("'" + text + "' is too long");
		}
		return sum;
	}
}
