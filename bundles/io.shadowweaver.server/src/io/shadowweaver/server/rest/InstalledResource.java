// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Plugin;
import io.shadowweaver.server.Plugins;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** What is installed, and who changed what through the API. */
@Path("/api/v1")
@Produces("application/json")
public final class InstalledResource {
	private final Plugins plugins;
	private final Changes changes;

	/** Over the whole server. */
	@Inject
	public InstalledResource(Plugins plugins, Changes changes) {
		this.plugins = plugins;
		this.changes = changes;
	}

	/** What is installed. */
	@GET
	@Path("plugins")
	@Operation(operationId = "listPlugins", summary = "Installed sources, models, providers, channels, stores and leases", tags = "plugins")
	public List<Plugin> plugins(@Parameter(description = "Only of this extension point, such as forecastModels") @QueryParam("point") String point) {
		return plugins.all().stream().filter(plugin -> point == null || point.equals(plugin.point())).toList();
	}

	/** Who changed what through the API. */
	@GET
	@Path("audit")
	@Needs(Scope.ADMIN)
	@Operation(operationId = "listChanges", summary = "Who asked to change what through the API, on all estates; the oldest first", tags = "audit")
	public Page<AuditEntry> changes(@QueryParam("from") String from, @QueryParam("to") String to, @Parameter(description = Entries.AFTER) @QueryParam("after") String after,
			@QueryParam("limit") @DefaultValue("200") int limit) throws IOException {
		return Entries.page(changes.read(Entries.instant(from, Instant.MIN), Entries.instant(to, Instant.MAX)), after, limit);
	}
}
