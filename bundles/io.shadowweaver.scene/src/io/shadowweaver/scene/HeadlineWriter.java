// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
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
	private static final Duration DEAF = Duration.ofSeconds(20);

	private final WeaverState state;
	private final ViewSettings view;

	HeadlineWriter(WeaverState state, ViewSettings view) {
		this.state = state;
		this.view = view;
	}

	/**
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
		List<Alert> active = state.alerts().stream().filter(Alert::isActive).toList();
		Optional<Alert> first = active.stream()
				.min(Comparator.comparing((Alert a) -> a.severity() == Severity.CRITICAL ? 0 : 1).thenComparing(Alert::breachAt));
		if (first.isEmpty()) {
			boolean forecasts = state.series().size() > 0 && hasForecast();
			String calm = forecasts ? "Nothing breaks within " + Words.span(horizon()) + "." : "No forecast yet: " + noForecast();
			return new Headline(calm, freshness.text, Optional.empty(), freshness.fresh, "");
		}
		Alert alert = first.get();
		String rest = cover(alert) + act(alert) + more(active, alert) + freshness.text;
		return new Headline(what(alert), rest, Optional.of(alert.severity()), freshness.fresh, alert.subject());
	}

	private String what(Alert alert) {
		String name = Words.subject(state.topology(), alert.subject());
		Metric metric = state.metrics().get(alert.metric());
		String metricName = metric == null ? alert.metric() : metric.name();
		String limit = metric == null ? String.valueOf(alert.limit()) : limit(metric, alert);
		String level = alert.severity() == Severity.CRITICAL ? "critical" : "the warning";
		if (!alert.breachAt().isAfter(state.time())) {
			return name + ": " + metricName + " is over " + level + " (" + limit + ") since " + time(alert.breachAt()) + ".";
		}
		return name + ": " + metricName + " crosses " + level + " (" + limit + ") at " + time(alert.breachAt()) + ", in "
				+ Words.span(Duration.between(state.time(), alert.breachAt())) + ".";
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

	/** The furthest that any group's demand, or any series, is forecast. */
	private Duration horizon() {
		Instant end = state.time();
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
