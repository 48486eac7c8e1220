// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.eclipse.core.runtime.OperationCanceledException;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Imaginer;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.replay.GroupPast;
import io.shadowweaver.replay.LiveModels;
import io.shadowweaver.replay.RuleTrial;
import io.shadowweaver.replay.RuleTrialResult;

/** An estate of the embedded engine. */
final class WeaverHandle implements EstateHandle {
	private static final long PATIENCE_MILLIS = 200;
	private static final Duration TRIAL_STEP = Duration.ofMinutes(5);

	private final ShadowPlatform platform;
	private final Weaver weaver;
	private volatile SoftReference<Imaginer> newest = new SoftReference<>(null);
	private volatile SoftReference<Imaginer> prepared = new SoftReference<>(null);
	private final AutomationHandle automation;

	WeaverHandle(ShadowPlatform platform, Weaver weaver) {
		this.platform = platform;
		this.weaver = weaver;
		automation = new WeaverAutomation(weaver, this::keep);
	}

	@Override
	public String id() {
		return weaver.config().id();
	}

	@Override
	public String name() {
		return weaver.config().name();
	}

	@Override
	public WeaverState state() {
		return weaver.state();
	}

	@Override
	public AutoCloseable subscribe(Consumer<WeaverState> callback) {
		return weaver.subscribe(callback);
	}

	@Override
	public Series history(SeriesId id, Instant from, Instant to, Duration step) {
		return weaver.history(id, from, to, step);
	}

	@Override
	public Forecast path(SeriesId id, List<Duration> leads) {
		return weaver.path(id, leads);
	}

	@Override
	public WeaverState state(Instant until) throws InterruptedException {
		return weaver.far().state(until);
	}

	@Override
	public Imagined imagine(Scenario scenario) throws ScenarioException, InterruptedException {
		return imagine(scenario, () -> false);
	}

	@Override
	public Imagined imagine(Scenario scenario, BooleanSupplier cancelled) throws ScenarioException, InterruptedException {
		return imaginer().solve(scenario, cancelled);
	}

	@Override
	public void prepare() throws InterruptedException {
		Imaginer next = imaginer();
		next.prepare(() -> false);
		prepared = new SoftReference<>(next);
	}

	@Override
	public Optional<Imagined> sketch(Scenario scenario, String metric) throws ScenarioException {
		Imaginer ready = prepared.get();
		return ready == null ? Optional.empty() : Optional.of(ready.sketch(scenario, metric));
	}

	/** Of the newest tick; kept, so that scenarios of one tick share what they leave alone. */
	private Imaginer imaginer() throws InterruptedException {
		Imaginer kept = newest.get();
		if (kept != null && kept.base().state() == weaver.state()) {
			return kept;
		}
		try {
			Imaginer next = new Imaginer(weaver.base().get());
			newest = new SoftReference<>(next);
			return next;
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
		}
	}

	@Override
	public Optional<Quality> quality(SeriesId id) {
		return weaver.quality(id);
	}

	@Override
	public BackTestReport backTest(SeriesId id, BackTestRequest request, Progress progress) {
		return await(weaver.forecasts().backTest(id, request, progress), progress);
	}

	@Override
	public List<Part> explain(SeriesId id, List<Duration> leads) {
		return weaver.forecasts().explain(id, leads);
	}

	@Override
	public int retrain(Collection<SeriesId> ids, Progress progress) {
		return await(weaver.forecasts().retrain(ids, progress), progress);
	}

	@Override
	public void pin(SeriesId id, Optional<String> model) {
		await(weaver.forecasts().pin(id, model), Progress.NONE);
		keep(weaver.config());
	}

	@Override
	public List<ForecastRule> forecastRules() {
		return weaver.forecasts().rules();
	}

	@Override
	public void forecastRules(List<ForecastRule> rules) {
		CompletableFuture<Integer> trained = weaver.forecasts().rules(rules);
		keep(weaver.config());
		await(trained, Progress.NONE);
	}

	@Override
	public Optional<String> pinned(SeriesId id) {
		return weaver.forecasts().pinned(id);
	}

	/** Waits in a Job for what a worker does; cancelled, it does not wait until the worker has seen that. */
	private static <T> T await(CompletableFuture<T> work, Progress progress) {
		while (true) {
			try {
				return work.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
			} catch (TimeoutException e) {
				if (progress.isCancelled()) {
					throw new OperationCanceledException();
				}
			} catch (CancellationException e) {
				throw new OperationCanceledException(e.getMessage());
			} catch (ExecutionException e) {
				if (e.getCause() instanceof CancellationException) {
					throw new OperationCanceledException();
				}
				throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new OperationCanceledException();
			}
		}
	}

	@Override
	public RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress) {
		WeaverState state = weaver.state();
		String group = demand.subject().substring(SeriesId.GROUP_PREFIX.length());
		ScalingGroup known = state.topology().groups().get(group);
		Duration step = state.step().compareTo(TRIAL_STEP) > 0 ? state.step() : TRIAL_STEP;
		Instant end = state.time().plus(state.step());
		Topology alone = new Topology(state.topology().resources(), Set.of(), known == null ? Map.of() : Map.of(group, known));
		GroupPast past = GroupPast.all(alone, state.metrics(), weaver::history, end.minus(back), end, step).stream().filter(one -> one.id().equals(demand)).findFirst()
				.orElseThrow(() -> new IllegalStateException(group + " has no members that are scaled on " + demand.metric() + "."));
		RuleTrialResult.Rule whole = rule.unit() > 0 ? rule : new RuleTrialResult.Rule(rule.lead(), rule.target(), past.unit(), rule.horizon());
		try {
			return RuleTrial.run(LiveModels.quick(platform.candidates()), past.id(), past.metric(), past.demand(), past.before(), whole, progress);
		} catch (CancellationException e) {
			throw new OperationCanceledException(e.getMessage());
		}
	}

	@Override
	public List<CalendarEntry> calendar() {
		return weaver.calendar().calendar().entries();
	}

	@Override
	public void addToCalendar(Collection<CalendarEntry> entries) {
		try {
			weaver.calendar().add(entries);
		} catch (PluginException e) {
			throw new IllegalStateException(e.getMessage(), e);
		}
	}

	@Override
	public void removeFromCalendar(Collection<String> ids) {
		try {
			weaver.calendar().remove(ids);
		} catch (PluginException e) {
			throw new IllegalStateException(e.getMessage(), e);
		}
	}

	@Override
	public int importCalendar(List<Path> files, ImportOptions options) {
		try {
			return weaver.calendar().importFiles(files, options).size();
		} catch (PluginException e) {
			throw new IllegalStateException(e.getMessage(), e);
		}
	}

	@Override
	public void acknowledge(String alert, String person) {
		weaver.acknowledge(alert, person);
	}

	@Override
	public void approve(String plan, String person) {
		weaver.automation().approve(plan, person);
	}

	@Override
	public void reject(String plan, String person) {
		weaver.automation().reject(plan, person);
	}

	@Override
	public void cancel(String token, String person) {
		weaver.automation().cancel(token, person);
	}

	@Override
	public void killSwitch(boolean on, String person) {
		weaver.automation().killSwitch(on, person);
	}

	@Override
	public AutomationHandle automation() {
		return automation;
	}

	@Override
	public void mode(String group, Mode mode) {
		weaver.automation().mode(group, mode);
		Map<String, Mode> modes = new HashMap<>(weaver.state().modes());
		modes.put(group, mode);
		keep(weaver.config().withModes(modes));
	}

	@Override
	public void thresholds(List<Threshold> thresholds) {
		weaver.thresholds(thresholds);
		keep(weaver.config().withThresholds(thresholds));
	}

	private void keep(EstateConfig config) {
		try {
			platform.save(config);
		} catch (PluginException e) {
			throw new IllegalStateException("It holds now, but could not be kept for the next start: " + e.getMessage(), e);
		}
	}

	@Override
	public boolean ownTime() {
		return weaver.hasOwnTime();
	}

	@Override
	public double speed() {
		return weaver.config().speed();
	}

	@Override
	public void speed(double factor) {
		weaver.speed(factor);
		keep(weaver.config().withSpeed(factor));
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof WeaverHandle that && weaver == that.weaver;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(weaver);
	}
}
