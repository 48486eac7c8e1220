// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.server.Estates;
import io.shadowweaver.server.NotOfState;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;

/**
 * The query API of Prometheus over one estate, for Grafana, promtool and scripts. Times behind the newest tick are answered from the
 * forecasts. Its errors have the form that its clients expect, not that of problem documents.
 */
@Hidden
@Path("/api/v1/estates/{estate}/prometheus/api/v1")
@Produces("application/json")
public final class PrometheusResource {
	private static final int MOST_POINTS = 11_000;
	private static final double MOST_SECONDS = 1e11;

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public PrometheusResource(Estates estates) {
		this.estates = estates;
	}

	/** A query at one time, by address. */
	@GET
	@Path("query")
	@NotOfState
	public Response query(@PathParam("estate") String estate, @Context UriInfo uri) {
		return answer(() -> instant(series(estate), uri.getQueryParameters()));
	}

	/** A query at one time, by form. */
	@POST
	@Path("query")
	@Consumes("application/x-www-form-urlencoded")
	@Needs(Scope.READ)
	public Response queryForm(@PathParam("estate") String estate, MultivaluedMap<String, String> form) {
		return answer(() -> instant(series(estate), form));
	}

	/** A query at many times, by address. */
	@GET
	@Path("query_range")
	@NotOfState
	public Response range(@PathParam("estate") String estate, @Context UriInfo uri) {
		return respond(() -> range(series(estate), uri.getQueryParameters()));
	}

	/** A query at many times, by form. */
	@POST
	@Path("query_range")
	@Consumes("application/x-www-form-urlencoded")
	@Needs(Scope.READ)
	public Response rangeForm(@PathParam("estate") String estate, MultivaluedMap<String, String> form) {
		return respond(() -> range(series(estate), form));
	}

	/** Names of labels. */
	@GET
	@Path("labels")
	@NotOfState
	public Response labels(@PathParam("estate") String estate, @Context UriInfo uri) {
		return answer(() -> labels(series(estate), uri.getQueryParameters()));
	}

	/** Names of labels, by form. */
	@POST
	@Path("labels")
	@Consumes("application/x-www-form-urlencoded")
	@Needs(Scope.READ)
	public Response labelsForm(@PathParam("estate") String estate, MultivaluedMap<String, String> form) {
		return answer(() -> labels(series(estate), form));
	}

	/** Values of a label. */
	@GET
	@Path("label/{label}/values")
	@NotOfState
	public Response values(@PathParam("estate") String estate, @PathParam("label") String label, @Context UriInfo uri) {
		return answer(() -> {
			Set<String> values = new TreeSet<>();
			matching(series(estate), uri.getQueryParameters(), false).forEach(key -> {
				if (key.labels().containsKey(label)) {
					values.add(key.labels().get(label));
				}
			});
			return texts(values);
		});
	}

	/** Series by their labels. */
	@GET
	@Path("series")
	@NotOfState
	public Response series(@PathParam("estate") String estate, @Context UriInfo uri) {
		return answer(() -> found(series(estate), uri.getQueryParameters()));
	}

	/** Series by their labels, by form. */
	@POST
	@Path("series")
	@Consumes("application/x-www-form-urlencoded")
	@Needs(Scope.READ)
	public Response seriesForm(@PathParam("estate") String estate, MultivaluedMap<String, String> form) {
		return answer(() -> found(series(estate), form));
	}

	/** What the names mean. */
	@GET
	@Path("metadata")
	@NotOfState
	public Response metadata(@PathParam("estate") String estate) {
		estates.get(estate);
		return answer(() -> {
			ObjectNode all = Answers.object();
			all.putArray(EstateSeries.VALUE).addObject().put("type", "gauge").put("help", "A series in its base unit: measured up to now, the median of its forecast behind it").put("unit", "");
			all.putArray(EstateSeries.FORECAST).addObject().put("type", "gauge").put("help", "A quantile of a forecast, by its level, in the base unit of the series").put("unit", "");
			return all;
		});
	}

	/** Which version is spoken: Grafana chooses by it what to ask. */
	@GET
	@Path("status/buildinfo")
	@NotOfState
	public Response buildInfo(@PathParam("estate") String estate) {
		estates.get(estate);
		return answer(() -> Answers.object().put("version", "2.42.0").put("revision", "").put("branch", "shadowweaver").put("buildUser", "").put("buildDate", "").put("goVersion", ""));
	}

	private EstateSeries series(String estate) {
		return new EstateSeries(estates.get(estate));
	}

	private static Response answer(Supplier<JsonNode> data) {
		return respond(() -> Answers.success(data.get()));
	}

	private static Response respond(Supplier<?> answer) {
		try {
			return Response.ok(answer.get()).build();
		} catch (PromException e) {
			return Response.status(e.status()).entity(Answers.error(e.type(), e.getMessage())).build();
		}
	}

	private static JsonNode instant(EstateSeries series, MultivaluedMap<String, String> parameters) {
		String text = parameters.getFirst("time");
		long time = text == null ? series.now().toEpochMilli() : time("time", text);
		Expr query = Parser.parse(needed(parameters, "query"));
		return Answers.vector(new Evaluator(series, new long[] { time }).evaluate(query), time);
	}

	private static StreamingOutput range(EstateSeries series, MultivaluedMap<String, String> parameters) {
		long start = time("start", needed(parameters, "start"));
		long end = time("end", needed(parameters, "end"));
		long step = step(needed(parameters, "step"));
		if (end < start) {
			throw PromException.bad("end is before start");
		}
		if ((end - start) / step + 1 > MOST_POINTS) {
			throw PromException.bad("at most " + MOST_POINTS + " points are sent a series: take a longer step or a shorter span");
		}
		long[] times = new long[(int) ((end - start) / step) + 1];
		java.util.Arrays.setAll(times, i -> start + i * step);
		return Answers.matrix(new Evaluator(series, times).evaluate(Parser.parse(needed(parameters, "query"))), times);
	}

	private static JsonNode labels(EstateSeries series, MultivaluedMap<String, String> parameters) {
		Set<String> names = new TreeSet<>();
		matching(series, parameters, false).forEach(key -> names.addAll(key.labels().keySet()));
		return texts(names);
	}

	private static JsonNode found(EstateSeries series, MultivaluedMap<String, String> parameters) {
		ArrayNode all = Answers.array();
		matching(series, parameters, true).forEach(key -> all.add(Answers.labels(key.labels())));
		return all;
	}

	private static List<EstateSeries.Key> matching(EstateSeries series, MultivaluedMap<String, String> parameters, boolean needed) {
		List<String> selectors = parameters.getOrDefault("match[]", List.of());
		if (selectors.isEmpty()) {
			if (needed) {
				throw PromException.bad("match[] is needed");
			}
			return series.find(List.of());
		}
		List<EstateSeries.Key> found = new ArrayList<>();
		Set<java.util.SortedMap<String, String>> seen = new java.util.HashSet<>();
		for (String selector : selectors) {
			if (!(Parser.parse(selector) instanceof Expr.Selector one) || !one.range().isZero()) {
				throw PromException.bad("match[] is a selector, such as " + EstateSeries.VALUE + "{metric=\"cpu\"}");
			}
			series.find(one.matchers()).stream().filter(key -> seen.add(key.labels())).forEach(found::add);
		}
		return found;
	}

	private static ArrayNode texts(Set<String> texts) {
		ArrayNode all = Answers.array();
		texts.forEach(all::add);
		return all;
	}

	private static String needed(MultivaluedMap<String, String> parameters, String name) {
		String text = parameters.getFirst(name);
		if (text == null || text.isBlank()) {
			throw PromException.bad(name + " is needed");
		}
		return text;
	}

	/** RFC 3339, or seconds of the epoch. */
	private static long time(String name, String text) {
		try {
			double seconds = text.matches("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
			if (Math.abs(seconds) <= MOST_SECONDS) {
				return Math.round(seconds * 1000);
			}
			// a plus sign in a query is a blank
			Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
			return time.toEpochMilli();
		} catch (DateTimeException | NumberFormatException | ArithmeticException e) {
			throw PromException.bad(name + ": '" + text + "' is no time");
		}
	}

	private static long step(String text) {
		double seconds;
		try {
			seconds = text.matches("[0-9.]+(?:[eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : Lexer.duration(text).toMillis() / 1e3;
		} catch (NumberFormatException e) {
			throw PromException.bad("step: '" + text + "' is no duration");
		}
		if (!(seconds >= .001 && seconds <= MOST_SECONDS)) {
			throw PromException.bad("step must be a millisecond at least");
		}
		return Math.round(seconds * 1000);
	}
}
