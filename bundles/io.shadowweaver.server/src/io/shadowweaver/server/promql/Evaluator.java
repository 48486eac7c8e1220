// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Answers a query at times that are evenly apart, all at once. Not thread-safe. */
final class Evaluator {
	private static final long LOOKBACK_MILLIS = 300_000;
	private static final int MOST_VALUES = 10_000_000;
	/** So many series are read together, and by one thread. */
	private static final int PART = 256;
	private static final String NAME = "__name__";

	/**
	 * A series of an answer.
	 *
	 * @param values one a time; {@code null} in {@code is} where there is none
	 * @param is     whether there is a value
	 */
	record Row(SortedMap<String, String> labels, double[] values, boolean[] is) {
	}

	/** What an expression is: a number, or series. */
	record Result(double[] scalar, List<Row> rows) {
		boolean isScalar() {
			return scalar != null;
		}
	}

	private final EstateSeries series;
	private final long[] times;

	Evaluator(EstateSeries series, long[] times) {
		this.series = series;
		this.times = times;
	}

	Result evaluate(Expr expr) {
		return switch (expr) {
		case Expr.Number number -> {
			double[] scalar = new double[times.length];
			Arrays.fill(scalar, number.value());
			yield new Result(scalar, null);
		}
		case Expr.Selector selector -> {
			if (!selector.range().isZero()) {
				throw PromException.bad("a range stands in a function, such as rate(x[5m])");
			}
			yield new Result(null, over(selector, Math.max(LOOKBACK_MILLIS, 2 * series.step().toMillis()), Window.LAST_OVER_TIME));
		}
		case Expr.Call call -> call(call);
		case Expr.Aggregate aggregate -> aggregate(aggregate);
		case Expr.Binary binary -> binary(binary.operator(), evaluate(binary.left()), evaluate(binary.right()));
		};
	}

	private Result call(Expr.Call call) {
		if (call.argument() instanceof Expr.Selector selector && Parser.OVER_TIME.contains(call.function())) {
			return new Result(null, over(selector, selector.range().toMillis(), Window.of(call.function())));
		}
		Result argument = evaluate(call.argument());
		if (argument.isScalar()) {
			throw PromException.bad(call.function() + " takes series, not a number");
		}
		return new Result(null, argument.rows().stream().map(row -> {
			double[] values = Arrays.stream(row.values()).map(value -> switch (call.function()) {
			case "abs" -> Math.abs(value);
			case "ceil" -> Math.ceil(value);
			case "floor" -> Math.floor(value);
			case "sqrt" -> Math.sqrt(value);
			case "exp" -> Math.exp(value);
			default -> Math.log(value);
			}).toArray();
			return new Row(nameless(row.labels()), values, row.is());
		}).toList());
	}

	private List<Row> over(Expr.Selector selector, long range, Window function) {
		List<EstateSeries.Key> keys = series.find(selector.matchers());
		if ((long) keys.size() * times.length > MOST_VALUES) {
			throw PromException.cannot("the query has " + keys.size() + " series of " + times.length + " values: at most " + MOST_VALUES + " values are sent at once");
		}
		long offset = selector.offset().toMillis();
		long[] ends = Arrays.stream(times).map(time -> time - offset).toArray();
		long from = ends[0] - range;
		long to = ends[ends.length - 1];
		series.check(from, to);
		Row[] rows = new Row[keys.size()];
		IntStream parts = IntStream.range(0, (keys.size() + PART - 1) / PART);
		parts.parallel().forEach(part -> {
			List<EstateSeries.Key> some = keys.subList(part * PART, Math.min(keys.size(), (part + 1) * PART));
			List<Samples> samples = series.read(some, from, to);
			for (int i = 0; i < some.size(); i++) {
				rows[part * PART + i] = row(some.get(i), samples.get(i), ends, range, function);
			}
		});
		return Arrays.stream(rows).filter(Objects::nonNull).toList();
	}

	/** {@code null} where there is no value at any time. */
	private static Row row(EstateSeries.Key key, Samples samples, long[] ends, long range, Window function) {
		double[] values = new double[ends.length];
		boolean[] is = new boolean[ends.length];
		// only what is a value of the series itself keeps its name
		return function.slide(samples, ends, range, values, is) ? new Row(function == Window.LAST_OVER_TIME ? key.labels() : nameless(key.labels()), values, is) : null;
	}

	private static SortedMap<String, String> nameless(SortedMap<String, String> labels) {
		SortedMap<String, String> rest = new TreeMap<>(labels);
		rest.remove(NAME);
		return rest;
	}

	private Result aggregate(Expr.Aggregate aggregate) {
		Result argument = evaluate(aggregate.argument());
		if (argument.isScalar()) {
			throw PromException.bad(aggregate.operator() + " takes series, not a number");
		}
		DoubleBinaryOperator combined = switch (aggregate.operator()) {
		case "min" -> (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
		case "max" -> (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
		default -> Double::sum;
		};
		Map<SortedMap<String, String>, Group> groups = new LinkedHashMap<>();
		for (Row row : argument.rows()) {
			SortedMap<String, String> labels;
			if (aggregate.without()) {
				labels = nameless(row.labels());
				labels.keySet().removeAll(aggregate.labels());
			} else {
				labels = new TreeMap<>();
				for (String label : aggregate.labels()) {
					String value = row.labels().get(label);
					if (value != null) {
						labels.put(label, value);
					}
				}
			}
			groups.computeIfAbsent(labels, key -> new Group(key, new double[times.length], new int[times.length])).add(row, combined);
		}
		return new Result(null, groups.values().stream().map(group -> group.row(aggregate.operator())).toList());
	}

	/** What is aggregated to one series, and how many values are at each time. */
	private record Group(SortedMap<String, String> labels, double[] values, int[] counts) {
		void add(Row row, DoubleBinaryOperator combined) {
			for (int i = 0; i < values.length; i++) {
				if (row.is()[i]) {
					values[i] = counts[i]++ == 0 ? row.values()[i] : combined.applyAsDouble(values[i], row.values()[i]);
				}
			}
		}

		Row row(String operator) {
			boolean[] is = new boolean[counts.length];
			for (int i = 0; i < is.length; i++) {
				is[i] = counts[i] > 0;
				if (operator.equals("count")) {
					values[i] = counts[i];
				} else if (operator.equals("avg") && is[i]) {
					values[i] /= counts[i];
				}
			}
			return new Row(labels, values, is);
		}
	}

	private Result binary(String operator, Result left, Result right) {
		boolean compares = Operators.compares(operator);
		if (left.isScalar() && right.isScalar()) {
			if (compares) {
				throw PromException.bad("two numbers are compared with 'bool' alone, which is not done here");
			}
			double[] values = new double[times.length];
			Arrays.setAll(values, i -> Operators.apply(operator, left.scalar()[i], right.scalar()[i]));
			return new Result(values, null);
		}
		List<Row> rows = new ArrayList<>();
		if (left.isScalar() || right.isScalar()) {
			for (Row row : left.isScalar() ? right.rows() : left.rows()) {
				rows.add(combine(operator, row, left.isScalar() ? left.scalar() : row.values(), right.isScalar() ? right.scalar() : row.values(), row.is(), row.values()));
			}
			return new Result(null, rows);
		}
		Map<SortedMap<String, String>, Row> others = new LinkedHashMap<>();
		for (Row row : right.rows()) {
			if (others.put(nameless(row.labels()), row) != null) {
				throw PromException.cannot("two series of the right side have the labels " + nameless(row.labels()));
			}
		}
		Map<SortedMap<String, String>, Row> seen = new LinkedHashMap<>();
		for (Row row : left.rows()) {
			Row other = others.get(nameless(row.labels()));
			if (other != null && seen.put(nameless(row.labels()), row) != null) {
				throw PromException.cannot("two series of the left side have the labels " + nameless(row.labels()));
			}
			if (other != null) {
				boolean[] is = new boolean[times.length];
				for (int i = 0; i < is.length; i++) {
					is[i] = row.is()[i] && other.is()[i];
				}
				rows.add(combine(operator, row, row.values(), other.values(), is, row.values()));
			}
		}
		return new Result(null, rows);
	}

	/** A comparison keeps what fulfils it, arithmetic makes new values without a name. */
	private Row combine(String operator, Row row, double[] left, double[] right, boolean[] there, double[] kept) {
		double[] values = new double[times.length];
		boolean[] is = there.clone();
		boolean compares = Operators.compares(operator);
		for (int i = 0; i < times.length; i++) {
			double value = Operators.apply(operator, left[i], right[i]);
			values[i] = compares ? kept[i] : value;
			is[i] &= !compares || value != 0;
		}
		return new Row(compares ? row.labels() : nameless(row.labels()), values, is);
	}
}
