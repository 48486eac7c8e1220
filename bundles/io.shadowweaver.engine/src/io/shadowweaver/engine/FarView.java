// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;

/**
 * An estate farther ahead than the forecasts of every tick reach, up to 90 days. What decides the far future, the demand of groups and what belongs to no
 * group, is forecast when somebody looks there, and kept for six hours of the estate's time; both shadows are projected from it as from the near
 * forecasts, and what would breach there stands among the alerts of the answer. The estate itself raises nothing by it, and plans nothing. Thread-safe; computes on the caller's thread, seconds the first time: call it in a job.
 */
public final class FarView {
	/** Farther ahead nothing is forecast. */
	public static final Duration FARTHEST = Duration.ofDays(90);
	/** Nearer than this the forecasts of every tick reach. */
	private static final Duration NEAR = Duration.ofHours(23);
	/** As long as a forecast of weeks is taken for fresh. */
	private static final Duration RENEWED = Duration.ofHours(6);
	/** More series are not forecast that far: groups come first. */
	private static final int MOST = 600;
	/** With more resources a shadow holds only what lies around the moment that is looked at, or it would take gigabytes. */
	private static final int FEW = 600;
	private static final long PATIENCE_SECONDS = 30;
	private static final Scenario UNCHANGED = Scenario.of("as it is");

	private final BiFunction<SeriesId, List<Duration>, Forecast> path;
	private final Supplier<CompletableFuture<Base>> newest;
	private final List<Duration> leads = leads();
	private final Map<SeriesId, Bands> kept = new ConcurrentHashMap<>();

	/**
	 * @param path   forecasts a series at any leads from the newest tick; blocks
	 * @param newest what a scenario starts from
	 */
	FarView(BiFunction<SeriesId, List<Duration>, Forecast> path, Supplier<CompletableFuture<Base>> newest) {
		this.path = path;
		this.newest = newest;
	}

	/** So close that the course of a day is seen for two weeks, then every six hours. */
	private static List<Duration> leads() {
		List<Duration> leads = new ArrayList<>();
		for (int hours = 3; hours <= FARTHEST.toHours(); hours += hours < 14 * 24 ? 3 : 6) {
			leads.add(Duration.ofHours(hours));
		}
		return leads;
	}

	/** Whether a moment is farther ahead than the forecasts of every tick reach. */
	public static boolean isFar(Instant now, Instant moment) {
		return moment.isAfter(now.plus(NEAR));
	}

	/** Whether what reaches far reaches to every moment on the way; in a large estate it holds what lies around the one that was asked for. */
	public static boolean isWhole(Topology topology) {
		return topology.resources().size() <= FEW;
	}

	/**
	 * What a scenario starts from, with forecasts that reach to a moment.
	 *
	 * @param until up to 90 days ahead; later moments are taken for that
	 * @throws IllegalStateException with a sentence, before the first tick, and where the estate does not answer
	 * @throws InterruptedException  when the thread is interrupted, between two series
	 */
	public Base base(Instant until) throws InterruptedException {
		Base near;
		try {
			near = newest.get().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
		} catch (TimeoutException e) {
			throw new IllegalStateException("The estate is busy, and has not told its newest tick within " + PATIENCE_SECONDS + " s.", e);
		}
		WeaverState state = near.state();
		Set<SeriesId> wanted = wanted(state);
		kept.keySet().retainAll(wanted);
		for (SeriesId id : wanted) {
			Bands old = kept.get(id);
			if (old == null || old.origin().isAfter(state.time()) || old.origin().plus(RENEWED).isBefore(state.time())) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				path.apply(id, leads).bands().ifPresentOrElse(bands -> kept.put(id, bands), () -> kept.remove(id));
			}
		}
		return new Base(with(state, until), near.use(), near.views(), near.leads());
	}

	/**
	 * The newest state with forecasts, shadows and alerts that reach to a moment; all else is as it is.
	 *
	 * @param until up to 90 days ahead; later moments are taken for that
	 * @throws IllegalStateException with a sentence, before the first tick, and where the estate does not answer
	 * @throws InterruptedException  when the thread is interrupted, between two series
	 */
	public WeaverState state(Instant until) throws InterruptedException {
		Base base = base(until);
		try {
			WeaverState seen = Imagined.of(base, UNCHANGED).state();
			return base.state().withForecasts(base.state().series(), seen.unattended(), seen.planned(), alerts(base.state(), seen.alerts()));
		} catch (ScenarioException e) {
			throw new IllegalStateException("Nothing is changed, and yet: " + e.getMessage(), e);
		}
	}

	/**
	 * A newer state of an estate, and behind its forecasts what an older one that {@linkplain #state reached far} says: what is near is always fresh, however
	 * long it took to look far. Pure.
	 */
	public static WeaverState over(WeaverState newest, WeaverState far) {
		if (newest.version() == far.version()) {
			return far;
		}
		return newest.withForecasts(newest.series(), over(newest, far, Shadow.Kind.UNATTENDED), over(newest, far, Shadow.Kind.PLANNED), alerts(newest, far.alerts()));
	}

	private static Shadow over(WeaverState newest, WeaverState far, Shadow.Kind kind) {
		Shadow near = newest.shadow(kind);
		Map<SeriesId, Bands> projected = new HashMap<>(near.projected());
		far.shadow(kind).projected().forEach((id, bands) -> projected.computeIfPresent(id, (known, own) -> ForecastBook.join(own, FARTHEST, bands)));
		for (int slot = 0; slot < far.series().size(); slot++) {
			SeriesId id = far.series().id(slot);
			Optional<Bands> beyond = far.series().forecast(slot).flatMap(Forecast::bands).filter(bands -> isFar(newest.time(), bands.end()));
			// what belongs to no group is not projected: its forecast stands for it
			if (!id.isGroup() && beyond.isPresent() && !projected.containsKey(id)) {
				near.bands(id, newest.series()).ifPresent(own -> projected.put(id, ForecastBook.join(own, FARTHEST, beyond.get())));
			}
		}
		return new Shadow(kind, near.origin(), projected, near.groups());
	}

	/** Those of the estate, and those that are seen only farther ahead. */
	private static List<Alert> alerts(WeaverState state, List<Alert> seen) {
		List<Alert> alerts = new ArrayList<>(state.alerts());
		for (Alert far : seen) {
			boolean known = state.alerts().stream().anyMatch(alert -> alert.isActive() && alert.subject().equals(far.subject()) && alert.metric().equals(far.metric()));
			if (!known && isFar(state.time(), far.breachAt())) {
				alerts.add(far);
			}
		}
		return alerts;
	}

	/** The demand of groups, and what belongs to no group. */
	private static Set<SeriesId> wanted(WeaverState state) {
		Topology topology = state.topology();
		Set<String> alone = new HashSet<>();
		for (Resource resource : topology.resources().values()) {
			if (topology.groupOf(resource.id()).isEmpty()) {
				alone.add(resource.id());
			}
		}
		Set<SeriesId> wanted = new LinkedHashSet<>();
		for (boolean groups : new boolean[] { true, false }) {
			for (int slot = 0; slot < state.series().size() && wanted.size() < MOST; slot++) {
				SeriesId id = state.series().id(slot);
				if (id.isGroup() == groups && (groups || alone.contains(id.subject())) && state.series().forecast(slot).flatMap(Forecast::bands).isPresent()) {
					wanted.add(id);
				}
			}
		}
		return wanted;
	}

	private WeaverState with(WeaverState state, Instant until) {
		boolean whole = isWhole(state.topology());
		SeriesPages near = state.series();
		// an index of its own: the engine's grows on the engine's thread alone
		SeriesPages.Builder pages = SeriesPages.empty(new SeriesIndex()).next();
		for (int slot = 0; slot < near.size(); slot++) {
			int own = pages.slot(near.id(slot));
			pages.value(own, near.time(slot), near.value(slot));
			Optional<Bands> far = Optional.ofNullable(kept.get(near.id(slot)));
			near.forecast(slot).ifPresent(forecast -> pages.forecast(own, far.map(bands -> ForecastBook.join(forecast, FARTHEST, whole ? bands : around(bands, until))).orElse(forecast)));
		}
		return state.withForecasts(pages.build(), state.unattended(), state.planned(), state.alerts());
	}

	/** The leads on both sides of a moment. */
	private static Bands around(Bands bands, Instant until) {
		int right = 0;
		while (right < bands.leads() - 1 && bands.time(right).isBefore(until)) {
			right++;
		}
		int left = Math.max(0, right - 1);
		long[] leads = new long[right - left + 1];
		float[] values = new float[leads.length * Levels.COUNT];
		for (int lead = left; lead <= right; lead++) {
			leads[lead - left] = bands.leadMillis(lead);
			for (int level = 0; level < Levels.COUNT; level++) {
				values[(lead - left) * Levels.COUNT + level] = (float) bands.value(lead, level);
			}
		}
		return new Bands(bands.origin(), leads, values);
	}
}
