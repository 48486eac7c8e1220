// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.shadowweaver.server.promql.Lexer.Kind;
import io.shadowweaver.server.promql.Lexer.Token;

/** Reads the subset of PromQL: selectors with offset and range, functions over time, aggregations, arithmetic and comparisons. */
final class Parser {
	/** Functions of a range. */
	static final Set<String> OVER_TIME = Set.of("rate", "increase", "delta", "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "last_over_time");
	/** Functions of values. */
	static final Set<String> PLAIN = Set.of("abs", "ceil", "floor", "sqrt", "exp", "ln");
	/** Aggregations. */
	static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "min", "max", "count");
	private static final List<Set<String>> PRECEDENCE = List.of(Set.of("==", "!=", ">", "<", ">=", "<="), Set.of("+", "-"), Set.of("*", "/", "%"));
	private static final Set<String> KNOWN_ELSEWHERE = Set.of("bool", "on", "ignoring", "and", "or", "unless", "group_left", "group_right", "atan2");
	private static final int DEEPEST = 50;

	private final List<Token> tokens;
	private int at;
	private int depth;

	private Parser(String query) {
		tokens = Lexer.tokens(query);
	}

	/** Parses a query. */
	static Expr parse(String query) {
		Parser parser = new Parser(query);
		Expr expr = parser.binary(0);
		Token rest = parser.peek();
		if (KNOWN_ELSEWHERE.contains(rest.text())) {
			throw PromException.cannot("'" + rest.text() + "' is not done here");
		}
		if (rest.kind() != Kind.END) {
			throw parser.unexpected();
		}
		return expr;
	}

	private Expr binary(int level) {
		if (++depth > DEEPEST) {
			throw PromException.bad("the query is nested too deeply");
		}
		if (level == PRECEDENCE.size()) {
			Expr unary = unary();
			depth--;
			return unary;
		}
		Expr left = binary(level + 1);
		while (peek().kind() == Kind.OPERATOR && PRECEDENCE.get(level).contains(peek().text())) {
			String operator = next().text();
			if (KNOWN_ELSEWHERE.contains(peek().text())) {
				throw PromException.cannot("'" + peek().text() + "' is not done here");
			}
			left = new Expr.Binary(operator, left, binary(level + 1));
		}
		depth--;
		return left;
	}

	private Expr unary() {
		if (accept("-")) {
			return new Expr.Binary("*", new Expr.Number(-1), unaryOperand());
		}
		accept("+");
		return unaryOperand();
	}

	private Expr unaryOperand() {
		if (++depth > DEEPEST) {
			throw PromException.bad("the query is nested too deeply");
		}
		Expr base = primary();
		// to the right first: 2^3^2 is 2^9
		Expr result = accept("^") ? new Expr.Binary("^", base, unary()) : base;
		depth--;
		return result;
	}

	private Expr primary() {
		Token token = next();
		if (token.kind() == Kind.NUMBER) {
			return new Expr.Number(token.text().startsWith("0x") || token.text().startsWith("0X") ? Long.parseUnsignedLong(token.text().substring(2), 16) : Double.parseDouble(token.text()));
		}
		if (token.text().equals("(") && token.kind() == Kind.OPERATOR) {
			Expr inner = binary(0);
			expect(")");
			return inner;
		}
		if (token.text().equals("{") && token.kind() == Kind.OPERATOR) {
			return selector(new ArrayList<>());
		}
		if (token.kind() != Kind.NAME) {
			at--;
			throw unexpected();
		}
		String name = token.text();
		if (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("nan")) {
			return new Expr.Number(name.equalsIgnoreCase("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
		}
		if (AGGREGATIONS.contains(name) && (is("(") || is("by") || is("without"))) {
			return aggregate(name);
		}
		if (is("(")) {
			return call(name);
		}
		List<Matcher> matchers = new ArrayList<>();
		matchers.add(new Matcher("__name__", "=", name));
		if (accept("{")) {
			return selector(matchers);
		}
		return modifiers(matchers);
	}

	private Expr call(String name) {
		if (!OVER_TIME.contains(name) && !PLAIN.contains(name)) {
			throw PromException.cannot("'" + name + "' is not done here; what is: " + String.join(", ", new java.util.TreeSet<>(OVER_TIME)) + ", " + String.join(", ", new java.util.TreeSet<>(PLAIN)) + ", "
					+ String.join(", ", new java.util.TreeSet<>(AGGREGATIONS)));
		}
		expect("(");
		Expr argument = binary(0);
		expect(")");
		boolean range = argument instanceof Expr.Selector selector && !selector.range().isZero();
		if (range != OVER_TIME.contains(name)) {
			throw PromException.bad(range ? name + " takes values of one moment, not a range" : name + " takes a range, such as x[5m]");
		}
		return new Expr.Call(name, argument);
	}

	private Expr aggregate(String name) {
		List<String> labels = List.of();
		boolean without = is("without");
		boolean grouped = is("by") || is("without");
		if (grouped) {
			next();
			labels = labels();
		}
		expect("(");
		Expr argument = binary(0);
		expect(")");
		if (!grouped && (is("by") || is("without"))) {
			without = next().text().equals("without");
			labels = labels();
		}
		if (argument instanceof Expr.Selector selector && !selector.range().isZero()) {
			throw PromException.bad(name + " takes values of one moment, not a range");
		}
		return new Expr.Aggregate(name, argument, labels, without);
	}

	private List<String> labels() {
		List<String> labels = new ArrayList<>();
		expect("(");
		while (!accept(")")) {
			Token label = next();
			if (label.kind() != Kind.NAME) {
				at--;
				throw unexpected();
			}
			labels.add(label.text());
			if (!is(")")) {
				expect(",");
			}
		}
		return labels;
	}

	/** Behind the opening brace. */
	private Expr selector(List<Matcher> matchers) {
		while (!accept("}")) {
			Token label = next();
			if (label.kind() == Kind.STRING && (is(",") || is("}"))) {
				matchers.add(new Matcher("__name__", "=", label.text()));
			} else {
				Token operator = next();
				Token value = next();
				if (label.kind() != Kind.NAME && label.kind() != Kind.STRING || !Set.of("=", "!=", "=~", "!~").contains(operator.text()) || value.kind() != Kind.STRING) {
					throw PromException.bad("at character " + (label.position() + 1) + ": a condition such as label=\"value\" is expected");
				}
				matchers.add(new Matcher(label.text(), operator.text(), value.text()));
			}
			if (!is("}")) {
				expect(",");
			}
		}
		if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
			throw PromException.bad("a selector must hold a name or a condition that an empty text does not fulfil");
		}
		return modifiers(matchers);
	}

	private Expr modifiers(List<Matcher> matchers) {
		Duration range = Duration.ZERO;
		Duration offset = Duration.ZERO;
		if (accept("[")) {
			range = duration();
			if (is(":") || !is("]")) {
				throw PromException.cannot("subqueries are not done here");
			}
			expect("]");
			if (range.isZero()) {
				throw PromException.bad("a range must be over zero");
			}
		}
		if (accept("offset")) {
			boolean later = accept("-");
			offset = later ? duration().negated() : duration();
		}
		if (is("@")) {
			throw PromException.cannot("'@' is not done here");
		}
		return new Expr.Selector(List.copyOf(matchers), range, offset);
	}

	private Duration duration() {
		Token token = next();
		if (token.kind() != Kind.DURATION) {
			at--;
			throw unexpected();
		}
		return Lexer.duration(token.text());
	}

	private Token peek() {
		return tokens.get(at);
	}

	private Token next() {
		Token token = tokens.get(at);
		if (token.kind() == Kind.END) {
			throw unexpected();
		}
		at++;
		return token;
	}

	private boolean is(String text) {
		return peek().text().equals(text) && peek().kind() != Kind.STRING;
	}

	private boolean accept(String text) {
		boolean there = is(text);
		if (there) {
			at++;
		}
		return there;
	}

	private void expect(String text) {
		if (!accept(text)) {
			throw unexpected();
		}
	}

	private PromException unexpected() {
		return PromException.bad("at character " + (peek().position() + 1) + ": " + peek().text() + " is not expected");
	}
}
