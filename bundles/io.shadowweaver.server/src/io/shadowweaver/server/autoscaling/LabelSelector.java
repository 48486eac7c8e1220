// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector of labels as Kubernetes writes it, such as {@code group=web,horizon in (10m)}; all of its parts must hold.
 *
 * @param parts what must hold
 */
record LabelSelector(List<Part> parts) {
	private static final Pattern PART = Pattern.compile("\\s*(?:(?<absent>!)\\s*(?<without>[^\\s=!(),]+)|(?<key>[^\\s=!(),]+)\\s*(?:(?<operator>==|=|!=)\\s*(?<value>[^\\s=!(),]*)"
			+ "|\\s(?<set>in|notin)\\s*\\((?<values>[^()]*)\\))?)\\s*(?:,|$)");

	/**
	 * A part of one.
	 *
	 * @param key    the label
	 * @param values those it may have; empty for any
	 * @param is     whether it must, or must not
	 */
	record Part(String key, Set<String> values, boolean is) {
		boolean matches(String value) {
			return is == (value != null && (values.isEmpty() || values.contains(value)));
		}
	}

	/**
	 * Reads one.
	 *
	 * @param text {@code null} and blank for one that everything fits
	 * @throws DemandException when it is none
	 */
	static LabelSelector of(String text) throws DemandException {
		List<Part> parts = new ArrayList<>();
		if (text != null && !text.isBlank()) {
			Matcher matcher = PART.matcher(text);
			int end = 0;
			while (end < text.length()) {
				if (!matcher.find() || matcher.start() != end) {
					throw new DemandException(DemandException.Kind.INVALID, "'" + text + "' is no selector of labels such as 'group=web,horizon=10m'.");
				}
				parts.add(part(matcher));
				end = matcher.end();
			}
		}
		return new LabelSelector(List.copyOf(parts));
	}

	private static Part part(Matcher matcher) {
		if (matcher.group("absent") != null) {
			return new Part(matcher.group("without"), Set.of(), false);
		}
		if (matcher.group("operator") != null) {
			return new Part(matcher.group("key"), Set.of(matcher.group("value")), !matcher.group("operator").equals("!="));
		}
		if (matcher.group("set") != null) {
			Set<String> values = new TreeSet<>(List.of(matcher.group("values").strip().split("\\s*,\\s*", -1)));
			return new Part(matcher.group("key"), values, matcher.group("set").equals("in"));
		}
		return new Part(matcher.group("key"), Set.of(), true);
	}

	/** Whether labels fit those parts that are about one of the keys. */
	boolean matches(Map<String, String> labels, Set<String> keys) {
		return parts.stream().filter(part -> keys.contains(part.key())).allMatch(part -> part.matches(labels.get(part.key())));
	}

	/**
	 * The one value that it gives each other key.
	 *
	 * @param but  keys that are left out
	 * @param may  keys that there may be besides
	 * @throws DemandException when a key is another one, or has not just one value
	 */
	Map<String, String> values(Set<String> but, Set<String> may) throws DemandException {
		Map<String, String> values = new TreeMap<>();
		for (Part part : parts) {
			if (but.contains(part.key())) {
				continue;
			}
			if (!may.contains(part.key())) {
				throw new DemandException(DemandException.Kind.INVALID, "The label '" + part.key() + "' is not known; " + String.join(", ", new TreeSet<>(but)) + ", "
						+ String.join(", ", new TreeSet<>(may)) + " are.");
			}
			if (!part.is() || part.values().size() != 1 || values.put(part.key(), part.values().iterator().next()) != null) {
				throw new DemandException(DemandException.Kind.INVALID, "The label '" + part.key() + "' must be given one value.");
			}
		}
		return values;
	}
}
