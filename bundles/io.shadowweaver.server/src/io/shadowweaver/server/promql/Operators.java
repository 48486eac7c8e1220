// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.Set;

/** What stands between two values. */
final class Operators {
	private static final Set<String> COMPARISONS = Set.of("==", "!=", ">", "<", ">=", "<=");

	private Operators() {
	}

	static boolean compares(String operator) {
		return COMPARISONS.contains(operator);
	}

	/** The result; of a comparison 1 or 0. */
	static double apply(String operator, double a, double b) {
		return switch (operator) {
		case "+" -> a + b;
		case "-" -> a - b;
		case "*" -> a * b;
		case "/" -> a / b;
		case "%" -> a % b;
		case "^" -> Math.pow(a, b);
		case "==" -> a == b ? 1 : 0;
		case "!=" -> a != b ? 1 : 0;
		case ">" -> a > b ? 1 : 0;
		case "<" -> a < b ? 1 : 0;
		case ">=" -> a >= b ? 1 : 0;
		case "<=" -> a <= b ? 1 : 0;
		default -> throw new IllegalArgumentException(operator);
		};
	}
}
