// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * The external metrics of Kubernetes, version v1beta1, with demand that is forecast as their values: for an aggregated API server in a cluster whose
 * external metrics nobody else answers. Labels say whose demand and how far ahead; without any, all groups of all estates are told.
 */
@Path("/apis")
@Produces("application/json")
public final class ExternalMetricsResource {
	private static final String GROUP = "external.metrics.k8s.io";
	private static final String VERSION = "v1beta1";
	private static final String GROUP_VERSION = GROUP + "/" + VERSION;
	private static final String LIST = "ExternalMetricValueList";
	private static final Set<String> WHOSE = Set.of(DemandQuery.ESTATE, DemandQuery.GROUP, DemandQuery.SUBJECT);
	private static final Set<String> WHICH = Set.of(DemandQuery.HORIZON, DemandQuery.QUANTILE);
	private static final int MILLI = 3;

	private final Estates estates;
	private final DemandReader demand;

	/** Over the open estates. */
	@Inject
	public ExternalMetricsResource(Estates estates, DemandReader demand) {
		this.estates = estates;
		this.demand = demand;
	}

	/**
	 * The groups of the API.
	 *
	 * @param kind       {@code APIGroupList}
	 * @param apiVersion {@code v1}
	 * @param groups     one
	 */
	public record ApiGroupList(String kind, String apiVersion, List<ApiGroup> groups) {
	}

	/**
	 * A group of the API.
	 *
	 * @param kind             {@code APIGroup}
	 * @param apiVersion       {@code v1}
	 * @param name             of the group
	 * @param versions         one
	 * @param preferredVersion the same
	 */
	public record ApiGroup(String kind, String apiVersion, String name, List<ApiVersion> versions, ApiVersion preferredVersion) {
	}

	/**
	 * A version of a group.
	 *
	 * @param groupVersion both
	 * @param version      alone
	 */
	public record ApiVersion(String groupVersion, String version) {
	}

	/**
	 * What the group serves.
	 *
	 * @param kind         {@code APIResourceList}
	 * @param apiVersion   {@code v1}
	 * @param groupVersion whose
	 * @param resources    one a metric
	 */
	public record ApiResourceList(String kind, String apiVersion, String groupVersion, List<ApiResource> resources) {
	}

	/**
	 * A metric.
	 *
	 * @param name         its id
	 * @param singularName empty
	 * @param namespaced   {@code true}; every namespace gets the same
	 * @param kind         {@code ExternalMetricValueList}
	 * @param verbs        {@code get}
	 */
	public record ApiResource(String name, String singularName, boolean namespaced, String kind, List<String> verbs) {
	}

	/**
	 * Values.
	 *
	 * @param kind       {@code ExternalMetricValueList}
	 * @param apiVersion of the group
	 * @param metadata   empty
	 * @param items      one a series
	 */
	public record ValueList(String kind, String apiVersion, Map<String, String> metadata, List<Value> items) {
	}

	/**
	 * A value.
	 *
	 * @param metricName   the metric
	 * @param metricLabels whose demand, how far ahead, and of which quantile
	 * @param timestamp    of the state that it was forecast from
	 * @param value        a quantity of Kubernetes in the base unit of the metric, rounded up to a thousandth
	 */
	public record Value(String metricName, Map<String, String> metricLabels, Instant timestamp, String value) {
	}

	/**
	 * Why there is no answer, as Kubernetes says it.
	 *
	 * @param kind       {@code Status}
	 * @param apiVersion {@code v1}
	 * @param metadata   empty
	 * @param status     {@code Failure}
	 * @param message    for a person
	 * @param reason     for a program
	 * @param code       of HTTP
	 */
	public record Failure(String kind, String apiVersion, Map<String, String> metadata, String status, String message, String reason, int code) {
	}

	/** Which groups of the API there are. */
	@GET
	@Operation(operationId = "listApiGroups", summary = "Groups of the Kubernetes API that are served: the external metrics", tags = "autoscaling")
	public ApiGroupList groups() {
		return new ApiGroupList("APIGroupList", "v1", List.of(group()));
	}

	/** The group of external metrics. */
	@GET
	@Path(GROUP)
	@Operation(operationId = "getExternalMetricsGroup", summary = "The group of external metrics of the Kubernetes API", tags = "autoscaling")
	public ApiGroup group() {
		ApiVersion version = new ApiVersion(GROUP_VERSION, VERSION);
		return new ApiGroup("APIGroup", "v1", GROUP, List.of(version), version);
	}

	/** Which metrics there are. */
	@GET
	@Path(GROUP_VERSION)
	@Operation(operationId = "listExternalMetrics", summary = "The external metrics: whatever is forecast", tags = "autoscaling")
	public ApiResourceList metrics() {
		Set<String> names = new TreeSet<>();
		for (WeaverState state : estates.states()) {
			SeriesPages series = state.series();
			for (int slot = 0; slot < series.size(); slot++) {
				if (series.forecast(slot).isPresent()) {
					names.add(series.id(slot).metric());
				}
			}
		}
		return new ApiResourceList("APIResourceList", "v1", GROUP_VERSION, names.stream().map(name -> new ApiResource(name, "", true, LIST, List.of("get"))).toList());
	}

	/** Demand to come: of all series that the labels select, or none of them. */
	@GET
	@Path(GROUP_VERSION + "/namespaces/{namespace}/{metric}")
	@Example(answer = """
			{ "kind": "ExternalMetricValueList", "apiVersion": "external.metrics.k8s.io/v1beta1", "metadata": {},
				"items": [{ "metricName": "requests", "metricLabels": { "group": "web" }, "timestamp": "2026-03-02T10:15:00Z", "value": "198800m" }] }""")
	@Operation(operationId = "getExternalMetric", summary = "Demand that is forecast, as an external metric of Kubernetes; labels are estate, group or subject, horizon and quantile", tags = "autoscaling")
	public ValueList values(@PathParam("namespace") String namespace, @PathParam("metric") String metric, @QueryParam("labelSelector") String labelSelector) {
		try {
			LabelSelector selector = LabelSelector.of(labelSelector);
			Map<String, String> which = selector.values(WHOSE, WHICH);
			Duration horizon = DemandQuery.horizon(DemandQuery.text(which, DemandQuery.HORIZON), demand.settings());
			double quantile = DemandQuery.quantile(DemandQuery.number(which, DemandQuery.QUANTILE), demand.settings());
			boolean resources = selector.parts().stream().anyMatch(part -> part.key().equals(DemandQuery.SUBJECT));
			List<Value> values = new ArrayList<>();
			for (WeaverState state : estates.states()) {
				Weaver weaver = demand.weaver(Optional.of(state.estate()));
				for (SeriesId id : selected(state, metric, selector, resources)) {
					Map<String, String> labels = new TreeMap<>(labels(state, id));
					labels.put(DemandQuery.HORIZON, horizon.toString());
					labels.put(DemandQuery.QUANTILE, Double.toString(quantile));
					values.add(new Value(metric, labels, state.time(), quantity(demand.read(weaver, id, state.time().plus(horizon), quantile).value())));
				}
			}
			if (values.isEmpty()) {
				throw new DemandException(DemandException.Kind.UNKNOWN, "No series of the metric '" + metric + "' fits the labels '" + (labelSelector == null ? "" : labelSelector) + "'.");
			}
			return new ValueList(LIST, GROUP_VERSION, Map.of(), values);
		} catch (DemandException e) {
			throw new WebApplicationException(e.getMessage(), failure(e));
		}
	}

	private static List<SeriesId> selected(WeaverState state, String metric, LabelSelector selector, boolean resources) {
		SeriesPages series = state.series();
		List<SeriesId> selected = new ArrayList<>();
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			boolean ofGroup = id.subject().startsWith(SeriesId.GROUP_PREFIX);
			if (id.metric().equals(metric) && ofGroup != resources && selector.matches(labels(state, id), WHOSE)) {
				selected.add(id);
			}
		}
		selected.sort(java.util.Comparator.comparing(SeriesId::subject));
		return selected;
	}

	private static Map<String, String> labels(WeaverState state, SeriesId id) {
		boolean ofGroup = id.subject().startsWith(SeriesId.GROUP_PREFIX);
		return Map.of(DemandQuery.ESTATE, state.estate(), ofGroup ? DemandQuery.GROUP : DemandQuery.SUBJECT, ofGroup ? id.subject().substring(SeriesId.GROUP_PREFIX.length()) : id.subject());
	}

	/** A quantity of Kubernetes: whole, or in thousandths. */
	static String quantity(double value) {
		BigDecimal milli = BigDecimal.valueOf(value).movePointRight(MILLI).setScale(0, RoundingMode.CEILING);
		BigDecimal whole = milli.movePointLeft(MILLI);
		return whole.stripTrailingZeros().scale() <= 0 ? whole.setScale(0).toPlainString() : milli.toPlainString() + "m";
	}

	private static Response failure(DemandException e) {
		int code = switch (e.kind()) {
			case INVALID -> 400;
			case UNKNOWN -> 404;
			case UNAVAILABLE -> 503;
		};
		String reason = switch (e.kind()) {
			case INVALID -> "BadRequest";
			case UNKNOWN -> "NotFound";
			case UNAVAILABLE -> "ServiceUnavailable";
		};
		return Response.status(code).type("application/json").entity(new Failure("Status", "v1", Map.of(), "Failure", e.getMessage(), reason, code)).build();
	}
}
