// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.runtime.OperationCanceledException;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.client.ApiException;
import io.shadowweaver.client.Link;
import io.shadowweaver.client.RemoteEstate;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.replay.RuleTrialResult;

/** An estate of a server that the workbench is attached to. Commands are those of the key, whoever sits here; they block until the server has taken them. */
final class RemoteHandle implements EstateHandle {
	private final String server;
	private final RemoteEstate estate;
	private final RemoteAutomation automation;

	/**
	 * @param server the id of the server among the attached ones
	 */
	RemoteHandle(String server, RemoteEstate estate) {
		this.server = server;
		this.estate = estate;
		automation = new RemoteAutomation(estate);
	}

	private IllegalStateException elsewhere(String what) {
		return Asking.elsewhere(what, estate.address().name());
	}

	/** It names a folder too, so it has no colon. */
	@Override
	public String id() {
		return estate.id() + "@" + server;
	}

	@Override
	public String name() {
		return estate.state().name() + " @ " + estate.address().name();
	}

	@Override
	public Optional<Attachment> attachment() {
		Link link = estate.link();
		return Optional.of(new Attachment(server, estate.address().name(), link.connected(), link.sentence()));
	}

	@Override
	public WeaverState state() {
		return estate.state();
	}

	@Override
	public AutoCloseable subscribe(Consumer<WeaverState> callback) {
		return estate.subscribe(callback);
	}

	/** Why there is nothing stands in the series, as it does where the engine has no history. */
	@Override
	public Series history(SeriesId id, Instant from, Instant to, Duration step) {
		try {
			return estate.calls().history(id, from, to, step);
		} catch (ApiException e) {
			return Series.empty(from, step, e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return Series.empty(from, step, "Nobody waits for it any more.");
		}
	}

	@Override
	public Forecast path(SeriesId id, List<Duration> leads) {
		try {
			return estate.calls().path(id, leads);
		} catch (ApiException e) {
			return Forecast.absent(id, estate.state().time(), e.getMessage(), Optional.empty());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return Forecast.absent(id, estate.state().time(), "Nobody waits for it any more.", Optional.empty());
		}
	}

	@Override
	public WeaverState state(Instant until) throws InterruptedException {
		try {
			return estate.calls().state(until);
		} catch (ApiException e) {
			throw new IllegalStateException(e.getMessage(), e);
		}
	}

	@Override
	public Imagined imagine(Scenario scenario) throws ScenarioException, InterruptedException {
		try {
			return estate.calls().imagine(scenario);
		} catch (ApiException e) {
			throw new IllegalStateException(e.getMessage(), e);
		}
	}

	@Override
	public Optional<Quality> quality(SeriesId id) {
		try {
			return Optional.of(estate.calls().quality(id));
		} catch (ApiException e) {
			// not known there, not yet, or not now: the status of the connection tells the last
			return Optional.empty();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new OperationCanceledException();
		}
	}

	@Override
	public BackTestReport backTest(SeriesId id, BackTestRequest request, Progress progress) {
		return Asking.ask(() -> estate.calls().training(id).backTest(request, progress));
	}

	@Override
	public List<Part> explain(SeriesId id, List<Duration> leads) {
		return Asking.ask(() -> estate.calls().parts(id, leads));
	}

	@Override
	public int retrain(Collection<SeriesId> ids, Progress progress) {
		int trained = 0;
		for (SeriesId id : ids) {
			trained += Asking.ask(() -> estate.calls().training(id).retrain(progress));
		}
		return trained;
	}

	@Override
	public void pin(SeriesId id, Optional<String> model) {
		Asking.give(() -> {
			estate.calls().training(id).pin(model, Progress.NONE);
			estate.refresh();
		});
	}

	@Override
	public List<ForecastRule> forecastRules() {
		return estate.decisions().forecastRules();
	}

	@Override
	public void forecastRules(List<ForecastRule> rules) {
		throw elsewhere("The rules of forecasts");
	}

	@Override
	public Optional<String> pinned(SeriesId id) {
		return forecastRules().stream().filter(rule -> rule.subject().equals(id.subject()) && rule.metric().equals(id.metric()) && !rule.model().isEmpty()).map(ForecastRule::model).findFirst();
	}

	@Override
	public RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress) {
		throw new IllegalStateException("A rule cannot be tried on an estate on " + estate.address().name() + ": the API does not offer it.");
	}

	@Override
	public List<CalendarEntry> calendar() {
		return estate.decisions().calendar();
	}

	@Override
	public void addToCalendar(Collection<CalendarEntry> entries) {
		throw elsewhere("The calendar");
	}

	@Override
	public void removeFromCalendar(Collection<String> ids) {
		throw elsewhere("The calendar");
	}

	@Override
	public int importCalendar(List<Path> files, ImportOptions options) {
		throw elsewhere("The calendar");
	}

	@Override
	public void acknowledge(String alert, String person) {
		Asking.give(() -> estate.calls().acknowledge(alert));
	}

	@Override
	public void approve(String plan, String person) {
		Asking.give(() -> estate.calls().approve(plan));
	}

	@Override
	public void reject(String plan, String person) {
		Asking.give(() -> estate.calls().reject(plan));
	}

	@Override
	public void cancel(String token, String person) {
		Asking.give(() -> estate.calls().cancel(token));
	}

	@Override
	public void killSwitch(boolean on, String person) {
		Asking.give(() -> estate.calls().killSwitch(on));
	}

	@Override
	public AutomationHandle automation() {
		return automation;
	}

	@Override
	public void mode(String group, Mode mode) {
		Asking.give(() -> estate.calls().mode(group, mode));
	}

	@Override
	public void thresholds(List<Threshold> thresholds) {
		Asking.give(() -> estate.calls().thresholds(estate.state().thresholds(), thresholds));
	}

	/** Its clock is set where it runs. */
	@Override
	public boolean ownTime() {
		return false;
	}

	@Override
	public double speed() {
		return estate.decisions().speed();
	}

	@Override
	public void speed(double factor) {
		throw elsewhere("The clock");
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RemoteHandle that && estate == that.estate;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(estate);
	}
}
