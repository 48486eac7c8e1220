// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.FarView;
import io.shadowweaver.engine.search.Query;
import io.shadowweaver.engine.search.QueryException;
import io.shadowweaver.kit.state.StateWriter;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** What an estate consists of, with its values now and in either shadow at any moment of the horizon. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class TopologyResource {
	private static final double LOW = .1;
	private static final double MEDIAN = .5;
	private static final double HIGH = .9;

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public TopologyResource(Estates estates) {
		this.estates = estates;
	}

	/** Which picture of the estate. */
	public enum View {
		/** As it is, without forecasts. */
		live,
		/** As it is expected to be if nobody acts. */
		unattended,
		/** As it is expected to be with what is called and building. */
		planned
	}

	/**
	 * A metric of a resource.
	 *
	 * @param value  the newest value, in the base unit; a ratio for utilisations
	 * @param time   of that value
	 * @param median expected at the moment that was asked for; absent in the live view, and where there is no forecast
	 * @param low    the lower end of its 80 % band
	 * @param high   the upper end
	 */
	public record MetricValue(Double value, Instant time, Double median, Double low, Double high) {
	}

	/**
	 * A resource.
	 *
	 * @param id           unique in the estate
	 * @param kind         what it is
	 * @param name         what the operator reads
	 * @param parent       on what it runs; empty for none
	 * @param group        the scaling group that it is a member of; empty for none
	 * @param labels       facts by key
	 * @param capacity     by metric, what 'full' is in base units
	 * @param lifecycle    where it is between wish and end
	 * @param construction how far it has come, while it is coming
	 * @param price        of an hour, where that is known
	 * @param metrics      by metric
	 */
	public record ResourceView(String id, String kind, String name, String parent, String group, Map<String, String> labels, Map<String, Double> capacity,
			Lifecycle lifecycle, Optional<Construction> construction, Optional<Price> price, Map<String, MetricValue> metrics) {
	}

	/** Resources, a page at a time. */
	@GET
	@Path("resources")
	@Example(answer = """
			{ "items": [{ "id": "web-1", "kind": "vm", "name": "web-1", "parent": "", "group": "web", "labels": { "tier": "web" }, "capacity": { "requests": 100.0 }, "lifecycle": "LIVE",
				"construction": null, "price": null, "metrics": { "requests": { "value": 50.0, "time": "2026-03-02T10:05:00Z", "median": 61.5, "low": 48.2, "high": 83.1 } } }], "next": "web-1" }""")
	@Operation(operationId = "listResources", summary = "Resources with their values, live or in a shadow at a moment", tags = "topology")
	public Page<ResourceView> resources(@PathParam("estate") String estate, @QueryParam("view") @DefaultValue("live") View view,
			@Parameter(description = "ISO instant, or a duration after now such as PT2H; now where it is left out") @QueryParam("at") String at, @QueryParam("kind") String kind,
			@QueryParam("group") String group,
			@Parameter(description = "What is looked for, as in the box of the twin (docs/search.md): kind:vm region:eu cpu>80% @+2h, with + written as %2B. What is predicted is the median of the shadow of 'view', unattended in the live view, where a term names no other quantile") @QueryParam("q") String query,
			@QueryParam("after") String after, @QueryParam("limit") @DefaultValue("200") int limit) {
		WeaverState newest = estates.get(estate).state();
		Instant time = moment(newest, view, at);
		WeaverState state = reaching(newest, view, time);
		Optional<Set<String>> matching = matching(state, view, query);
		List<Resource> found = state.topology().resources().values().stream().filter(resource -> kind == null || kind.equals(resource.kind()))
				.filter(resource -> group == null || state.topology().groupOf(resource.id()).filter(group::equals).isPresent())
				.filter(resource -> matching.isEmpty() || matching.get().contains(resource.id()))
				.sorted(Comparator.comparing(Resource::id)).toList();
		Page<Resource> page = Page.of(found, Resource::id, after, limit);
		return new Page<>(page.items().stream().map(resource -> view(state, resource, view, time)).toList(), page.next());
	}

	/** One resource. */
	@GET
	@Path("resources/{resource}")
	@Example(answer = """
			{ "id": "web-1", "kind": "vm", "name": "web-1", "parent": "", "group": "web", "labels": { "tier": "web" }, "capacity": { "requests": 100.0 }, "lifecycle": "LIVE",
				"construction": null, "price": null, "metrics": { "requests": { "value": 50.0, "time": "2026-03-02T10:05:00Z", "median": 61.5, "low": 48.2, "high": 83.1 } } }""")
	@Operation(operationId = "getResource", summary = "One resource with its values, live or in a shadow at a moment", tags = "topology")
	public ResourceView resource(@PathParam("estate") String estate, @PathParam("resource") String id, @QueryParam("view") @DefaultValue("live") View view,
			@QueryParam("at") String at) {
		WeaverState newest = estates.get(estate).state();
		Resource resource = newest.topology().resource(id).orElseThrow(() -> Problem.exception(404, "The estate " + estate + " has no resource '" + id + "'."));
		Instant time = moment(newest, view, at);
		return view(reaching(newest, view, time), resource, view, time);
	}

	/** All of an estate. */
	@GET
	@Path("state")
	@Operation(operationId = "getState", summary = "All of an estate with forecasts that reach to a moment, farther than those of every tick", tags = "topology",
			responses = @ApiResponse(responseCode = "200", description = "The state, as the first event of a stream with detail=whole has it", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String state(@PathParam("estate") String estate,
			@Parameter(description = "ISO instant, or a duration after now such as P30D, at most 90 days ahead") @QueryParam("until") @DefaultValue("P1D") String until) {
		WeaverState newest = estates.get(estate).state();
		WeaverState reaching = reaching(newest, View.unattended, moment(newest, View.unattended, until));
		return StateWriter.between(WeaverState.initial(reaching.estate(), reaching.name(), reaching.time(), reaching.step()), reaching);
	}

	/** The state in which a moment is seen: where forecasts of every tick do not reach, one whose forecasts do. */
	private WeaverState reaching(WeaverState newest, View view, Instant time) {
		if (view == View.live || !FarView.isFar(newest.time(), time)) {
			return newest;
		}
		try {
			return estates.get(newest.estate()).far().state(time);
		} catch (IllegalStateException e) {
			throw Problem.exception(503, e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw Problem.exception(503, "The server is stopping.");
		}
	}

	/** Links between resources and groups. */
	@GET
	@Path("links")
	@Operation(operationId = "listLinks", summary = "Who calls, feeds or replicates whom", tags = "topology")
	public List<Link> links(@PathParam("estate") String estate) {
		return estates.get(estate).state().topology().links().stream().sorted(Comparator.comparing(Link::from).thenComparing(Link::to)).toList();
	}

	/** Scaling groups, and how many members they have and need over time. */
	@GET
	@Path("groups")
	@Operation(operationId = "listGroups", summary = "Scaling groups, and how many members they have and need over time in both shadows", tags = "topology")
	public List<GroupView> groups(@PathParam("estate") String estate) {
		WeaverState state = estates.get(estate).state();
		return state.topology().groups().values().stream().sorted(Comparator.comparing(ScalingGroup::id)).map(group -> new GroupView(group,
				state.mode(group.id()).name().toLowerCase(java.util.Locale.ROOT), Optional.ofNullable(state.unattended().groups().get(group.id())), Optional.ofNullable(state.planned().groups().get(group.id())))).toList();
	}

	/**
	 * A scaling group.
	 *
	 * @param group      its definition
	 * @param mode       how far automation may go
	 * @param unattended members it has and needs if nobody acts; absent without a forecast
	 * @param planned    with what is called and building
	 */
	public record GroupView(ScalingGroup group, String mode, Optional<GroupOutlook> unattended, Optional<GroupOutlook> planned) {
	}

	/** Ids of the resources that a query finds; empty where there is none. */
	private static Optional<Set<String>> matching(WeaverState state, View view, String query) {
		if (query == null || query.isBlank()) {
			return Optional.empty();
		}
		try {
			return Optional.of(Query.parse(query).checked(state).matches(state, new Query.Prediction(kind(view), MEDIAN)));
		} catch (QueryException e) {
			throw Problem.exception(400, "q: at " + (e.position() + 1) + " of '" + query + "': " + e.getMessage() + ".");
		}
	}

	private static Instant moment(WeaverState state, View view, String at) {
		Instant time = Moments.at(at, state);
		if (view == View.live && at != null) {
			throw Problem.exception(400, "The live view is of now alone: leave 'at' out, or ask for view=unattended or view=planned.");
		}
		if (time.isBefore(state.time())) {
			throw Problem.exception(400, "A shadow begins now, at " + state.time() + ": " + time + " is before that.");
		}
		if (time.isAfter(state.time().plus(FarView.FARTHEST))) {
			throw Problem.exception(400, "Nothing is forecast farther than " + FarView.FARTHEST.toDays() + " days ahead: " + time + " is.");
		}
		return time;
	}

	private static ResourceView view(WeaverState state, Resource resource, View view, Instant time) {
		SeriesPages series = state.series();
		Map<String, MetricValue> metrics = new TreeMap<>();
		for (String metric : state.metrics().keySet()) {
			SeriesId id = new SeriesId(resource.id(), metric);
			int slot = series.slot(id);
			if (slot >= 0) {
				double value = series.value(slot);
				metrics.put(metric, expected(state, id, view, time, value, Double.isNaN(value) ? null : Instant.ofEpochMilli(series.time(slot))));
			}
		}
		if (view != View.live) {
			// what is not there yet has no series, but a share
			state.metrics().keySet().stream().map(metric -> new SeriesId(resource.id(), metric)).filter(id -> !metrics.containsKey(id.metric()) && shadow(state, view).projected().containsKey(id))
					.forEach(id -> metrics.put(id.metric(), expected(state, id, view, time, Double.NaN, null)));
		}
		return new ResourceView(resource.id(), resource.kind(), resource.name(), resource.parent(), state.topology().groupOf(resource.id()).orElse(""), new TreeMap<>(resource.labels()),
				new TreeMap<>(resource.capacity()), resource.lifecycle(), resource.construction(), Optional.ofNullable(state.report().prices().get(resource.id())), metrics);
	}

	private static Shadow shadow(WeaverState state, View view) {
		return state.shadow(kind(view));
	}

	private static Shadow.Kind kind(View view) {
		return view == View.planned ? Shadow.Kind.PLANNED : Shadow.Kind.UNATTENDED;
	}

	private static MetricValue expected(WeaverState state, SeriesId id, View view, Instant time, double value, Instant valueTime) {
		Optional<Bands> bands = view == View.live ? Optional.empty() : shadow(state, view).bands(id, state.series());
		return new MetricValue(value, valueTime, bands.map(one -> one.at(time, MEDIAN)).orElse(null), bands.map(one -> one.at(time, LOW)).orElse(null), bands.map(one -> one.at(time, HIGH)).orElse(null));
	}
}
