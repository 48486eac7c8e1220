// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.autoscaling.DemandException;
import io.shadowweaver.server.autoscaling.DemandReader;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.DefaultValue;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** Series: their past, and what is forecast of them. A subject is a resource, or a group behind {@code group:}. */
@Path("/api/v1/estates/{estate}/series")
@Produces("application/json")
public final class ForecastsResource {
	private static final int MOST_VALUES = 20_000;

	private final Estates estates;
	private final DemandReader demand;

	/** Over the open estates. */
	@Inject
	public ForecastsResource(Estates estates, DemandReader demand) {
		this.estates = estates;
		this.demand = demand;
	}

	/**
	 * A series in short.
	 *
	 * @param subject     a resource, or a group behind {@code group:}
	 * @param metric      the metric
	 * @param value       the newest value in the base unit
	 * @param time        of that value
	 * @param isForecast  whether there is a forecast
	 */
	public record SeriesView(String subject, String metric, Double value, Instant time, boolean isForecast) {
	}

	/**
	 * A forecast.
	 *
	 * @param subject  a resource, or a group behind {@code group:}
	 * @param metric   the metric; values are in its base unit
	 * @param issuedAt when it was made
	 * @param model    by which model, or combination
	 * @param version  changes when the model was trained anew
	 * @param skill    1 − error ÷ that of seasonal naive; absent while not measured
	 * @param coverage measured share of past values inside the 80 % band; absent while not measured
	 * @param levels   the quantile levels of each point, in order
	 * @param points   by time
	 * @param reason   why there is no forecast; empty when there is one
	 * @param readyAt  when there will be one, where that is known
	 */
	public record ForecastView(String subject, String metric, Instant issuedAt, String model, String version, Double skill, Double coverage, List<Double> levels, List<Point> points,
			String reason, Optional<Instant> readyAt) {
	}

	/**
	 * A point of a forecast.
	 *
	 * @param time      when
	 * @param quantiles one a level
	 */
	public record Point(Instant time, List<Double> quantiles) {
	}

	/**
	 * One value of a forecast, flat, as the metrics-api scaler of KEDA reads it.
	 *
	 * @param value    in the base unit; absent where there is no forecast, or only one of old data
	 * @param time     at which it is expected
	 * @param quantile of which it is
	 * @param reason   why there is none; empty when there is one
	 */
	public record PointValue(Double value, Instant time, double quantile, String reason) {
	}

	/**
	 * Values of the past.
	 *
	 * @param start  of the first
	 * @param step   from one to the next
	 * @param values in the base unit; {@code null} is a gap
	 * @param reason why there are none; empty when there are
	 */
	public record HistoryView(Instant start, Duration step, List<Double> values, String reason) {
	}

	/** All series of an estate, a page at a time, ordered by subject and metric. */
	@GET
	@Example(answer = """
			{ "items": [{ "subject": "group:web", "metric": "requests", "value": 150.0, "time": "2026-03-02T10:05:00Z", "isForecast": true }], "next": "group:web/requests" }""")
	@Operation(operationId = "listSeries", summary = "Series with their newest values", tags = "series")
	public Page<SeriesView> list(@PathParam("estate") String estate, @QueryParam("subject") String subject, @QueryParam("metric") String metric, @QueryParam("after") String after,
			@QueryParam("limit") @DefaultValue("200") int limit) {
		SeriesPages series = estates.get(estate).state().series();
		List<SeriesView> found = new ArrayList<>();
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			if ((subject == null || subject.equals(id.subject())) && (metric == null || metric.equals(id.metric()))) {
				boolean none = Double.isNaN(series.value(slot));
				found.add(new SeriesView(id.subject(), id.metric(), series.value(slot), none ? null : Instant.ofEpochMilli(series.time(slot)), series.forecast(slot).filter(Forecast::isPresent).isPresent()));
			}
		}
		found.sort(java.util.Comparator.comparing(ForecastsResource::key));
		return Page.of(found, ForecastsResource::key, after, limit);
	}

	private static String key(SeriesView view) {
		return view.subject() + "/" + view.metric();
	}

	/** The newest forecast, at the leads that are kept for every series. */
	@GET
	@Path("{subject}/{metric}/forecast")
	@Example(answer = """
			{ "subject": "group:web", "metric": "requests", "issuedAt": "2026-03-02T10:05:00Z", "model": "ets", "version": "2026-03-02T00:00:00Z", "skill": 0.41, "coverage": 0.81,
				"levels": [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99],
				"points": [{ "time": "2026-03-02T10:10:00Z", "quantiles": [85.1, 88.4, 92.9, 101.2, 128.3, 150.0, 171.7, 198.8, 207.1, 211.6, 214.9] }], "readyAt": null, "reason": "" }""")
	@Operation(operationId = "getForecast", summary = "The newest forecast with its quantiles, model, skill and coverage, or why there is none", tags = "forecasts")
	public ForecastView forecast(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric) {
		SeriesId id = known(estates.get(estate).state(), subject, metric);
		Forecast forecast = estates.get(estate).state().series().forecast(id)
				.orElseGet(() -> Forecast.absent(id, estates.get(estate).state().time(), "It is not forecast.", Optional.empty()));
		List<Point> points = forecast.bands().map(ForecastsResource::points).orElse(List.of());
		return new ForecastView(subject, metric, forecast.issuedAt(), forecast.model(), forecast.modelVersion(), finite(forecast.skill()), finite(forecast.coverage()),
				Arrays.stream(Levels.all()).boxed().toList(), points, forecast.reason(), forecast.readyAt());
	}

	/** One quantile of one moment. */
	@GET
	@Path("{subject}/{metric}/forecast/point")
	@Example(answer = """
			{ "value": 198.8, "time": "2026-03-02T10:15:00Z", "quantile": 0.9, "reason": "" }""")
	@Operation(operationId = "getForecastPoint", summary = "One quantile at one moment, flat", tags = "forecasts")
	public PointValue point(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, @QueryParam("lookAhead") @DefaultValue("PT10M") String lookAhead,
			@QueryParam("quantile") @DefaultValue("0.5") double quantile) {
		WeaverState state = estates.get(estate).state();
		SeriesId id = known(state, subject, metric);
		if (!(quantile > 0 && quantile < 1)) {
			throw Problem.exception(400, "quantile must be between 0 and 1: " + quantile);
		}
		Instant time = Moments.at(lookAhead, state);
		try {
			return new PointValue(demand.read(estates.get(estate), id, time, quantile).value(), time, quantile, "");
		} catch (DemandException e) {
			return new PointValue(null, time, quantile, e.getMessage());
		}
	}

	/** Values of the past. */
	@GET
	@Path("{subject}/{metric}/history")
	@Example(answer = """
			{ "start": "2026-03-02T10:00:00Z", "step": "PT1M", "values": [148.0, 151.5, 149.2, 150.8, 150.0], "reason": "" }""")
	@Operation(operationId = "getHistory", summary = "Values of the past, as means over a step", tags = "series")
	public HistoryView history(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, @QueryParam("from") String from, @QueryParam("to") String to,
			@QueryParam("step") String step) {
		Weaver weaver = estates.get(estate);
		WeaverState state = weaver.state();
		SeriesId id = known(state, subject, metric);
		Instant end = Moments.at(to, state);
		Instant start = from == null ? end.minus(Duration.ofHours(1)) : Moments.at(from, state);
		Duration wanted = step == null ? state.step() : duration(step);
		if (!start.isBefore(end) || wanted.isZero() || wanted.isNegative()) {
			throw Problem.exception(400, "from must be before to, and step positive.");
		}
		if (Duration.between(start, end).dividedBy(wanted) > MOST_VALUES) {
			throw Problem.exception(400, "At most " + MOST_VALUES + " values are sent at once: ask for a longer step or a shorter span.");
		}
		Series series = weaver.history(id, start, end, wanted);
		return new HistoryView(series.start(), series.step(), Arrays.stream(series.values()).mapToObj(ForecastsResource::finite).toList(), series.length() == 0 ? series.cause() : "");
	}

	private static Duration duration(String text) {
		try {
			return Duration.parse(text);
		} catch (java.time.DateTimeException e) {
			throw Problem.exception(400, "step: '" + text + "' is no ISO duration such as PT5M.");
		}
	}

	private static SeriesId known(WeaverState state, String subject, String metric) {
		SeriesId id = new SeriesId(subject, metric);
		if (state.series().slot(id) < 0) {
			throw Problem.exception(404, "The estate " + state.estate() + " has no series " + subject + "/" + metric + ".");
		}
		return id;
	}

	private static List<Point> points(Bands bands) {
		List<Point> points = new ArrayList<>();
		for (int lead = 0; lead < bands.leads(); lead++) {
			List<Double> quantiles = new ArrayList<>();
			for (int level = 0; level < Levels.COUNT; level++) {
				quantiles.add(bands.value(lead, level));
			}
			points.add(new Point(bands.time(lead), quantiles));
		}
		return points;
	}

	private static Double finite(double value) {
		return Double.isFinite(value) ? value : null;
	}
}
