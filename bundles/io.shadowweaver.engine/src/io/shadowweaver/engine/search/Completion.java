// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.state.WeaverState;

/**
 * A way to go on with a query.
 *
 * @param text  the whole query then
 * @param caret where the caret is then
 * @param label what it is, for a list
 */
public record Completion(String text, int caret, String label) {
	/** More are no help. */
	public static final int MOST = 20;

	/**
	 * How the term at the caret can go on: properties, labels, metrics, times; behind a colon the values that there are.
	 *
	 * @param caret 0 to the length of the text
	 */
	public static List<Completion> of(String text, int caret, WeaverState state) {
		int begin = caret;
		while (begin > 0 && !Character.isWhitespace(text.charAt(begin - 1))) {
			begin--;
		}
		int start = begin < caret && text.charAt(begin) == '-' ? begin + 1 : begin;
		String part = text.substring(start, caret);
		int colon = part.indexOf(':');
		Stream<String> ways = part.startsWith("@") ? Stream.of("@now", "@+30m", "@+1h", "@+2h", "@+6h", "@+1d", "@+7d")
				: colon > 0 ? values(part.substring(0, colon), part.substring(0, part.lastIndexOf(part.indexOf(',') < 0 ? ':' : ',') + 1), state) : keys(state);
		int from = start;
		return ways.filter(way -> way.toLowerCase(Locale.ROOT).startsWith(part.toLowerCase(Locale.ROOT)) && !way.equalsIgnoreCase(part)).limit(MOST)
				.map(way -> new Completion(text.substring(0, from) + way + text.substring(caret), from + way.length(), way)).toList();
	}

	private static Stream<String> values(String key, String before, WeaverState state) {
		TreeSet<String> values = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		String wanted = key.toLowerCase(Locale.ROOT);
		if (wanted.equals("alert")) {
			values.addAll(List.of("critical", "warning", "covered", "none"));
		} else {
			state.topology().resources().values().forEach(resource -> values.addAll(Query.values(wanted, resource, state, Map.of())));
		}
		return values.stream().filter(value -> !value.isEmpty()).map(value -> before + (value.chars().anyMatch(c -> Character.isWhitespace(c) || c == ',') ? '"' + value + '"' : value));
	}

	private static Stream<String> keys(WeaverState state) {
		List<String> keys = new ArrayList<>();
		Query.labels(state).forEach(label -> keys.add(label + ":"));
		state.metrics().values().stream().sorted((one, other) -> one.id().compareTo(other.id())).map(Completion::example).forEach(keys::add);
		keys.add("@+1h");
		return keys.stream();
	}

	private static String example(Metric metric) {
		return metric.id() + (metric.unit().dimension() == Unit.Dimension.RATIO ? ">80%" : ">");
	}
}
