// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.SceneModel.Headline;

/** Writes the sentence: what breaks first, when, whether it is covered, the last moment to act, and whether the data is fresh. */
final class HeadlineWriter {
	/** So far, or so many steps, the forecasts of every tick reach; what breaks later is known only while somebody looks there. */
	private static final Duration EVERY_TICK = Duration.ofHours(24);
	private static final int EVERY_TICK_STEPS = 48;
	private static final Duration DEAF = Duration.ofSeconds(20);
	/** What is critical before what warns, then what breaks first. */
	private static final Comparator<Alert> FIRST = Comparator.comparing((Alert alert) -> alert.severity() == Severity.CRITICAL ? 0 : 1).thenComparing(Alert::breachAt);

	private final WeaverState state;
	private final ViewSettings view;

	HeadlineWriter(WeaverState state, ViewSettings view) {
		this.state = state;
		this.view = view;
	}

	/**
	 * The sentence of the moment that is shown: now, or the cursor's, which it then names first.
	 *
	 * @param silence how long ago, by the clock on the wall, the state came
	 * @param past    values at the cursor, while it is in the past
	 */
	Headline write(Duration silence, PastValues past) {
		Headline present = write(silence);
		Optional<Instant> at = view.cursor().filter(time -> state.version() > 0 && !time.equals(state.time()));
		if (at.isEmpty()) {
			return present;
		}
		Instant time = at.get();
		if (time.isBefore(state.time())) {
			return new PastSentence(state, view, past).of(time, present);
		}
		boolean unattended = view.unattended() >= .5;
		List<Alert> then = active().stream().filter(alert -> !alert.breachAt().isAfter(time) && holds(alert, time, unattended)).sorted(FIRST).toList();
		String when = "In " + Words.span(Duration.between(state.time(), time)) + ", at " + time(time) + ": ";
		Instant end = state.time().plus(horizon());
		if (time.isAfter(end)) {
			String none = hasForecast() ? "nothing is predicted so far ahead yet; forecasts end " + time(end) + "." : "no forecast yet.";
			return new Headline(when + none, now(present), Optional.empty(), present.fresh(), "");
		}
		if (then.isEmpty()) {
			return new Headline(when + "nothing is predicted to be over a threshold" + (unattended ? "." : " with what is planned."), now(present), Optional.empty(), present.fresh(), "");
		}
		Alert alert = then.getFirst();
		String over = Words.subject(state.topology(), alert.subject()) + ": " + over(alert, " is predicted over ") + (unattended ? ", if nobody acts" : ", even with what is planned")
				+ ", since " + time(alert.breachAt()) + ".";
		return new Headline(when + over, cover(alert) + act(alert) + more(then, alert) + freshness(silence).text, Optional.of(alert.severity()), present.fresh(), alert.subject());
	}

	/** What is said of the present, after what is shown. */
	static String now(Headline present) {
		return "Now: " + present.sentence();
	}

	/** Whether what an alert is about is still over its limit later; where no forecast says, and in the step in which it crosses it, it is. */
	private boolean holds(Alert alert, Instant time, boolean unattended) {
		if (unattended && !alert.breachAt().plus(state.step()).isBefore(time)) {
			return true;
		}
		SeriesId id = new SeriesId(alert.subject(), alert.metric());
		double level = state.thresholds().stream().filter(rule -> rule.id().equals(alert.rule())).mapToDouble(Threshold::level).findFirst().orElse(view.quantile());
		double value = (unattended ? state.unattended() : state.planned()).bands(id, state.series()).map(bands -> bands.at(time, level)).orElse(Double.NaN);
		Metric metric = state.metrics().get(alert.metric());
		double whole = metric == null || metric.full() != Metric.Full.CAPACITY ? 1
				: state.topology().resource(alert.subject()).map(resource -> resource.capacity(alert.metric())).orElse(1.);
		return !(value / whole < alert.limit());
	}

	private List<Alert> active() {
		return state.alerts().stream().filter(Alert::isActive).toList();
	}

	/**
	 * The sentence of now.
	 *
	 * @param silence how long ago, by the clock on the wall, the state came
	 */
	Headline write(Duration silence) {
		if (state.version() == 0 && state.topology().resources().isEmpty()) {
			return new Headline("Waiting for the first metrics of " + state.name() + ".", "", Optional.empty(), false, "");
		}
		Optional<Status> lost = state.disconnected();
		if (lost.isPresent()) {
			return new Headline(lost.get().sentence(), "Nothing newer is known, and no decision arrives.", Optional.of(Severity.WARNING), false, "");
		}
		Freshness freshness = freshness(silence);
		List<Alert> active = active().stream().filter(alert -> !alert.breachAt().isAfter(state.time().plus(everyTick()))).toList();
		Optional<Alert> first = active.stream().min(FIRST);
		if (first.isEmpty()) {
			boolean forecasts = state.series().size() > 0 && hasForecast();
			String calm = forecasts ? "Nothing breaks within " + Words.span(horizon().compareTo(everyTick()) < 0 ? horizon() : everyTick()) + "." : "No forecast yet: " + noForecast();
			return new Headline(calm, freshness.text, Optional.empty(), freshness.fresh, "");
		}
		Alert alert = first.get();
		String rest = cover(alert) + act(alert) + more(active, alert) + freshness.text;
		return new Headline(what(alert), rest, Optional.of(alert.severity()), freshness.fresh, alert.subject());
	}

	private String what(Alert alert) {
		String name = Words.subject(state.topology(), alert.subject());
		if (!alert.breachAt().isAfter(state.time())) {
			return name + ": " + over(alert, " is over ") + " since " + time(alert.breachAt()) + ".";
		}
		return name + ": " + over(alert, " crosses ") + " at " + time(alert.breachAt()) + ", in " + Words.span(Duration.between(state.time(), alert.breachAt())) + ".";
	}

	private String over(Alert alert, String verb) {
		Metric metric = state.metrics().get(alert.metric());
		String limit = metric == null ? String.valueOf(alert.limit()) : limit(metric, alert);
		return (metric == null ? alert.metric() : metric.name()) + verb + (alert.severity() == Severity.CRITICAL ? "critical" : "the warning") + " (" + limit + ")";
	}

	/** Limits of what can be full are utilisations, whatever the unit of the metric. */
	static String limit(Metric metric, Alert alert) {
		return metric.full() == Metric.Full.NONE ? Words.value(metric, alert.limit()) : Math.round(alert.limit() * 100) + "\u00a0%";
	}

	private String cover(Alert alert) {
		if (alert.state() != Alert.State.COVERED) {
			return alert.state() == Alert.State.ACKNOWLEDGED ? "Seen by " + alert.acknowledgedBy() + ", not covered. " : "Not covered. ";
		}
		List<QueueEntry> coming = state.queue().stream().filter(entry -> !entry.isFinal() && entry.plan().equals(alert.coveredBy())).toList();
		Optional<Instant> ready = coming.stream().map(QueueEntry::eta).max(Comparator.naturalOrder());
		return ready.map(eta -> "Covered: " + coming.size() + (coming.size() == 1 ? " resource" : " resources") + " on the way, ready "
				+ time(eta) + (eta.isAfter(alert.breachAt()) ? ", late. " : ". ")).orElse("Covered by plan " + alert.coveredBy() + ". ");
	}

	private String act(Alert alert) {
		if (alert.state() == Alert.State.COVERED || !alert.breachAt().isAfter(state.time())) {
			return "";
		}
		boolean observed = state.plans().stream().anyMatch(plan -> plan.state() == Plan.State.PROPOSED && SeriesId.GROUP_PREFIX.concat(
				plan.group()).equals(groupOf(alert)));
		String verb = observed ? "Approve by " : "Act by ";
		if (!alert.startBy().isAfter(state.time())) {
			return "The last moment to act was " + time(alert.startBy()) + ". ";
		}
		return verb + time(alert.startBy()) + " (" + Words.span(Duration.between(state.time(), alert.startBy())) + " left). ";
	}

	private String groupOf(Alert alert) {
		return alert.subject().startsWith(SeriesId.GROUP_PREFIX) ? alert.subject()
				: state.topology().groupOf(alert.subject()).map(SeriesId.GROUP_PREFIX::concat).orElse("");
	}

	private static String more(List<Alert> active, Alert first) {
		int others = active.size() - 1;
		long open = active.stream().filter(alert -> alert != first && alert.state() == Alert.State.OPEN).count();
		return others == 0 ? "" : others + " more, " + open + " open. ";
	}

	private String time(Instant time) {
		return Words.time(time, state.time(), view.zone());
	}

	private boolean hasForecast() {
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			if (series.forecast(slot).filter(forecast -> forecast.isPresent()).isPresent()) {
				return true;
			}
		}
		return !state.unattended().projected().isEmpty();
	}

	private String noForecast() {
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			var forecast = series.forecast(slot);
			if (forecast.isPresent() && !forecast.get().isPresent()) {
				String when = forecast.get().readyAt().map(at -> " Ready " + time(at) + ".").orElse("");
				return forecast.get().reason().replaceFirst("[^.]$", "$0.") + when;
			}
		}
		return "the models are being trained.";
	}

	private Duration everyTick() {
		Duration steps = state.step().multipliedBy(EVERY_TICK_STEPS);
		return steps.compareTo(EVERY_TICK) > 0 ? steps : EVERY_TICK;
	}

	/** The furthest that any group's demand, or any series, is forecast. */
	private Duration horizon() {
		Instant end = Timeline.forecastEnd(state).orElse(state.time());
		SeriesPages series = state.series();
		for (int slot = 0; slot < Math.min(series.size(), 256); slot++) {
			var bands = series.forecast(slot).flatMap(forecast -> forecast.bands());
			if (bands.isPresent() && bands.get().end().isAfter(end)) {
				end = bands.get().end();
			}
		}
		return Duration.between(state.time(), end);
	}

	private record Freshness(String text, boolean fresh) {
	}

	private Freshness freshness(Duration silence) {
		SeriesPages series = state.series();
		long newest = Long.MIN_VALUE;
		int stale = 0;
		long limit = state.time().minus(state.step().multipliedBy(3)).toEpochMilli();
		for (int slot = 0; slot < series.size(); slot++) {
			newest = Math.max(newest, series.time(slot));
			if (series.time(slot) < limit) {
				stale++;
			}
		}
		if (newest == Long.MIN_VALUE) {
			return new Freshness("No data yet.", false);
		}
		if (silence.compareTo(DEAF) > 0) {
			return new Freshness("No news for " + Words.span(silence) + ".", false);
		}
		Duration age = Duration.ofMillis(Math.max(0, state.time().toEpochMilli() - newest));
		if (newest < limit) {
			return new Freshness("Data is stale: the newest is " + Words.span(age) + " old.", false);
		}
		String missing = stale == 0 ? "" : ", " + stale + " of " + series.size() + " series stale";
		return new Freshness("Data is fresh (" + Words.span(age) + " old" + missing + ").", stale * 10 <= series.size());
	}
}
