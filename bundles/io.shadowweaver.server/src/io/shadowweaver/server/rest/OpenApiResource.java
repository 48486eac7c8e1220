// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.alertmanager.AlertmanagerResource;
import io.shadowweaver.server.autoscaling.ExternalMetricsResource;
import io.shadowweaver.server.grafana.DiscoveryResource;
import io.shadowweaver.server.grafana.GrafanaResource;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
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
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The OpenAPI 3.1 document, generated from the resource classes, and whether the server is alive. */
@Hidden
@Path("/")
public final class OpenApiResource {
	/** All that the document describes. */
	public static final List<Class<?>> RESOURCES = List.of(EstatesResource.class, EstateResource.class, TopologyResource.class, ForecastsResource.class, AlertsResource.class, ThresholdsResource.class, PlansResource.class, AutomationResource.class, MachinesResource.class, DecisionsResource.class, ModelsResource.class, PathsResource.class, ScenariosResource.class,
			JobsResource.class, InventoryResource.class, InstalledResource.class, GrafanaResource.class, DiscoveryResource.class, AlertmanagerResource.class, ExternalMetricsResource.class);

	private static final String DURATION = "^-?P(-?\\d+D)?(T(-?\\d+H)?(-?\\d+M)?(-?\\d+(\\.\\d+)?S)?)?$";
	private static final String KEY = "key";
	private static final String BEARER = "bearer";
	private static final String CERTIFICATE = "certificate";
	private static final Map<String, String> TAGS = tags(Map.of("estates", "What is open, and what it is connected to", "topology", "Resources, groups and links, now and to come", "series",
			"Values of the past", "forecasts", "What is expected, with its uncertainty", "models", "Which model forecasts what, and how well", "alerts", "Breaches, thresholds and anomalies", "provisioning",
			"Plans, the queue and verdicts", "automation", "How far automation may go", "scenarios", "What if", "jobs", "What takes long"));

	/** Made once: reading the classes takes a second. */
	private static final class Holder {
		static final String DOCUMENT = document();
	}

	private static String document() {
		ModelConverters.getInstance(true).addConverter(new ModelResolver(ApiServer.mapper(), new Names()).openapi31(true));
		ModelConverters.getInstance(true).addConverter(new Durations());
		Shapes shapes = new Shapes(bodies(), Set.of(ModelsResource.BackTestWish.class));
		ModelConverters.getInstance(true).addConverter(shapes);
		SwaggerConfiguration configuration = new SwaggerConfiguration().openAPI31(true)
				.openAPI(new OpenAPI().info(new Info().title("Shadow Weaver").version("1").description("Infrastructure of today and tomorrow: topology, forecasts, alerts and plans.")
						.license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0"))).servers(List.of(new Server().url("/"))));
		Set<Class<?>> classes = new LinkedHashSet<>(RESOURCES);
		OpenAPI api = new Reader(configuration).read(classes);
		api.setTags(TAGS.entrySet().stream().map(tag -> new Tag().name(tag.getKey()).description(tag.getValue())).toList());
		ModelConverters.getInstance(true).read(Problem.class).forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
		shapes.complete(api.getComponents().getSchemas());
		api.getComponents().addSecuritySchemes(KEY, new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.HEADER).name("X-API-KEY").description("A key of this server, made by 'weave key add'"));
		api.getComponents().addSecuritySchemes(BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("A key of this server, or a token of the OpenID provider that it believes"));
		api.getComponents().addSecuritySchemes(CERTIFICATE, new SecurityScheme().type(SecurityScheme.Type.MUTUALTLS).description("A certificate that this server knows the subject of"));
		Map<String, Scope> scopes = new HashMap<>();
		Map<String, Example> examples = new HashMap<>();
		annotated((id, method) -> {
			Needs needs = method.getAnnotation(Needs.class);
			scopes.put(id, needs == null ? Scope.READ : needs.value());
			Optional.ofNullable(method.getAnnotation(Example.class)).ifPresent(example -> examples.put(id, example));
		});
		api.getPaths().values().forEach(path -> path.readOperations().forEach(operation -> {
			succeeds(operation);
			shown(operation, Optional.ofNullable(examples.get(operation.getOperationId())));
			problems(operation);
			secured(operation, scopes.get(operation.getOperationId()));
		}));
		return Json31.pretty(api);
	}

	private static Map<String, String> tags(Map<String, String> most) {
		Map<String, String> all = new TreeMap<>(most);
		all.put("plugins", "What is installed");
		all.put("audit", "Who did what");
		all.put("autoscaling", "What autoscalers of others read");
		all.put("grafana", "Flat answers for the Infinity data source and the node graph");
		all.put("prometheus", "What Prometheus discovers");
		return all;
	}

	/** Calls back with each operation's id and the method that answers it. */
	private static void annotated(BiConsumer<String, Method> each) {
		for (Class<?> resource : RESOURCES) {
			for (Method method : resource.getMethods()) {
				io.swagger.v3.oas.annotations.Operation operation = method.getAnnotation(io.swagger.v3.oas.annotations.Operation.class);
				if (operation != null) {
					each.accept(operation.operationId(), method);
				}
			}
		}
	}

	/** What is taken as a body. */
	private static Set<Class<?>> bodies() {
		Set<Class<?>> found = new HashSet<>();
		annotated((id, method) -> Stream.of(method.getParameters()).filter(parameter -> parameter.getAnnotations().length == 0 && parameter.getType().isRecord()).forEach(parameter -> found.add(parameter.getType())));
		return found;
	}

	private static void shown(Operation operation, Optional<Example> example) {
		example.map(Example::request).filter(text -> !text.isEmpty())
				.ifPresent(text -> operation.getRequestBody().getContent().values().forEach(media -> media.setExample(value(operation, text))));
		example.map(Example::answer).filter(text -> !text.isEmpty()).or(() -> kept(operation)).ifPresent(text -> operation.getResponses().forEach((status, response) -> {
			if (status.startsWith("2") && response.getContent() != null) {
				response.getContent().values().forEach(media -> media.setExample(value(operation, text)));
			}
		}));
	}

	/** A longer example is a file. */
	private static Optional<String> kept(Operation operation) {
		try (InputStream in = OpenApiResource.class.getResourceAsStream("examples/" + operation.getOperationId() + ".json")) {
			return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static JsonNode value(Operation operation, String json) {
		try {
			return ApiServer.mapper().readTree(json);
		} catch (JsonProcessingException e) {
			throw new IllegalStateException("the example of " + operation.getOperationId() + " is no JSON", e);
		}
	}

	/** In this version scopes of keys stand where roles do. */
	private static void secured(Operation operation, Scope scope) {
		for (String scheme : List.of(KEY, BEARER, CERTIFICATE)) {
			operation.addSecurityItem(new SecurityRequirement().addList(scheme, scope.text()));
		}
		operation.description("Needs the scope `" + scope.text() + "`.");
	}

	/** The reader calls 'default' what is answered where nothing else is said, which clients take for a failure. */
	private static void succeeds(Operation operation) {
		ApiResponse usual = operation.getResponses().remove(ApiResponses.DEFAULT);
		if (usual != null) {
			operation.getResponses().addApiResponse("200", usual.description("What was asked for"));
		}
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

	/** What belongs to a class of another bundle is called after that too: simple names are not unique there. */
	private static final class Names extends TypeNameResolver {
		@Override
		protected String nameForClass(Class<?> type, Set<Options> options) {
			Class<?> outer = type.getEnclosingClass();
			boolean own = outer == null || outer.getName().startsWith(ApiServer.class.getPackageName());
			return own ? super.nameForClass(type, options) : super.nameForClass(outer, options) + super.nameForClass(type, options);
		}
	}

	/** A duration is a text. The format of that name knows no fractions of a second. */
	private static final class Durations implements ModelConverter {
		@Override
		public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
			if (Json31.mapper().constructType(type.getType()).hasRawClass(Duration.class)) {
				return new JsonSchema().typesItem("string").pattern(DURATION).description("ISO 8601, such as PT1H30M or PT0.5S");
			}
			return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
		}
	}
}
