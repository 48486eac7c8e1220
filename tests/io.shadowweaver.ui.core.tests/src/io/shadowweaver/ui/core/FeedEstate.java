// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Imaginer;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.replay.RuleTrialResult;

/** An estate of one series whose states are made by hand, and the engine that holds it. */
final class FeedEstate implements EstateHandle, Backend {
	static final SeriesId SERIES = new SeriesId("m", "cpu");
	static final Instant START = Instant.parse("2026-03-03T12:00:00Z");

	private final List<Consumer<WeaverState>> subscribers = new CopyOnWriteArrayList<>();
	private volatile WeaverState state = WeaverState.initial("test", "Test", START, Duration.ofMinutes(1));
	private SeriesPages pages = SeriesPages.empty(new SeriesIndex());

	/** Nothing is looked for, and nothing is kept. */
	static SearchFilter noFilter() {
		return new SearchFilter(java.util.Map.of(), saved -> {
			// kept nowhere
		});
	}

	/** The next tick with a value. */
	void tick(double value) {
		WeaverState old = state;
		Instant time = old.time().plus(old.step());
		SeriesPages.Builder next = pages.next();
		next.value(next.slot(SERIES), time.toEpochMilli(), value);
		pages = next.build();
		state = new WeaverState(old.estate(), old.name(), old.version() + 1, time, old.step(), old.topology(), old.metrics(), pages, hour(time),
				old.planned(), old.thresholds(), old.alerts(), old.plans(), old.queue(), old.verdicts(), old.events(), old.anomalies(), old.modes(), old.killSwitch(),
				old.report(), old.statuses());
		subscribers.forEach(subscriber -> subscriber.accept(state));
	}

	/** An hour ahead there is nothing. */
	private static Shadow hour(Instant time) {
		Bands bands = new Bands(time, new long[] { Duration.ofHours(1).toMillis() }, new float[Levels.COUNT]);
		return new Shadow(Shadow.Kind.UNATTENDED, time, Map.of(SERIES, bands), Map.of());
	}

	@Override
	public String id() {
		return "test";
	}

	@Override
	public String name() {
		return "Test";
	}

	@Override
	public WeaverState state() {
		return state;
	}

	@Override
	public AutoCloseable subscribe(Consumer<WeaverState> callback) {
		subscribers.add(callback);
		return () -> subscribers.remove(callback);
	}

	int subscribers() {
		return subscribers.size();
	}

	/** The minutes since the start, so that a test knows what to expect. */
	@Override
	public Series history(SeriesId id, Instant from, Instant to, Duration step) {
		int count = (int) (Duration.between(from, to).toMillis() / step.toMillis());
		double[] values = new double[count];
		for (int i = 0; i < count; i++) {
			values[i] = Duration.between(START, from.plus(step.multipliedBy(i))).toMinutes();
		}
		return Series.of(from, step, values);
	}

	@Override
	public Forecast path(SeriesId id, List<Duration> leads) {
		return Forecast.absent(id, state.time(), "no model here", Optional.empty());
	}

	/** It forecasts the days from its time on, after a while in which whoever waits for it is held up. */
	@Override
	public WeaverState state(Instant until) throws InterruptedException {
		Thread.sleep(50);
		WeaverState now = state;
		long[] leads = new long[90];
		float[] values = new float[leads.length * Levels.COUNT];
		for (int day = 1; day <= leads.length; day++) {
			leads[day - 1] = Duration.ofDays(day).toMillis();
			Arrays.fill(values, (day - 1) * Levels.COUNT, day * Levels.COUNT, day);
		}
		Bands bands = new Bands(now.time(), leads, values);
		return now.withForecasts(now.series(), new Shadow(Shadow.Kind.UNATTENDED, now.time(), Map.of(SERIES, bands), Map.of()), now.planned(), now.alerts());
	}

	/** Whether an exact solution takes as long as this holds, or until it is not wanted. */
	volatile boolean slow;
	/** How many exact solutions were given up. */
	final AtomicInteger cancelled = new AtomicInteger();
	private volatile Imaginer prepared;

	@Override
	public Imagined imagine(Scenario scenario) throws ScenarioException {
		return Imagined.of(new Base(state, Map.of(), Map.of(), Map.of()), scenario);
	}

	@Override
	public Imagined imagine(Scenario scenario, BooleanSupplier given) throws ScenarioException {
		while (slow) {
			if (given.getAsBoolean()) {
				cancelled.incrementAndGet();
				throw new CancellationException();
			}
			Thread.onSpinWait();
		}
		return imagine(scenario);
	}

	@Override
	public void prepare() {
		prepared = new Imaginer(new Base(state, Map.of(), Map.of(), Map.of()));
		prepared.prepare(() -> false);
	}

	@Override
	public Optional<Imagined> sketch(Scenario scenario, String metric) throws ScenarioException {
		Imaginer ready = prepared;
		return ready == null ? Optional.empty() : Optional.of(ready.sketch(scenario, metric));
	}

	@Override
	public Optional<Quality> quality(SeriesId id) {
		return Optional.empty();
	}

	@Override
	public BackTestReport backTest(SeriesId id, BackTestRequest request, Progress progress) {
		throw new AssertionError("not in this test");
	}

	@Override
	public List<Part> explain(SeriesId id, List<Duration> leads) {
		throw new AssertionError("not in this test");
	}

	@Override
	public int retrain(Collection<SeriesId> ids, Progress progress) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void pin(SeriesId id, Optional<String> model) {
		throw new AssertionError("not in this test");
	}

	@Override
	public List<ForecastRule> forecastRules() {
		return List.of();
	}

	@Override
	public void forecastRules(List<ForecastRule> rules) {
		throw new AssertionError("not in this test");
	}

	@Override
	public Optional<String> pinned(SeriesId id) {
		return Optional.empty();
	}

	@Override
	public RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress) {
		throw new AssertionError("not in this test");
	}

	@Override
	public List<CalendarEntry> calendar() {
		return List.of();
	}

	@Override
	public void addToCalendar(Collection<CalendarEntry> entries) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void removeFromCalendar(Collection<String> ids) {
		throw new AssertionError("not in this test");
	}

	@Override
	public int importCalendar(List<Path> files, ImportOptions options) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void acknowledge(String alert, String person) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void approve(String plan, String person) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void reject(String plan, String person) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void cancel(String token, String person) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void killSwitch(boolean on, String person) {
		throw new AssertionError("not in this test");
	}

	@Override
	public AutomationHandle automation() {
		throw new AssertionError("not in this test");
	}

	@Override
	public void mode(String group, Mode mode) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void thresholds(List<Threshold> thresholds) {
		throw new AssertionError("not in this test");
	}

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
		throw new IllegalStateException("it lives in real time");
	}

	@Override
	public List<EstateHandle> estates() {
		return List.of(this);
	}

	@Override
	public AutoCloseable onEstatesChanged(Runnable callback) {
		return () -> {
			// they never change
		};
	}

	@Override
	public List<ContributionInfo> contributions() {
		return List.of();
	}

	@Override
	public List<Status> problems() {
		return List.of();
	}

	@Override
	public Status test(ConnectionDraft draft) {
		throw new AssertionError("not in this test");
	}

	@Override
	public Optional<GroupPreview> preview(String type, Map<String, String> settings) {
		return Optional.empty();
	}

	@Override
	public String connect(ConnectionDraft draft) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void disconnect(String estate) {
		throw new AssertionError("not in this test");
	}

	@Override
	public void close() {
		// nothing is open
	}
}
