// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonRawValue;

import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;
import io.shadowweaver.engine.whatif.WhatIf;
import io.shadowweaver.kit.state.StateWriter;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Folder;
import io.shadowweaver.server.NotOfState;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Idempotency;
import io.shadowweaver.server.security.Idempotent;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What if: scenarios that are kept, and solved on the newest forecasts. Solving changes nothing. */
@Path("/api/v1/estates/{estate}/scenarios")
@Produces("application/json")
public final class ScenariosResource {

	private static final String SUFFIX = ".json";

	private final Estates estates;
	private final Folder folder;
	private final ServerSettings settings;

	/** Over the open estates. */
	@Inject
	public ScenariosResource(Estates estates, Folder folder, ServerSettings settings) {
		this.estates = estates;
		this.folder = folder;
		this.settings = settings;
	}

	/**
	 * What becomes of an estate.
	 *
	 * @param before   without the scenario
	 * @param after    with it
	 * @param breaches subjects that become critical only with it
	 * @param ratios   how many requests one request brings about, as measured
	 * @param notes    what the figures do not say
	 */
	public record Solution(Side before, Side after, List<String> breaches, List<Outcome.Ratio> ratios, List<String> notes) {
	}

	/**
	 * One side of the comparison.
	 *
	 * @param figures     by subject
	 * @param costPerHour of all that has a price
	 * @param currency    of the cost; empty where nothing has a price
	 * @param unpriced    how many resources have none
	 */
	public record Side(Map<String, Outcome.Figures> figures, double costPerHour, String currency, int unpriced) {
		static Side of(Outcome.Side side) {
			return new Side(new TreeMap<>(side.figures()), side.costPerHour(), side.currency(), side.unpriced());
		}
	}

	/** Solves a scenario. */
	@POST
	@Path("solve")
	@Needs(Scope.READ)
	@Consumes("application/json")
	@Example(request = """
			{ "version": 1, "name": "Twice", "changes": [{ "type": "traffic", "on": "estate", "factor": 2 }] }""")
	@Operation(operationId = "solveScenario", summary = "What becomes of the estate in a scenario, beside what becomes of it without",
			requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE, description = "A scenario: version, name and changes, as docs/whatif.md has them"))), tags = "scenarios")
	public Solution solve(@PathParam("estate") String estate, String body) throws InterruptedException {
		try {
			Outcome outcome = WhatIf.solve(base(estate), ScenarioFile.parse(body), Shadow.Kind.UNATTENDED);
			return new Solution(Side.of(outcome.before()), Side.of(outcome.after()), outcome.newBreaches().stream().map(Outcome.Figures::subject).sorted().toList(), outcome.ratios(), outcome.notes());
		} catch (ScenarioException e) {
			throw Problem.exception(422, e.getMessage());
		}
	}

	/**
	 * The estate as it would be.
	 *
	 * @param origin  the present from which it was solved
	 * @param horizon how far ahead figures look
	 * @param before  without the scenario
	 * @param after   with it, if nobody acts
	 * @param ratios  how many requests one request brings about
	 * @param notes   what the figures do not say
	 * @param state   the whole state that is shown in place of the real one, as a stream has it
	 */
	public record Imagination(Instant origin, Duration horizon, Outcome.Side before, Outcome.Side after, List<Outcome.Ratio> ratios, List<String> notes, @JsonRawValue String state) {
		static Imagination of(Imagined imagined) {
			Outcome outcome = imagined.outcome();
			WeaverState state = imagined.state();
			return new Imagination(outcome.origin(), outcome.horizon(), outcome.before(), outcome.after(), outcome.ratios(), outcome.notes(),
					StateWriter.between(WeaverState.initial(state.estate(), state.name(), state.time(), state.step()), state));
		}
	}

	/** Solves a scenario as a whole estate. */
	@POST
	@Path("imagine")
	@Needs(Scope.READ)
	@Consumes("application/json")
	@Example(request = """
			{ "version": 1, "name": "Twice", "changes": [{ "type": "traffic", "on": "estate", "factor": 2 }] }""")
	@Operation(operationId = "imagineScenario", summary = "The whole estate as it would be in a scenario, live and in both shadows",
			requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE, description = "A scenario: version, name and changes, as docs/whatif.md has them"))), tags = "scenarios",
			responses = @ApiResponse(responseCode = "200", description = "Both sides and the whole state", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String imagine(@PathParam("estate") String estate, String body) throws InterruptedException {
		try {
			return Whole.of(Imagination.of(Imagined.of(base(estate), ScenarioFile.parse(body))));
		} catch (ScenarioException e) {
			throw Problem.exception(422, e.getMessage());
		}
	}

	private Base base(String estate) throws InterruptedException {
		try {
			return estates.get(estate).base().get(settings.limits().time().toMillis(), TimeUnit.MILLISECONDS);
		} catch (ExecutionException e) {
			throw Problem.exception(503, e.getCause().getMessage());
		} catch (TimeoutException e) {
			throw Problem.exception(503, "The estate " + estate + " is busy; try again.");
		}
	}

	/**
	 * A scenario that is kept.
	 *
	 * @param id          the name of its file
	 * @param name        for the operator
	 * @param description why it was made; may be empty
	 * @param changes     how many there are
	 */
	public record ScenarioView(String id, String name, String description, int changes) {
	}

	/** Those that are kept. */
	@GET
	@NotOfState
	@Example(answer = """
			[{ "id": "twice", "name": "Twice", "description": "", "changes": 1 }]""")
	@Operation(operationId = "listScenarios", summary = "The scenarios that are kept", tags = "scenarios")
	public List<ScenarioView> list(@PathParam("estate") String estate) throws IOException {
		java.nio.file.Path folder = folder(estate);
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		List<ScenarioView> found = new ArrayList<>();
		try (Stream<java.nio.file.Path> files = Files.list(folder)) {
			for (java.nio.file.Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).sorted().toList()) {
				String name = file.getFileName().toString();
				Scenario scenario = ScenarioFile.read(file);
				found.add(new ScenarioView(name.substring(0, name.length() - SUFFIX.length()), scenario.name(), scenario.description(), scenario.changes().size()));
			}
		} catch (ScenarioException e) {
			throw Problem.exception(409, e.getMessage());
		}
		return found;
	}

	/** One as it was put. */
	@GET
	@NotOfState
	@Path("{scenario}")
	@Operation(operationId = "getScenario", summary = "A scenario that is kept", tags = "scenarios",
			responses = @ApiResponse(responseCode = "200", description = "The scenario", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String get(@PathParam("estate") String estate, @PathParam("scenario") String id) throws IOException {
		java.nio.file.Path file = file(estate, id);
		if (!Files.exists(file)) {
			throw missing(estate, id);
		}
		return Files.readString(file);
	}

	/** Keeps one. */
	@PUT
	@Path("{scenario}")
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Example(request = """
			{ "version": 1, "name": "Twice", "changes": [{ "type": "traffic", "on": "estate", "factor": 2 }] }""")
	@Operation(operationId = "putScenario", summary = "Keeps a scenario under an id, in place of the one that may be there", tags = "scenarios",
			requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE, description = "A scenario: version, name and changes, as docs/whatif.md has them"))))
	@ApiResponse(responseCode = "204", description = "It is kept")
	public Response put(@PathParam("estate") String estate, @PathParam("scenario") String id, String body) throws IOException {
		try {
			Scenario scenario = ScenarioFile.parse(body);
			java.nio.file.Path file = file(estate, id);
			Files.createDirectories(file.getParent());
			ScenarioFile.write(file, scenario);
			return Response.noContent().build();
		} catch (ScenarioException e) {
			throw Problem.exception(422, e.getMessage());
		}
	}

	/** Removes one. */
	@DELETE
	@Path("{scenario}")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "deleteScenario", summary = "Removes a scenario that is kept", tags = "scenarios")
	@ApiResponse(responseCode = "204", description = "It is removed")
	public Response delete(@PathParam("estate") String estate, @PathParam("scenario") String id) throws IOException {
		if (!Files.deleteIfExists(file(estate, id))) {
			throw missing(estate, id);
		}
		return Response.noContent().build();
	}

	/** Proposes what one adds. */
	@POST
	@Path("{scenario}/commit")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Operation(operationId = "commitScenario", summary = "Proposes what a scenario adds, in the name of the caller: a plan for each group, which passes all guards and waits for the approval of a person in any mode",
			tags = "scenarios")
	public Commit commit(@PathParam("estate") String estate, @PathParam("scenario") String id, @HeaderParam(Idempotency.HEADER) String once, @Context ContainerRequestContext request)
			throws IOException, InterruptedException {
		Weaver weaver = estates.get(estate);
		return committed(weaver.automation().commit(kept(estate, id), Person.of(request)));
	}

	/** Says what would be proposed. */
	@POST
	@Path("{scenario}/preview")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "previewScenario", summary = "What committing a scenario would propose, with what the guards say; changes nothing", tags = "scenarios")
	public Commit preview(@PathParam("estate") String estate, @PathParam("scenario") String id) throws IOException, InterruptedException {
		return committed(estates.get(estate).automation().preview(kept(estate, id)));
	}

	private Scenario kept(String estate, String id) throws IOException {
		java.nio.file.Path file = file(estate, id);
		if (!Files.exists(file)) {
			throw missing(estate, id);
		}
		try {
			return ScenarioFile.read(file);
		} catch (ScenarioException e) {
			throw Problem.exception(409, e.getMessage());
		}
	}

	private Commit committed(CompletableFuture<Commit> work) throws InterruptedException {
		try {
			return work.get(settings.limits().time().toMillis(), TimeUnit.MILLISECONDS);
		} catch (ExecutionException e) {
			throw Problem.exception(e.getCause() instanceof ScenarioException ? 422 : 503, e.getCause().getMessage());
		} catch (TimeoutException e) {
			throw Problem.exception(503, "The estate is busy; look at its plans before you try again.");
		}
	}

	private java.nio.file.Path folder(String estate) {
		return folder.path().resolve("scenarios").resolve(estates.get(estate).config().id());
	}

	private java.nio.file.Path file(String estate, String id) {
		if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
			throw Problem.exception(422, "The id of a scenario is up to 64 small letters, digits and hyphens: '" + id + "'");
		}
		return folder(estate).resolve(id + SUFFIX);
	}

	private static RuntimeException missing(String estate, String id) {
		return Problem.exception(404, "The estate " + estate + " keeps no scenario '" + id + "'.");
	}
}
