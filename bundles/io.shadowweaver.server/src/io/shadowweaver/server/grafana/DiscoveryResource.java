// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.grafana;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** HTTP service discovery for Prometheus: what lives in an estate and has an address. */
@Path("/api/v1/estates/{estate}/sd")
@Produces("application/json")
public final class DiscoveryResource {
	private static final String META = "__meta_shadowweaver_";

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public DiscoveryResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * A target.
	 *
	 * @param targets host and port
	 * @param labels  of them, for relabelling
	 */
	public record Target(List<String> targets, Map<String, String> labels) {
	}

	/** All targets. */
	@GET
	@Example(answer = """
			[{ "targets": ["10.0.0.11:9100"], "labels": { "resource": "web-1", "group": "web" } }]""")
	@Operation(operationId = "discoverTargets", summary = "Targets for HTTP service discovery of Prometheus: live resources whose label says an address", tags = "prometheus")
	public List<Target> targets(@PathParam("estate") String estate, @QueryParam("label") @DefaultValue("address") String label, @QueryParam("port") @DefaultValue("9100") int port) {
		WeaverState state = estates.get(estate).state();
		return state.topology().resources().values().stream().filter(resource -> resource.lifecycle() == Lifecycle.LIVE && !resource.labels().getOrDefault(label, "").isBlank())
				.sorted(Comparator.comparing(Resource::id)).map(resource -> target(state, resource, resource.labels().get(label), port)).toList();
	}

	private static Target target(WeaverState state, Resource resource, String address, int port) {
		Map<String, String> labels = new TreeMap<>();
		resource.labels().forEach((key, value) -> labels.put(META + "label_" + key.replaceAll("[^a-zA-Z0-9_]", "_"), value));
		labels.put(META + "estate", state.estate());
		labels.put(META + "resource", resource.id());
		labels.put(META + "name", resource.name());
		labels.put(META + "kind", resource.kind());
		labels.put(META + "group", state.topology().groupOf(resource.id()).orElse(""));
		boolean whole = address.matches("[^:]+:[0-9]+|\\[.*]:[0-9]+");
		String host = address.contains(":") && !whole && !address.startsWith("[") ? "[" + address + "]" : address;
		return new Target(List.of(whole ? address : host + ":" + port), labels);
	}
}
