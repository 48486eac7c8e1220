// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.platform.ShadowPlatform;

/** An estate of the embedded engine. */
final class WeaverHandle implements EstateHandle {
	private final ShadowPlatform platform;
	private final Weaver weaver;

	WeaverHandle(ShadowPlatform platform, Weaver weaver) {
		this.platform = platform;
		this.weaver = weaver;
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
	public List<String> quality(SeriesId id) {
		return weaver.quality(id).map(WeaverHandle::lines).orElse(List.of());
	}

	private static List<String> lines(Quality quality) {
		List<String> lines = new ArrayList<>();
		lines.add(quality.model().isEmpty() ? "No model yet." : "Model " + quality.model() + ", trained on " + quality.samples() + " samples.");
		lines.add(quality.why());
		if (!quality.seasons().isEmpty()) {
			lines.add("Seasons: " + String.join(", ", quality.seasons().stream().map(Formats::span).toList()) + ".");
		}
		for (Quality.LeadQuality lead : quality.leads()) {
			lines.add(Formats.span(lead.lead()) + " ahead: skill " + Formats.percent(lead.skill()) + ", 80 % band covers "
					+ Formats.percent(lead.coverage()) + ", error " + Formats.percent(lead.wape()) + ", " + lead.scored() + " scored.");
		}
		for (Quality.Score score : quality.candidates()) {
			lines.add("Tried " + score.model() + ": "
					+ (score.note().isEmpty() ? Formats.percent(score.relative()) + " of the error of seasonal naive" : score.note()) + ".");
		}
		return lines.stream().filter(line -> !line.isBlank()).toList();
	}

	@Override
	public void acknowledge(String alert, String person) {
		weaver.acknowledge(alert, person);
	}

	@Override
	public void approve(String plan, String person) {
		weaver.approve(plan, person);
	}

	@Override
	public void reject(String plan, String person) {
		weaver.reject(plan, person);
	}

	@Override
	public void cancel(String token, String person) {
		weaver.cancel(token, person);
	}

	@Override
	public void killSwitch(boolean on, String person) {
		weaver.killSwitch(on, person);
	}

	@Override
	public void mode(String group, Mode mode) {
		weaver.mode(group, mode);
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
