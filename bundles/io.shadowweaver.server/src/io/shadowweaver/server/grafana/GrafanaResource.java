// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.grafana;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.rest.Moments;
import io.shadowweaver.server.rest.TopologyResource.View;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** What Grafana's node graph and its Infinity data source read without any transformation: arrays of flat objects. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class GrafanaResource {
	private static final double LOW = .1;
	private static final double HIGH = .9;

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public GrafanaResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * A node.
	 *
	 * @param id            of the resource
	 * @param title         its name
	 * @param subTitle      its kind
	 * @param mainStat      the value of the metric, as a person reads it; empty where there is none
	 * @param secondaryStat the 80 % band of a shadow; empty in the live view
	 * @param used          the share that is used, where the metric has a full; the ring of a node
	 * @param free          the rest
	 * @param group         the scaling group that it is a member of
	 * @param lifecycle     where it is between wish and end
	 */
	public record Node(String id, String title, String subTitle, String mainStat, String secondaryStat, @JsonProperty("arc__used") double used, @JsonProperty("arc__free") double free,
			@JsonProperty("detail__group") String group, @JsonProperty("detail__lifecycle") String lifecycle) {
	}

	/**
	 * An edge.
	 *
	 * @param id       unique
	 * @param source   the id of a node
	 * @param target   the id of another
	 * @param mainStat what the one does to the other
	 */
	public record Edge(String id, String source, String target, String mainStat) {
	}

	/**
	 * A point of a forecast.
	 *
	 * @param time   when
	 * @param median the .5 quantile, in the base unit
	 * @param low    the .1 quantile
	 * @param high   the .9 quantile
	 */
	public record ForecastRow(Instant time, double median, double low, double high) {
	}

	/** Nodes. */
	@GET
	@Path("topology/nodes")
	@Example(answer = """
			[{ "id": "web-1", "title": "web-1", "subTitle": "vm", "mainStat": "61 %", "secondaryStat": "83 % at the most", "arc__used": 0.61, "arc__free": 0.39, "detail__group": "web", "detail__lifecycle": "live" }]""")
	@Operation(operationId = "listNodes", summary = "Resources as nodes of Grafana's node graph, live or in a shadow at a moment", tags = "grafana")
	public List<Node> nodes(@PathParam("estate") String estate, @QueryParam("view") @DefaultValue("live") View view, @QueryParam("at") String at, @QueryParam("metric") @DefaultValue("cpu") String metric) {
		WeaverState state = estates.get(estate).state();
		Instant time = Moments.at(at, state);
		return state.topology().resources().values().stream().sorted(Comparator.comparing(Resource::id)).map(resource -> node(state, resource, view, time, metric)).toList();
	}

	private static Node node(WeaverState state, Resource resource, View view, Instant time, String name) {
		SeriesId id = new SeriesId(resource.id(), name);
		Metric metric = state.metrics().get(name);
		Optional<Bands> bands = view == View.live ? Optional.empty() : state.shadow(view == View.planned ? Shadow.Kind.PLANNED : Shadow.Kind.UNATTENDED).bands(id, state.series());
		double value = view == View.live ? state.series().value(id) : bands.map(one -> one.at(time, .5)).orElse(Double.NaN);
		double full = metric == null ? Double.NaN : switch (metric.full()) {
		case ONE -> 1;
		case CAPACITY -> resource.capacity().getOrDefault(name, Double.NaN);
		case NONE -> Double.NaN;
		};
		double used = Double.isFinite(value / full) ? Math.clamp(value / full, 0, 1) : 0;
		String band = bands.map(one -> text(metric, one.at(time, LOW)) + " to " + text(metric, one.at(time, HIGH))).orElse("");
		return new Node(resource.id(), resource.name(), resource.kind(), text(metric, value), band, used, 1 - used, state.topology().groupOf(resource.id()).orElse(""),
				resource.lifecycle().name().toLowerCase(Locale.ROOT));
	}

	private static String text(Metric metric, double value) {
		if (!Double.isFinite(value)) {
			return "";
		}
		boolean ratio = metric != null && metric.unit() == io.shadowweaver.api.metric.Unit.RATIO;
		return ratio ? String.format(Locale.ROOT, "%.0f %%", value * 100) : String.format(Locale.ROOT, "%.4g", value);
	}

	/** Edges. */
	@GET
	@Path("topology/edges")
	@Operation(operationId = "listEdges", summary = "What runs on what, and who calls whom, as edges of Grafana's node graph", tags = "grafana")
	public List<Edge> edges(@PathParam("estate") String estate) {
		WeaverState state = estates.get(estate).state();
		var resources = state.topology().resources();
		List<Edge> edges = new ArrayList<>();
		resources.values().stream().sorted(Comparator.comparing(Resource::id)).filter(resource -> resources.containsKey(resource.parent()))
				.forEach(resource -> edges.add(new Edge(resource.parent() + "/runs/" + resource.id(), resource.parent(), resource.id(), "runs")));
		// a node graph has no nodes for groups
		state.topology().links().stream().sorted(Comparator.comparing(Link::from).thenComparing(Link::to).thenComparing(Link::kind)).filter(link -> resources.containsKey(link.from()) && resources.containsKey(link.to()))
				.forEach(link -> edges.add(new Edge(link.from() + "/" + link.kind() + "/" + link.to(), link.from(), link.to(), link.kind())));
		return edges;
	}

	/** A forecast, flat. */
	@GET
	@Path("forecast-rows/{subject}/{metric}")
	@Example(answer = """
			[{ "time": "2026-03-02T10:10:00Z", "median": 150.0, "low": 101.2, "high": 198.8 }]""")
	@Operation(operationId = "listForecastRows", summary = "The newest forecast as flat rows: time, median and 80 % band; none where there is no forecast", tags = "grafana")
	public List<ForecastRow> rows(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric) {
		WeaverState state = estates.get(estate).state();
		SeriesId id = new SeriesId(subject, metric);
		if (state.series().slot(id) < 0) {
			throw Problem.exception(404, "The estate " + estate + " has no series " + subject + "/" + metric + ".");
		}
		List<ForecastRow> rows = new ArrayList<>();
		state.series().forecast(id).flatMap(Forecast::bands).ifPresent(bands -> {
			for (int lead = 0; lead < bands.leads(); lead++) {
				Instant time = bands.time(lead);
				rows.add(new ForecastRow(time, bands.at(time, .5), bands.at(time, LOW), bands.at(time, HIGH)));
			}
		});
		return rows;
	}
}
