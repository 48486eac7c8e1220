// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Spending;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.server.Estates;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/**
 * What Prometheus scrapes. A forecast stands under the time of the scrape, its horizon as a label: Prometheus refuses samples that are
 * stamped more than ten minutes ahead.
 */
@Hidden
@Path("/metrics")
public final class MetricsResource {
	/** Seconds ahead. The set is small and fixed, since each is a series in Prometheus. */
	static final List<Long> HORIZONS = List.of(300L, 900L, 3600L, 21_600L, 86_400L);
	/** As the label {@code level}: a label quantile is for summaries. */
	static final List<Double> QUANTILES = List.of(.1, .5, .9);

	private static final List<Family> FAMILIES = List.of(
			new Family("shadowweaver_estate_time_seconds", "The estate's time of its last tick, in seconds of the epoch",
					(text, name, state) -> text.sample(state.time().toEpochMilli() / 1e3, GaugeText.head(name, "estate", state.estate()))),
			new Family("shadowweaver_kill_switch", "1 while all new calls to providers are stopped", (text, name, state) -> text.sample(state.killSwitch() ? 1. : 0, GaugeText.head(name, "estate", state.estate()))),
			new Family("shadowweaver_value", "The newest value of a series, in its base unit", MetricsResource::values),
			new Family("shadowweaver_forecast_value", "What is forecast, at a horizon in seconds and a quantile (its level), in the base unit of the series", MetricsResource::forecasts),
			new Family("shadowweaver_forecast_skill", "1 - error / error of seasonal naive, on windows held out", (text, name, state) -> quality(text, name, state, Forecast::skill)),
			new Family("shadowweaver_forecast_coverage", "Share of past values inside the 80 % band", (text, name, state) -> quality(text, name, state, Forecast::coverage)),
			new Family("shadowweaver_breach_seconds", "Seconds until a threshold is predicted to be passed; 0 when it is", MetricsResource::breaches),
			new Family("shadowweaver_plans", "Plans by state, those closed lately included", MetricsResource::plans),
			new Family("shadowweaver_cost_per_hour", "What machines that were made cost an hour", MetricsResource::cost));

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public MetricsResource(Estates estates) {
		this.estates = estates;
	}

	/** All open estates, in the text format of Prometheus, or that of OpenMetrics where it is asked for. */
	@GET
	public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
		boolean open = accept != null && accept.contains("application/openmetrics-text");
		List<WeaverState> states = estates.states();
		StreamingOutput page = out -> {
			GaugeText text = new GaugeText(out);
			for (Family family : FAMILIES) {
				text.family(family.name(), family.help());
				for (WeaverState state : states) {
					family.samples().write(text, family.name(), state);
				}
			}
			if (open) {
				text.line("# EOF");
			}
			text.flush();
		};
		return Response.ok(page).header(HttpHeaders.CONTENT_TYPE, open ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8").build();
	}

	/** What stands under one name. */
	private record Family(String name, String help, Samples samples) {
	}

	/** Writes the samples of one name. */
	private interface Samples {
		void write(GaugeText text, String name, WeaverState state) throws IOException;
	}

	private static void values(GaugeText text, String name, WeaverState state) throws IOException {
		SeriesPages series = state.series();
		byte[] first = GaugeText.first(name, "estate", state.estate());
		for (int slot = 0; slot < series.size(); slot++) {
			double value = series.value(slot);
			if (!Double.isNaN(value)) {
				SeriesId id = series.id(slot);
				text.sample(value, first, GaugeText.last("metric", id.metric(), "subject", id.subject()));
			}
		}
	}

	private static void forecasts(GaugeText text, String name, WeaverState state) throws IOException {
		Instant[] times = HORIZONS.stream().map(state.time()::plusSeconds).toArray(Instant[]::new);
		byte[][] first = HORIZONS.stream().flatMap(horizon -> QUANTILES.stream()
				.map(quantile -> GaugeText.first(name, "estate", state.estate(), "horizon", Long.toString(horizon), "level", Double.toString(quantile)))).toArray(byte[][]::new);
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			Forecast forecast = series.forecast(slot).filter(Forecast::isPresent).orElse(null);
			if (forecast == null) {
				continue;
			}
			Bands bands = forecast.bands().orElseThrow();
			SeriesId id = series.id(slot);
			byte[] last = GaugeText.last("metric", id.metric(), "model", forecast.model(), "subject", id.subject());
			for (int i = 0; i < first.length; i++) {
				double value = bands.at(times[i / QUANTILES.size()], QUANTILES.get(i % QUANTILES.size()));
				if (!Double.isNaN(value)) {
					// the ends between which it lies are floats
					text.sample((float) value, first[i], last);
				}
			}
		}
	}

	private static void quality(GaugeText text, String name, WeaverState state, ToDoubleFunction<Forecast> figure) throws IOException {
		byte[] first = GaugeText.first(name, "estate", state.estate());
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			double value = series.forecast(slot).filter(Forecast::isPresent).map(figure::applyAsDouble).orElse(Double.NaN);
			if (!Double.isNaN(value)) {
				SeriesId id = series.id(slot);
				text.sample(value, first, GaugeText.last("metric", id.metric(), "subject", id.subject()));
			}
		}
	}

	private static void breaches(GaugeText text, String name, WeaverState state) throws IOException {
		for (Alert alert : state.alerts()) {
			if (alert.isActive()) {
				text.sample((double) Math.max(0, Duration.between(state.time(), alert.breachAt()).toSeconds()), GaugeText.head(name, "estate", state.estate(), "metric", alert.metric(), "rule", alert.rule(),
						"severity", lower(alert.severity()), "state", lower(alert.state()), "subject", alert.subject()));
			}
		}
	}

	private static void plans(GaugeText text, String name, WeaverState state) throws IOException {
		for (Plan.State one : Plan.State.values()) {
			text.sample((double) state.plans().stream().filter(plan -> plan.state() == one).count(), GaugeText.head(name, "estate", state.estate(), "state", lower(one)));
		}
	}

	private static void cost(GaugeText text, String name, WeaverState state) throws IOException {
		for (Spending spending : state.report().spending()) {
			text.sample(spending.perHour(), GaugeText.head(name, "currency", spending.currency(), "estate", state.estate()));
		}
	}

	private static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}
}
