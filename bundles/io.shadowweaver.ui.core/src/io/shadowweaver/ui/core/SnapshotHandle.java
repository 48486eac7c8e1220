// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.replay.RuleTrialResult;

/** An estate out of a file: one state that stays, and nothing behind it. What would need an engine says so. */
final class SnapshotHandle implements EstateHandle {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

	private final String id;
	private final Path file;
	private final Snapshot snapshot;
	private final SnapshotAutomation automation;

	SnapshotHandle(String id, Path file, Snapshot snapshot) {
		this.id = id;
		this.file = file;
		this.snapshot = snapshot;
		automation = new SnapshotAutomation(this::refused);
	}

	/** What is done to a snapshot. */
	private IllegalStateException refused() {
		return new IllegalStateException("'" + name() + "' is a snapshot: it is looked at, and nothing in it is changed, computed or commanded.");
	}

	Path file() {
		return file;
	}

	Instant written() {
		return snapshot.written();
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public String name() {
		return state().name() + " (snapshot of " + TIME.format(state().time()) + ")";
	}

	@Override
	public Optional<Snapshot> snapshot() {
		return Optional.of(snapshot);
	}

	@Override
	public WeaverState state() {
		return snapshot.state();
	}

	/** It never calls. */
	@Override
	public AutoCloseable subscribe(Consumer<WeaverState> callback) {
		return () -> {
			// there is nothing to close
		};
	}

	@Override
	public Series history(SeriesId series, Instant from, Instant to, Duration step) {
		return Series.empty(from, step, "A snapshot holds no history.");
	}

	/** What was forecast then, at the leads that were kept. */
	@Override
	public Forecast path(SeriesId series, List<Duration> leads) {
		return state().series().forecast(series).orElseGet(() -> Forecast.absent(series, state().time(), "The snapshot holds no forecast of it.", Optional.empty()));
	}

	@Override
	public WeaverState state(Instant until) {
		// a file holds what was predicted when it was written
		return state();
	}

	@Override
	public Imagined imagine(Scenario scenario) {
		throw refused();
	}

	@Override
	public Optional<Quality> quality(SeriesId series) {
		return Optional.empty();
	}

	@Override
	public BackTestReport backTest(SeriesId series, BackTestRequest request, Progress progress) {
		throw refused();
	}

	@Override
	public List<Part> explain(SeriesId series, List<Duration> leads) {
		return List.of();
	}

	@Override
	public int retrain(Collection<SeriesId> ids, Progress progress) {
		throw refused();
	}

	@Override
	public void pin(SeriesId series, Optional<String> model) {
		throw refused();
	}

	@Override
	public List<ForecastRule> forecastRules() {
		return List.of();
	}

	@Override
	public void forecastRules(List<ForecastRule> rules) {
		throw refused();
	}

	@Override
	public Optional<String> pinned(SeriesId series) {
		return Optional.empty();
	}

	@Override
	public RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress) {
		throw refused();
	}

	@Override
	public List<CalendarEntry> calendar() {
		return List.of();
	}

	@Override
	public void addToCalendar(Collection<CalendarEntry> entries) {
		throw refused();
	}

	@Override
	public void removeFromCalendar(Collection<String> ids) {
		throw refused();
	}

	@Override
	public int importCalendar(List<Path> files, ImportOptions options) {
		throw refused();
	}

	@Override
	public void acknowledge(String alert, String person) {
		throw refused();
	}

	@Override
	public void approve(String plan, String person) {
		throw refused();
	}

	@Override
	public void reject(String plan, String person) {
		throw refused();
	}

	@Override
	public void cancel(String token, String person) {
		throw refused();
	}

	@Override
	public void killSwitch(boolean on, String person) {
		throw refused();
	}

	@Override
	public AutomationHandle automation() {
		return automation;
	}

	@Override
	public void mode(String group, Mode mode) {
		throw refused();
	}

	@Override
	public void thresholds(List<Threshold> thresholds) {
		throw refused();
	}

	/** Its clock stands. */
	@Override
	public boolean ownTime() {
		return false;
	}

	@Override
	public double speed() {
		return 1;
	}

	@Override
	public void speed(double factor) {
		throw refused();
	}
}
