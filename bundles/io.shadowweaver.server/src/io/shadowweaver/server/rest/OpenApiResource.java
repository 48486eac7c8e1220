// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.alertmanager.AlertmanagerResource;
import io.shadowweaver.server.grafana.DiscoveryResource;
import io.shadowweaver.server.grafana.GrafanaResource;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The OpenAPI 3.1 document, generated from the resource classes, and whether the server is alive. */
@Hidden
@Path("/")
public final class OpenApiResource {
	/** All that the document describes. */
	public static final List<Class<?>> RESOURCES = List.of(EstatesResource.class, EstateResource.class, TopologyResource.class, ForecastsResource.class, AlertsResource.class, ThresholdsResource.class, PlansResource.class, AutomationResource.class, ModelsResource.class, ScenariosResource.class,
			JobsResource.class, InventoryResource.class, InstalledResource.class, GrafanaResource.class, DiscoveryResource.class, AlertmanagerResource.class);

	/** Made once: reading the classes takes a second. */
	private static final class Holder {
		static final String DOCUMENT = document();
	}

	private static String document() {
		ModelConverters.getInstance(true).addConverter(new ModelResolver(ApiServer.mapper()).openapi31(true));
		ModelConverters.getInstance(true).addConverter(new Durations());
		SwaggerConfiguration configuration = new SwaggerConfiguration().openAPI31(true)
				.openAPI(new OpenAPI().info(new Info().title("Shadow Weaver").version("1").description("Infrastructure of today and tomorrow: topology, forecasts, alerts and plans.")
						.license(new License().name("Apache-2.0").identifier("Apache-2.0"))).servers(List.of(new Server().url("/"))));
		Set<Class<?>> classes = new LinkedHashSet<>(RESOURCES);
		OpenAPI api = new Reader(configuration).read(classes);
		ModelConverters.getInstance(true).read(Problem.class).forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
		api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiResource::problems));
		return Json31.pretty(api);
	}

	/** Any of them may end with a problem. */
	private static void problems(Operation operation) {
		operation.getResponses().addApiResponse("4XX", problem("What was asked for is wrong, or is not there"));
		operation.getResponses().addApiResponse("5XX", problem("It failed inside, or cannot be answered now"));
	}

	private static ApiResponse problem(String description) {
		return new ApiResponse().description(description).content(new Content().addMediaType(Problem.JSON, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
	}

	/** The document. */
	@GET
	@Path("openapi.json")
	@Produces("application/json")
	public String openApi() {
		return Holder.DOCUMENT;
	}

	/** Alive. */
	@GET
	@Path("healthz")
	@Produces("application/json")
	public Map<String, String> health() {
		return Map.of("status", "ok");
	}

	/** A duration is a text. */
	private static final class Durations implements ModelConverter {
		@Override
		public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
			if (Json31.mapper().constructType(type.getType()).hasRawClass(Duration.class)) {
				return new JsonSchema().typesItem("string").format("duration");
			}
			return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
		}
	}
}
