// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.shadowweaver.api.alert.Alert;
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

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public MetricsResource(Estates estates) {
		this.estates = estates;
	}

	/** All open estates, in the text format of Prometheus, or that of OpenMetrics where it is asked for. */
	@GET
	public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
		Gauges gauges = new Gauges();
		estates.states().forEach(state -> add(gauges, state));
		ExpositionFormatWriter writer = accept != null && accept.contains("application/openmetrics-text") ? new OpenMetricsTextFormatWriter(false, true) : PrometheusTextFormatWriter.create();
		MetricSnapshots snapshots = gauges.snapshots();
		// of many series the text is large: it is not kept whole
		StreamingOutput text = out -> writer.write(out, snapshots);
		return Response.ok(text).header(HttpHeaders.CONTENT_TYPE, writer.getContentType()).build();
	}

	private static void add(Gauges gauges, WeaverState state) {
		String estate = state.estate();
		gauges.add("shadowweaver_estate_time_seconds", "The estate's time of its last tick, in seconds of the epoch", state.time().toEpochMilli() / 1e3, Labels.of("estate", estate));
		gauges.add("shadowweaver_kill_switch", "1 while all new calls to providers are stopped", state.killSwitch() ? 1 : 0, Labels.of("estate", estate));
		series(gauges, state);
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

	/**
	 * A series.
	 *
	 * @param forecast the present one; {@code null} for none
	 */
	private record Known(SeriesId id, double value, Forecast forecast, Labels labels) {
		String model() {
			return forecast.model();
		}
	}

	/** In the order of their labels, by which the library sorts all points: that is quick where they are in order. */
	private static void series(Gauges gauges, WeaverState state) {
		SeriesPages series = state.series();
		List<Known> all = new ArrayList<>(series.size());
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			Labels labels = Labels.of("estate", state.estate(), "subject", id.subject(), "metric", id.metric());
			all.add(new Known(id, series.value(slot), series.forecast(slot).filter(Forecast::isPresent).orElse(null), labels));
		}
		all.sort(Comparator.comparing((Known one) -> one.id().metric()).thenComparing(one -> one.id().subject()));
		Gauge values = gauges.of("shadowweaver_value", "The newest value of a series, in its base unit");
		Gauge skills = gauges.of("shadowweaver_forecast_skill", "1 - error / error of seasonal naive, on windows held out");
		Gauge coverages = gauges.of("shadowweaver_forecast_coverage", "Share of past values inside the 80 % band");
		for (Known one : all) {
			values.addKnown(one.value(), one.labels());
			if (one.forecast() != null) {
				skills.addKnown(one.forecast().skill(), one.labels());
				coverages.addKnown(one.forecast().coverage(), one.labels());
			}
		}
		List<Known> forecast = all.stream().filter(one -> one.forecast() != null).map(one -> new Known(one.id(), one.value(), one.forecast(), one.labels().add("model", one.model())))
				.sorted(Comparator.comparing((Known one) -> one.id().metric()).thenComparing(Known::model)).toList();
		forecasts(gauges.of("shadowweaver_forecast_value", "What is forecast, at a horizon in seconds and a quantile (its level), in the base unit of the series"), state.time(), forecast);
	}

	private static void forecasts(Gauge gauge, Instant now, List<Known> all) {
		for (String horizon : HORIZONS.stream().map(Object::toString).sorted().toList()) {
			Instant time = now.plusSeconds(Long.parseLong(horizon));
			for (double quantile : QUANTILES) {
				Labels common = Labels.of("horizon", horizon, "level", Double.toString(quantile));
				for (Known one : all) {
					gauge.addKnown(one.forecast().bands().orElseThrow().at(time, quantile), one.labels().merge(common));
				}
			}
		}
	}

	private static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** Points of one name. */
	private record Gauge(MetricMetadata about, List<GaugeDataPointSnapshot> points) {
		void add(double value, Labels labels) {
			points.add(new GaugeDataPointSnapshot(value, labels, null));
		}

		/** Nothing where there is no value. */
		void addKnown(double value, Labels labels) {
			if (!Double.isNaN(value)) {
				add(value, labels);
			}
		}
	}

	/** Gauges by name, in the order in which names came. */
	private static final class Gauges {
		private final Map<String, Gauge> all = new LinkedHashMap<>();

		Gauge of(String name, String about) {
			return all.computeIfAbsent(name, key -> new Gauge(new MetricMetadata(key, about), new ArrayList<>()));
		}

		void add(String name, String about, double value, Labels labels) {
			of(name, about).add(value, labels);
		}

		MetricSnapshots snapshots() {
			return new MetricSnapshots(all.values().stream().filter(gauge -> !gauge.points().isEmpty()).<MetricSnapshot>map(gauge -> new GaugeSnapshot(gauge.about(), gauge.points())).toList());
		}
	}
}
