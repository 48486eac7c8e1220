// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;

/** The marks of the time line. Pure functions. */
public final class Timeline {
	/** Marks closer than this are one. */
	public static final int CLUSTER_PIXELS = 12;

	private Timeline() {
	}

	/** What a mark stands for, in the order of weight. */
	public enum Kind {
		/** The last moment to act: the largest. */
		ACT_BY,
		/** A breach, with the bar from its .1 to its .9 quantile. */
		BREACH,
		/** Capacity is ready, with the whisker of its lead. */
		READY,
		/** A value or a forecast was unusual. */
		UNUSUAL,
		/** Something happened, or will. */
		EVENT
	}

	/**
	 * A mark.
	 *
	 * @param kind     what it stands for
	 * @param time     when
	 * @param from     where its bar or whisker begins; empty for none
	 * @param to       where it ends; empty for none
	 * @param hollow   whether it was withdrawn, has failed, or is an event that is only to come
	 * @param ticked   whether it is covered, or ready
	 * @param severity how bad; empty for what is neither
	 * @param subject  the id of a resource, or a group behind {@code group:}; empty for none
	 * @param text     one line
	 * @param event    which kind of event it is; empty for what is none
	 */
	public record Mark(Kind kind, Instant time, Optional<Instant> from, Optional<Instant> to, boolean hollow, boolean ticked,
			Optional<Severity> severity, String subject, String text, Optional<Event.Kind> event) {
		Mark(Kind kind, Instant time, Optional<Instant> from, Optional<Instant> to, boolean hollow, boolean ticked, Optional<Severity> severity,
				String subject, String text) {
			this(kind, time, from, to, hollow, ticked, severity, subject, text, Optional.empty());
		}
	}

	/**
	 * Marks that are drawn as one.
	 *
	 * @param place where, 0 to 1
	 * @param first the heaviest of them
	 * @param marks all of them
	 */
	public record Cluster(double place, Mark first, List<Mark> marks) {
		/** Copies. */
		public Cluster {
			marks = List.copyOf(marks);
		}
	}

	/** The marks of an estate, by time. */
	public static List<Mark> marks(WeaverState state, ZoneId zone) {
		List<Mark> marks = new ArrayList<>();
		for (Alert alert : state.alerts()) {
			boolean hollow = alert.state() == Alert.State.WITHDRAWN;
			boolean ticked = alert.state() == Alert.State.COVERED;
			String name = Words.subject(state.topology(), alert.subject()) + " " + alert.metric();
			Optional<Severity> severity = Optional.of(alert.severity());
			marks.add(new Mark(Kind.BREACH, alert.breachAt(), alert.earliest(), alert.latest(), hollow, ticked, severity, alert.subject(),
					"Breach " + Words.time(alert.breachAt(), state.time(), zone) + ": " + name));
			if (alert.isActive() && !ticked && alert.startBy().isAfter(state.time())) {
				marks.add(new Mark(Kind.ACT_BY, alert.startBy(), Optional.empty(), Optional.empty(), false, false, severity, alert.subject(),
						"Act by " + Words.time(alert.startBy(), state.time(), zone) + ": " + name));
			}
		}
		for (QueueEntry entry : state.queue()) {
			boolean failed = entry.state() == QueueEntry.State.FAILED || entry.state() == QueueEntry.State.CANCELLED;
			marks.add(new Mark(Kind.READY, entry.eta(), Optional.of(entry.queuedAt()), Optional.of(entry.eta()), failed,
					entry.state() == QueueEntry.State.READY, Optional.empty(), entry.resource(),
					"Ready " + Words.time(entry.eta(), state.time(), zone) + ": " + entry.group() + " " + entry.offer()));
		}
		for (Event event : state.events()) {
			Optional<Instant> to = event.duration().isZero() ? Optional.empty() : Optional.of(event.time().plus(event.duration()));
			marks.add(new Mark(Kind.EVENT, event.time(), to.map(t -> event.time()), to, event.time().isAfter(state.time()), false, Optional.empty(),
					event.subject(), Words.time(event.time(), state.time(), zone) + " " + event.kind().name().toLowerCase(Locale.ROOT) + ": " + event.text(),
					Optional.of(event.kind())));
		}
		for (Anomaly anomaly : state.anomalies()) {
			marks.add(new Mark(Kind.UNUSUAL, anomaly.time(), Optional.empty(), Optional.empty(), anomaly.kind() == Anomaly.Kind.FORECAST, false,
					Optional.empty(), anomaly.series().subject(), "Unusual " + Words.time(anomaly.time(), state.time(), zone) + ": "
							+ Words.subject(state.topology(), anomaly.series().subject()) + " " + anomaly.series().metric()));
		}
		marks.sort(Comparator.comparing(Mark::time).thenComparing(Mark::kind));
		return marks;
	}

	/** Until when anything is predicted; empty where nothing is. */
	public static Optional<Instant> forecastEnd(WeaverState state) {
		return Stream.of(state.unattended(), state.planned()).flatMap(shadow -> shadow.projected().values().stream()).map(Bands::end).filter(end -> end.isAfter(state.time()))
				.max(Comparator.naturalOrder());
	}

	/**
	 * The next breach that is predicted and that no plan covers; of several at a time a critical one.
	 *
	 * @param after it is later than this
	 */
	public static Optional<Alert> nextBreach(WeaverState state, Instant after) {
		return state.alerts().stream().filter(alert -> alert.isActive() && alert.state() != Alert.State.COVERED && alert.breachAt().isAfter(after))
				.min(Comparator.comparing(Alert::breachAt).thenComparing(Alert::severity, Comparator.reverseOrder()).thenComparing(Alert::id));
	}

	/**
	 * Joins marks that would lie over one another.
	 *
	 * @param marks by time
	 * @param scale where times are
	 * @param width of the line in pixels
	 */
	public static List<Cluster> cluster(List<Mark> marks, TimeScale scale, int width) {
		List<Cluster> clusters = new ArrayList<>();
		List<Mark> open = new ArrayList<>();
		double start = 0;
		for (Mark mark : marks) {
			double place = scale.place(mark.time());
			if (place < 0 || place > 1) {
				continue;
			}
			if (!open.isEmpty() && (place - start) * width >= CLUSTER_PIXELS) {
				clusters.add(close(open, scale));
				open.clear();
			}
			if (open.isEmpty()) {
				start = place;
			}
			open.add(mark);
		}
		if (!open.isEmpty()) {
			clusters.add(close(open, scale));
		}
		return clusters;
	}

	private static Cluster close(List<Mark> marks, TimeScale scale) {
		Mark first = marks.stream().min(Comparator.comparing((Mark mark) -> mark.hollow() ? 1 : 0).thenComparing(Mark::kind)).orElseThrow();
		return new Cluster(scale.place(first.time()), first, marks);
	}
}
