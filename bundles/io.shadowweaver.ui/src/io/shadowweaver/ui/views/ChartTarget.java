// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Limits;

/**
 * Which series the chart shows, and all that is known of it without reading the history.
 *
 * @param id       the series
 * @param metric   its metric
 * @param title    whose series it is, and of what
 * @param verdict  what is predicted at the cursor, and how far to trust it; or why nothing is
 * @param lines    horizontal limits
 * @param bands    of the cursor's shadow; empty where there is no forecast
 * @param own      whether the bands are the series' own forecast, so that a longer one can be asked for
 */
public record ChartTarget(SeriesId id, Metric metric, String title, String verdict, List<Line> lines, Optional<Bands> bands, boolean own) {
	/**
	 * A horizontal limit.
	 *
	 * @param value in base units
	 * @param label what it is
	 * @param stop  the palette's colour, 0 to 4
	 */
	public record Line(double value, String label, int stop) {
	}

	/**
	 * What to show: the selected, or what is most urgent, or the first group or resource.
	 *
	 * @return empty where the estate has no series
	 */
	public static Optional<ChartTarget> of(Frame frame) {
		for (Item item : frame.selection()) {
			Optional<ChartTarget> target = ofItem(frame, item);
			if (target.isPresent()) {
				return target;
			}
		}
		Optional<Alert> urgent = frame.state().alerts().stream().filter(Alert::isActive)
				.min(Comparator.comparing(Alert::severity).reversed().thenComparing(Alert::startBy));
		Optional<ChartTarget> target = urgent.flatMap(alert -> subject(frame, alert.subject(), alert.metric()));
		if (target.isPresent()) {
			return target;
		}
		for (Resource resource : frame.state().topology().resources().values()) {
			target = subject(frame, resource.id(), frame.cursor().metric());
			if (target.isPresent()) {
				return target;
			}
		}
		return Optional.empty();
	}

	private static Optional<ChartTarget> ofItem(Frame frame, Item item) {
		WeaverState state = frame.state();
		String metric = frame.cursor().metric();
		return switch (item.kind()) {
		case RESOURCE -> subject(frame, item.id(), metric);
		case GROUP -> subject(frame, SeriesId.GROUP_PREFIX + item.id(), metric);
		case ALERT -> state.alerts().stream().filter(alert -> alert.id().equals(item.id())).findFirst()
				.flatMap(alert -> subject(frame, alert.subject(), alert.metric()));
		case PLAN -> state.plans().stream().filter(plan -> plan.id().equals(item.id())).findFirst().flatMap(plan -> plan(frame, plan));
		case ENTRY -> state.queue().stream().filter(entry -> entry.token().equals(item.id())).findFirst().flatMap(entry -> entry(frame, entry));
		case REGION, ZONE, EVENT, CONTRIBUTION -> Optional.empty();
		};
	}

	private static Optional<ChartTarget> plan(Frame frame, Plan plan) {
		String metric = plan.needs().isEmpty() ? frame.cursor().metric() : plan.needs().getFirst().metric();
		return subject(frame, SeriesId.GROUP_PREFIX + plan.group(), metric);
	}

	private static Optional<ChartTarget> entry(Frame frame, QueueEntry entry) {
		return subject(frame, entry.resource(), frame.cursor().metric())
				.or(() -> subject(frame, SeriesId.GROUP_PREFIX + entry.group(), frame.cursor().metric()));
	}

	/** The series of the wanted metric, or the first that the subject has. */
	private static Optional<ChartTarget> subject(Frame frame, String subject, String wanted) {
		SeriesId id = new SeriesId(subject, wanted);
		if (frame.state().series().slot(id) < 0) {
			Optional<SeriesId> other = new TreeSet<>(frame.state().metrics().keySet()).stream().map(metric -> new SeriesId(subject, metric))
					.filter(candidate -> frame.state().series().slot(candidate) >= 0).findFirst();
			if (other.isEmpty()) {
				return Optional.empty();
			}
			id = other.get();
		}
		Metric metric = frame.state().metrics().get(id.metric());
		return metric == null ? Optional.empty() : Optional.of(of(frame, id, metric));
	}

	private static ChartTarget of(Frame frame, SeriesId id, Metric metric) {
		WeaverState state = frame.state();
		Optional<Bands> bands = frame.bands(id);
		boolean own = id.isGroup() || !state.shadow(frame.cursor().kind()).projected().containsKey(id);
		String title = AlertRow.subject(state, id.subject()) + ", " + (id.isGroup() ? "demand of " : "") + metric.name();
		return new ChartTarget(id, metric, title, verdict(frame, id, metric, own), lines(state, id, metric), bands, own);
	}

	private static String verdict(Frame frame, SeriesId id, Metric metric, boolean own) {
		var forecast = frame.state().series().forecast(id);
		double predicted = frame.predicted(id);
		if (frame.isPast()) {
			return "observed at " + Formats.time(frame.shownAt(), frame.now()) + ": " + Formats.value(id, metric, frame.observed(id));
		}
		if (Double.isNaN(predicted)) {
			String reason = forecast.map(absent -> absent.reason()).filter(text -> !text.isEmpty())
					.orElse(frame.bands(id).isPresent()
							? "the cursor is behind the horizon of the forecast" : "none was made yet");
			return "No forecast: " + reason.replaceFirst("\\.$", "") + forecast.flatMap(absent -> absent.readyAt())
					.map(ready -> " (ready " + Formats.timeAndDistance(ready, frame.now()) + ")").orElse("");
		}
		String text = Formats.level(frame.cursor().level()) + " " + Formats.timeAndDistance(frame.cursor().predictedAt(frame.now()), frame.now()) + ": "
				+ Formats.value(id, metric, predicted);
		if (!own) {
			return text + ", projected from its group, " + Formats.words(frame.cursor().kind());
		}
		return text + forecast.filter(made -> made.isPresent()).map(made -> " by " + made.model()
				+ (Double.isNaN(made.skill()) ? "" : ", skill " + Formats.percent(made.skill()))
				+ (Double.isNaN(made.coverage()) ? "" : ", 80 % band covers " + Formats.percent(made.coverage()))).orElse("");
	}

	private static List<Line> lines(WeaverState state, SeriesId id, Metric metric) {
		List<Line> lines = new ArrayList<>();
		if (!id.isGroup()) {
			state.topology().resource(id.subject()).flatMap(resource -> Limits.of(state, resource, id.metric())).ifPresent(limits -> {
				lines.add(new Line(limits.warning(), "warning " + Formats.value(metric, limits.warning()), 3));
				lines.add(new Line(limits.critical(), "critical " + Formats.value(metric, limits.critical()), 4));
			});
			return lines;
		}
		String group = Item.ofSubject(id.subject()).id();
		ScalingGroup known = state.topology().groups().get(group);
		double full = state.topology().liveMembers(group).stream().mapToDouble(member -> member.capacity(id.metric())).sum();
		if (known != null && Double.isFinite(full) && full > 0) {
			for (DemandTarget target : known.demand()) {
				if (target.metric().equals(id.metric())) {
					lines.add(new Line(full * target.target(), "safe now " + Formats.value(id, metric, full * target.target()), 3));
				}
			}
			lines.add(new Line(full, "full now " + Formats.value(id, metric, full), 4));
		}
		return lines;
	}
}
