// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.ui.core.Formats;

/**
 * The parts of a forecast. Immutable.
 *
 * @param estate the id of the estate
 * @param series the series
 * @param issued when it was asked for
 * @param leads  ascending
 * @param parts  their sum is the median, each name once; empty where no model can tell, or nothing was read yet
 * @param read   whether it was read
 */
record Because(String estate, SeriesId series, Instant issued, List<Duration> leads, List<Part> parts, boolean read) {
	/** Nothing read. */
	static final Because NOTHING = new Because("", new SeriesId("none", "none"), Instant.EPOCH, List.of(), List.of(), false);
	private static final int NAMED = 4;

	/** Adds up parts of one kind and name, which several members of a combination may have. */
	Because {
		Map<String, Part> merged = new LinkedHashMap<>();
		for (Part part : parts) {
			merged.merge(part.kind() + " " + part.name(), part, Because::sum);
		}
		leads = List.copyOf(leads);
		parts = List.copyOf(merged.values());
	}

	private static Part sum(Part one, Part other) {
		double[] values = one.values().clone();
		for (int lead = 0; lead < values.length; lead++) {
			values[lead] += other.values()[lead];
		}
		return new Part(one.kind(), one.name(), values);
	}

	/** A part at one time. */
	record Share(String name, Part.Kind kind, double value) {
	}

	/** The parts at a time, linear between leads: the trend first, then the largest, and the rest last. */
	List<Share> at(Instant time) {
		List<Share> shares = new ArrayList<>();
		for (Part part : parts) {
			shares.add(new Share(part.name(), part.kind(), value(part, time)));
		}
		shares.sort(Comparator.comparing((Share share) -> share.kind != Part.Kind.TREND).thenComparing(share -> share.kind == Part.Kind.REST).thenComparing(share -> -Math.abs(share.value)));
		return shares;
	}

	private double value(Part part, Instant time) {
		Duration lead = Duration.between(issued, time);
		int right = 0;
		while (right < leads.size() - 1 && leads.get(right).compareTo(lead) < 0) {
			right++;
		}
		if (right == 0 || leads.get(right).compareTo(lead) <= 0) {
			return part.values()[right];
		}
		double from = leads.get(right - 1).toMillis();
		double share = (lead.toMillis() - from) / (leads.get(right).toMillis() - from);
		return part.values()[right - 1] * (1 - share) + part.values()[right] * share;
	}

	/** The sum of all parts at a time. */
	double sum(Instant time) {
		return at(time).stream().mapToDouble(Share::value).sum();
	}

	/** {@code 63 % at 14:05 (in 1 h), because: level and trend 41 %, daily +18 %, launch +6 %, the rest −2 %}. */
	String sentence(Instant time, Instant now, Unit unit) {
		List<String> words = new ArrayList<>();
		double trend = 0;
		double rest = 0;
		for (Share share : at(time)) {
			if (share.kind == Part.Kind.TREND) {
				trend += share.value;
			} else if (share.kind == Part.Kind.REST || words.size() >= NAMED) {
				rest += share.value;
			} else {
				words.add(share.name + " " + signed(unit, share.value));
			}
		}
		if (trend != 0) {
			words.addFirst("level and trend " + Formats.inUnit(unit, trend));
		}
		if (rest != 0) {
			words.add("the rest " + signed(unit, rest));
		}
		return Formats.inUnit(unit, sum(time)) + " at " + Formats.timeAndDistance(time, now) + ", because: " + String.join(", ", words);
	}

	/** A value with its sign. */
	static String signed(Unit unit, double value) {
		return (value > 0 ? "+" : value < 0 ? "−" : "±") + Formats.inUnit(unit, Math.abs(value));
	}
}
