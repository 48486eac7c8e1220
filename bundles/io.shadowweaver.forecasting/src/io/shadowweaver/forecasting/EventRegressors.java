// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.model.Regressor;

/**
 * Turns events into regressors. A kind has one that all its events share, {@code event:launch}, and where a kind has events of
 * several texts, each text that was seen has one more, {@code event:launch:summer-sale}: what is common to launches is
 * learnt from all of them, what is special to one from its own past. A coming event of a text never seen has the common part.
 * <p>
 * A regressor is the share of each step that the event covers. A moment covers the step behind it. Behind a launch the
 * regressor does not end at once: it halves in as long as the launch has lasted, in an hour behind a moment. Pure functions.
 */
public final class EventRegressors {
	/** What a training is given at most; those that cover most steps come first. */
	public static final int MOST = 16;
	private static final String PREFIX = "event:";
	/** Longer texts that begin alike are one: ids are written into saved states. */
	private static final int LONGEST = 100;
	/** Capacity changes how members share a load, not the load; a note explains nothing by itself. */
	private static final Set<Event.Kind> EXPLAINING = EnumSet.of(Event.Kind.DEPLOYMENT, Event.Kind.HOLIDAY, Event.Kind.LAUNCH,
			Event.Kind.INCIDENT);
	private static final double TAIL_OF_A_MOMENT = Duration.ofHours(1).toMillis();
	/** Where a tail has ended: after so many halvings less than a hundredth is left. */
	private static final int HALVINGS = 7;

	private EventRegressors() {
	}

	/**
	 * The regressors of a training.
	 *
	 * @param events what is known of the series at the end of the history
	 * @param start  the beginning of the first step
	 * @param step   the length of a step
	 * @param count  how many steps the history has
	 * @return those that are not 0 throughout the history, at most {@value #MOST}, in the order of their ids
	 */
	public static List<Regressor> of(List<Event> events, Instant start, Duration step, int count) {
		Map<Event.Kind, Set<String>> texts = new TreeMap<>();
		for (Event event : events) {
			if (EXPLAINING.contains(event.kind())) {
				texts.computeIfAbsent(event.kind(), kind -> new TreeSet<>()).add(slug(event.text()));
			}
		}
		List<String> ids = new ArrayList<>();
		texts.forEach((kind, slugs) -> {
			String common = PREFIX + name(kind);
			ids.add(common);
			if (slugs.size() > 1) {
				slugs.stream().filter(slug -> !slug.isEmpty()).map(slug -> common + ":" + slug).forEach(ids::add);
			}
		});
		List<Weighed> found = new ArrayList<>();
		for (String id : ids) {
			double[] values = values(id, events, start, step, count);
			double weight = 0;
			for (double value : values) {
				weight += value;
			}
			if (weight > 0) {
				found.add(new Weighed(new Regressor(id, Regressor.Kind.EVENT, values), weight));
			}
		}
		found.sort(Comparator.comparingDouble(Weighed::weight).reversed());
		return found.stream().limit(MOST).map(Weighed::regressor).sorted(Comparator.comparing(Regressor::id)).toList();
	}

	private record Weighed(Regressor regressor, double weight) {
	}

	/**
	 * The values of one regressor over any steps, those ahead included.
	 *
	 * @param id     as a training was given it; one of anything else but events is 0
	 * @param events what is known of the series
	 * @param start  the beginning of the first step
	 * @param step   the length of a step
	 * @param count  how many steps
	 * @return one a step, 0 to 1
	 */
	public static double[] values(String id, List<Event> events, Instant start, Duration step, int count) {
		double[] values = new double[count];
		double length = step.toMillis();
		for (Event event : events) {
			if (EXPLAINING.contains(event.kind()) && matches(id, event)) {
				double begin = (event.time().toEpochMilli() - start.toEpochMilli()) / length;
				double lasts = event.duration().isZero() ? 1 : event.duration().toMillis() / length;
				cover(values, begin, begin + lasts);
				if (event.kind() == Event.Kind.LAUNCH) {
					fade(values, begin + lasts, event.duration().isZero() ? TAIL_OF_A_MOMENT / length : lasts);
				}
			}
		}
		return values;
	}

	private static boolean matches(String id, Event event) {
		String common = PREFIX + name(event.kind());
		return id.equals(common) || id.equals(common + ":" + slug(event.text()));
	}

	/** Adds the share of each step that lies between two times in steps. */
	private static void cover(double[] values, double from, double to) {
		int last = (int) Math.min(values.length - 1., Math.floor(to));
		for (int i = (int) Math.max(0, Math.floor(from)); i <= last; i++) {
			add(values, i, Math.min(to, i + 1) - Math.max(from, i));
		}
	}

	/** Adds the mean in each step of what begins with 1 and halves again and again. */
	private static void fade(double[] values, double from, double half) {
		double to = from + HALVINGS * half;
		double rate = Math.log(2) / half;
		int last = (int) Math.min(values.length - 1., Math.floor(to));
		for (int i = (int) Math.max(0, Math.floor(from)); i <= last; i++) {
			double left = Math.max(from, i) - from;
			double right = Math.min(to, i + 1) - from;
			add(values, i, (Math.exp(-rate * left) - Math.exp(-rate * right)) / rate);
		}
	}

	/** Two events at once are no more than one. */
	private static void add(double[] values, int i, double share) {
		values[i] = Math.min(1, values[i] + Math.max(0, share));
	}

	private static String name(Event.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/** A text without what differs between its repetitions: numbers, cases and marks. */
	private static String slug(String text) {
		String words = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", "-");
		String slug = words.replaceAll("^-|-$", "");
		return slug.length() > LONGEST ? slug.substring(0, LONGEST) : slug;
	}
}
