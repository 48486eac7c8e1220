// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers a query at times that are evenly apart, all at once. Not thread-safe. */
final class Evaluator {
	private static final long LOOKBACK_MILLIS = 300_000;
	private static final int MOST_VALUES = 10_000_000;
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
			yield new Result(null, over(selector, Math.max(LOOKBACK_MILLIS, 2 * series.step().toMillis()), "last_over_time", true));
		}
		case Expr.Call call -> call(call);
		case Expr.Aggregate aggregate -> aggregate(aggregate);
		case Expr.Binary binary -> binary(binary.operator(), evaluate(binary.left()), evaluate(binary.right()));
		};
	}

	private Result call(Expr.Call call) {
		if (call.argument() instanceof Expr.Selector selector && Parser.OVER_TIME.contains(call.function())) {
			return new Result(null, over(selector, selector.range().toMillis(), call.function(), call.function().equals("last_over_time")));
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

	private List<Row> over(Expr.Selector selector, long range, String function, boolean named) {
		List<EstateSeries.Key> keys = series.find(selector.matchers());
		if ((long) keys.size() * times.length > MOST_VALUES) {
			throw PromException.cannot("the query has " + keys.size() + " series of " + times.length + " values: at most " + MOST_VALUES + " values are sent at once");
		}
		long offset = selector.offset().toMillis();
		List<Row> rows = new ArrayList<>();
		for (EstateSeries.Key key : keys) {
			Samples samples = series.read(key, times[0] - offset - range, times[times.length - 1] - offset);
			double[] values = new double[times.length];
			boolean[] is = new boolean[times.length];
			boolean any = false;
			for (int i = 0; i < times.length; i++) {
				long end = times[i] - offset;
				int to = samples.upTo(end);
				int from = samples.upTo(end - range);
				values[i] = Window.apply(function, samples, from, to, end - range, end);
				is[i] = to - from >= Window.least(function);
				any |= is[i];
			}
			if (any) {
				rows.add(new Row(named ? key.labels() : nameless(key.labels()), values, is));
			}
		}
		return rows;
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
		Map<SortedMap<String, String>, Row> groups = new LinkedHashMap<>();
		Map<SortedMap<String, String>, int[]> counts = new LinkedHashMap<>();
		for (Row row : argument.rows()) {
			SortedMap<String, String> labels = new TreeMap<>(row.labels());
			if (aggregate.without()) {
				labels.remove(NAME);
				labels.keySet().removeAll(aggregate.labels());
			} else {
				labels.keySet().retainAll(aggregate.labels());
			}
			Row group = groups.computeIfAbsent(labels, key -> new Row(key, new double[times.length], new boolean[times.length]));
			int[] count = counts.computeIfAbsent(labels, key -> new int[times.length]);
			for (int i = 0; i < times.length; i++) {
				if (row.is()[i]) {
					double value = row.values()[i];
					double before = group.values()[i];
					boolean first = count[i]++ == 0;
					group.is()[i] = true;
					group.values()[i] = first ? value : switch (aggregate.operator()) {
					case "min" -> Double.isNaN(before) ? value : Double.isNaN(value) ? before : Math.min(before, value);
					case "max" -> Double.isNaN(before) ? value : Double.isNaN(value) ? before : Math.max(before, value);
					default -> before + value;
					};
				}
			}
		}
		groups.forEach((labels, group) -> {
			for (int i = 0; i < times.length; i++) {
				int count = counts.get(labels)[i];
				if (aggregate.operator().equals("count")) {
					group.values()[i] = count;
				} else if (aggregate.operator().equals("avg") && count > 0) {
					group.values()[i] /= count;
				}
			}
		});
		return new Result(null, List.copyOf(groups.values()));
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
