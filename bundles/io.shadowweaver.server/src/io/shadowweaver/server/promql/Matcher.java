// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A condition on a label. An absent label is an empty one; patterns match the whole value, as in Prometheus. */
final class Matcher {
	/** More characters than these are not looked at for one value: a pattern can be made to take for ever. */
	private static final int BUDGET = 100_000;
	private static final int LONGEST = 1000;

	private final String label;
	private final String operator;
	private final String value;
	private final Pattern pattern;

	/**
	 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
	 */
	Matcher(String label, String operator, String value) {
		this.label = label;
		this.operator = operator;
		this.value = value;
		try {
			if (value.length() > LONGEST) {
				throw PromException.bad("a value of label " + label + " is longer than " + LONGEST);
			}
			pattern = operator.endsWith("~") ? Pattern.compile(value) : null;
		} catch (PatternSyntaxException e) {
			throw PromException.bad("the pattern of label " + label + " is wrong: " + e.getDescription());
		}
	}

	String label() {
		return label;
	}

	/** Whether it takes longer than to compare two texts. */
	boolean isPattern() {
		return pattern != null;
	}

	/** Whether it holds. */
	boolean matches(String text) {
		boolean same = pattern == null ? text.equals(value) : pattern.matcher(new Budgeted(text, 0, text.length(), new int[1])).matches();
		return operator.startsWith("=") == same;
	}

	/** A text that ends the search of a pattern that looks at it too often. */
	private record Budgeted(String text, int from, int to, int[] looked) implements CharSequence {
		@Override
		public int length() {
			return to - from;
		}

		@Override
		public char charAt(int index) {
			if (++looked[0] > BUDGET) {
				throw PromException.cannot("a pattern takes too long");
			}
			return text.charAt(from + index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return new Budgeted(text, from + start, from + end, looked);
		}

		@Override
		public String toString() {
			return text.substring(from, to);
		}
	}
}
