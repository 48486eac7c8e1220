// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.NotOfState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** What an estate is connected to, and who did what on it. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class InventoryResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public InventoryResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * A connection without its settings.
	 *
	 * @param id     unique in the estate
	 * @param type   the id of the plug-in
	 * @param name   what the operator reads
	 * @param status how it is doing; absent before it has said so
	 */
	public record ConnectionView(String id, String type, String name, Optional<Status> status) {
	}

	/** Where metrics come from. */
	@GET
	@Path("sources")
	@Operation(operationId = "listSources", summary = "Where metrics come from, and how that is doing", tags = "estates")
	public List<ConnectionView> sources(@PathParam("estate") String estate) {
		Weaver weaver = estates.get(estate);
		return views(weaver, "source:", weaver.config().sources());
	}

	/** Where capacity is made. */
	@GET
	@Path("providers")
	@Operation(operationId = "listProviders", summary = "Where capacity is made, and how that is doing", tags = "estates")
	public List<ConnectionView> providers(@PathParam("estate") String estate) {
		Weaver weaver = estates.get(estate);
		return views(weaver, "provider:", weaver.config().providers());
	}

	/** Who did what on an estate. */
	@GET
	@NotOfState
	@Path("audit")
	@Operation(operationId = "listAudit", summary = "Who decided and called what on an estate, and what came of it; the oldest first", tags = "audit")
	public Page<AuditEntry> audit(@PathParam("estate") String estate, @QueryParam("from") String from, @QueryParam("to") String to, @Parameter(description = Entries.AFTER) @QueryParam("after") String after,
			@QueryParam("limit") @DefaultValue("200") int limit) throws IOException {
		AuditTrail trail = AuditTrail.in(estates.get(estate).automation().directory());
		List<AuditEntry> entries = Files.exists(trail.file()) ? trail.read(Entries.instant(from, Instant.MIN), Entries.instant(to, Instant.MAX)) : List.of();
		return Entries.page(entries, after, limit);
	}

	/** Whether the trail of an estate is whole. */
	@GET
	@NotOfState
	@Path("audit/check")
	@Operation(operationId = "checkAudit", summary = "Whether the chain of the audit trail is whole, and up to where", tags = "audit")
	public AuditCheck check(@PathParam("estate") String estate) throws IOException {
		AuditTrail trail = AuditTrail.in(estates.get(estate).automation().directory());
		return Files.exists(trail.file()) ? AuditTrail.verify(trail.file()) : new AuditCheck(0, 0, 0, "");
	}

	private static List<ConnectionView> views(Weaver weaver, String prefix, List<Connection> connections) {
		return connections.stream().map(one -> new ConnectionView(one.id(), one.type(), one.name(), Optional.ofNullable(weaver.state().statuses().get(prefix + one.id())))).toList();
	}
}
