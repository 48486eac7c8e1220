// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
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

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public MetricsResource(Estates estates) {
		this.estates = estates;
	}

	/** All open estates, in the text format of Prometheus, or that of OpenMetrics where it is asked for. */
	@GET
	public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) String accept) throws IOException {
		Gauges gauges = new Gauges();
		estates.states().forEach(state -> add(gauges, state));
		ExpositionFormatWriter writer = accept != null && accept.contains("application/openmetrics-text") ? new OpenMetricsTextFormatWriter(false, true) : PrometheusTextFormatWriter.create();
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		writer.write(text, gauges.snapshots());
		return Response.ok(text.toByteArray()).header(HttpHeaders.CONTENT_TYPE, writer.getContentType()).build();
	}

	private static void add(Gauges gauges, WeaverState state) {
		String estate = state.estate();
		gauges.add("shadowweaver_estate_time_seconds", "The estate's time of its last tick, in seconds of the epoch", state.time().toEpochMilli() / 1e3, Labels.of("estate", estate));
		gauges.add("shadowweaver_kill_switch", "1 while all new calls to providers are stopped", state.killSwitch() ? 1 : 0, Labels.of("estate", estate));
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			Labels labels = Labels.of("estate", estate, "subject", id.subject(), "metric", id.metric());
			if (!Double.isNaN(series.value(slot))) {
				gauges.add("shadowweaver_value", "The newest value of a series, in its base unit", series.value(slot), labels);
			}
			series.forecast(slot).filter(Forecast::isPresent).ifPresent(forecast -> forecast(gauges, state, forecast, labels));
		}
		for (Alert alert : state.alerts()) {
			if (alert.isActive()) {
				gauges.add("shadowweaver_breach_seconds", "Seconds until a threshold is predicted to be passed; 0 when it is", Math.max(0, Duration.between(state.time(), alert.breachAt()).toSeconds()),
						Labels.of("estate", estate, "subject", alert.subject(), "metric", alert.metric(), "rule", alert.rule(), "severity", lower(alert.severity()), "state", lower(alert.state())));
			}
		}
		for (Plan.State one : Plan.State.values()) {
			gauges.add("shadowweaver_plans", "Plans by state, those closed lately included", state.plans().stream().filter(plan -> plan.state() == one).count(), Labels.of("estate", estate, "state", lower(one)));
		}
		for (Spending spending : state.report().spending()) {
			gauges.add("shadowweaver_cost_per_hour", "What machines that were made cost an hour", spending.perHour(), Labels.of("estate", estate, "currency", spending.currency()));
		}
	}

	private static void forecast(Gauges gauges, WeaverState state, Forecast forecast, Labels labels) {
		Bands bands = forecast.bands().orElseThrow();
		for (long horizon : HORIZONS) {
			for (double quantile : QUANTILES) {
				double value = bands.at(state.time().plusSeconds(horizon), quantile);
				if (!Double.isNaN(value)) {
					gauges.add("shadowweaver_forecast_value", "What is forecast, at a horizon in seconds and a quantile (its level), in the base unit of the series", value,
							labels.add("horizon", Long.toString(horizon)).add("level", Double.toString(quantile)).add("model", forecast.model()));
				}
			}
		}
		if (!Double.isNaN(forecast.skill())) {
			gauges.add("shadowweaver_forecast_skill", "1 - error / error of seasonal naive, on windows held out", forecast.skill(), labels);
		}
		if (!Double.isNaN(forecast.coverage())) {
			gauges.add("shadowweaver_forecast_coverage", "Share of past values inside the 80 % band", forecast.coverage(), labels);
		}
	}

	private static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** Points by name, in the order in which names came. */
	private static final class Gauges {
		private final Map<String, List<GaugeDataPointSnapshot>> points = new LinkedHashMap<>();
		private final Map<String, String> help = new LinkedHashMap<>();

		void add(String name, String about, double value, Labels labels) {
			help.put(name, about);
			points.computeIfAbsent(name, key -> new ArrayList<>()).add(new GaugeDataPointSnapshot(value, labels, null));
		}

		MetricSnapshots snapshots() {
			MetricSnapshots.Builder all = MetricSnapshots.builder();
			points.forEach((name, one) -> {
				GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help.get(name));
				one.forEach(gauge::dataPoint);
				all.metricSnapshot(gauge.build());
			});
			return all.build();
		}
	}
}
