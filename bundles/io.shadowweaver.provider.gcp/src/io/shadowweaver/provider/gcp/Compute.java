// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.BearerTokens;
import io.shadowweaver.kit.rest.RestCall;
import io.shadowweaver.kit.rest.RestClient;
import io.shadowweaver.kit.rest.Skew;

/**
 * The calls of one project, after <a href="https://cloud.google.com/compute/docs/reference/rest/v1">the reference of the Compute Engine API,
 * version 1</a>. Paths are relative to the project.
 */
final class Compute implements AutoCloseable {
	/** Where paths of the interface begin, in its own links too. */
	static final String VERSION = "/compute/v1/";
	private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
	private static final int PAGE = 500;

	private final RestClient client;
	private final BearerTokens tokens;
	private final String endpoint;
	private final String project;

	private Compute(RestClient client, BearerTokens tokens, String endpoint, String project) {
		this.client = client;
		this.tokens = tokens;
		this.endpoint = endpoint;
		this.project = project;
	}

	/** @param mask takes secrets out of a text */
	static Compute open(GcpSettings settings, UnaryOperator<String> mask, InstantSource clock) {
		RestClient client = new RestClient(clock, settings.machines().timeout(), mask);
		ServiceAccount account = settings.account();
		BearerTokens tokens = new BearerTokens(clock,
				() -> client.grant(account.tokens(), Map.of("grant_type", GRANT, "assertion", account.assertion(clock.instant()))));
		return new Compute(client, tokens, settings.endpoint().toString().replaceAll("/+$", ""), settings.project());
	}

	/** Of the provider's clock. */
	Skew skew() {
		return client.skew();
	}

	/** The path of something in this project, as bodies name it. */
	String link(String path) {
		return "projects/" + project + "/" + path;
	}

	/**
	 * The address of a call.
	 *
	 * @param path  relative to the project, or from {@code projects/} on
	 * @param query names and values, in turn
	 */
	URI at(String path, String... query) {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (int i = 0; i < query.length; i += 2) {
			pairs.put(query[i], query[i + 1]);
		}
		String encoded = pairs.entrySet().stream().map(pair -> pair.getKey() + "=" + RestClient.encoded(pair.getValue())).collect(Collectors.joining("&"));
		String whole = path.isEmpty() ? "projects/" + project : path.startsWith("projects/") ? path : link(path);
		return URI.create(endpoint + VERSION + whole + (encoded.isEmpty() ? "" : "?" + encoded));
	}

	/** One thing. */
	JsonNode get(String path) throws IOException {
		return checked(client.get(at(path), tokens), path);
	}

	/** One thing; empty where it is not there. */
	Optional<JsonNode> find(String path) throws IOException {
		try {
			return Optional.of(get(path));
		} catch (AnswerException e) {
			if (e.status() != 404) {
				throw e;
			}
			return Optional.empty();
		}
	}

	/** All of one place, from all pages. */
	List<JsonNode> list(String path, String filter) throws IOException {
		List<JsonNode> all = new ArrayList<>();
		for (JsonNode page : pages(path, filter)) {
			page.path("items").forEach(all::add);
		}
		return all;
	}

	/** All of one place that an action lists, whose query stands in a body-less POST, from all pages. */
	List<JsonNode> listBy(String path) throws IOException {
		List<JsonNode> all = new ArrayList<>();
		String token = "";
		do {
			URI uri = token.isEmpty() ? at(path, "maxResults", Integer.toString(PAGE)) : at(path, "maxResults", Integer.toString(PAGE), "pageToken", token);
			JsonNode page = checked(client.call(RestCall.of("POST", uri, JsonNodeFactory.instance.objectNode()), tokens).body(), path);
			page.path("items").forEach(all::add);
			String next = page.path("nextPageToken").asText();
			if (next.equals(token) && !next.isEmpty()) {
				throw new IOException("the pages of " + path + " never end");
			}
			token = next;
		} while (!token.isEmpty());
		return all;
	}

	/**
	 * All of the places that matter, from all pages.
	 *
	 * @param kind   such as {@code instances}
	 * @param filter what the interface leaves out; empty for nothing
	 * @param scopes the places that matter, such as {@code zones/europe-west3-a}
	 * @return by place
	 * @throws IOException also where one of these places could not be asked, since what it holds is not nothing
	 */
	Map<String, List<JsonNode>> aggregated(String kind, String filter, Predicate<String> scopes) throws IOException {
		Map<String, List<JsonNode>> all = new TreeMap<>();
		for (JsonNode page : pages("aggregated/" + kind, filter)) {
			for (JsonNode place : page.path("unreachables")) {
				checkReached(place.asText(), scopes);
			}
			for (Map.Entry<String, JsonNode> scope : page.path("items").properties()) {
				if (scopes.test(scope.getKey())) {
					if (scope.getValue().path("warning").path("code").asText().equals("UNREACHABLE")) {
						checkReached(scope.getKey(), scopes);
					}
					scope.getValue().path(kind).forEach(all.computeIfAbsent(scope.getKey(), key -> new ArrayList<>())::add);
				}
			}
		}
		return all;
	}

	private static void checkReached(String place, Predicate<String> scopes) throws IOException {
		if (scopes.test(place.replaceAll("^.*projects/[^/]+/", ""))) {
			throw new IOException(Names.last(place) + " cannot be reached");
		}
	}

	private List<JsonNode> pages(String path, String filter) throws IOException {
		String size = Integer.toString(PAGE);
		URI first = filter.isEmpty() ? at(path, "maxResults", size) : at(path, "maxResults", size, "filter", filter);
		List<JsonNode> pages = client.pages(first, page -> Optional.of(page.path("nextPageToken").asText()).filter(token -> !token.isEmpty())
				.map(token -> URI.create(first + "&pageToken=" + RestClient.encoded(token))), tokens);
		for (JsonNode page : pages) {
			checked(page, path);
		}
		return pages;
	}

	/** A change, to be sent or shown. */
	RestCall change(String method, String path, JsonNode body, String... query) {
		return RestCall.of(method, at(path, query), body);
	}

	/** Sends a change. */
	Operation send(RestCall call) throws IOException {
		return Operation.of(checked(client.call(call, tokens).body(), call.title()));
	}

	/** Whatever answers in place of Compute Engine must not pass for a project without machines. */
	private static JsonNode checked(JsonNode answer, String path) throws IOException {
		if (!answer.path("kind").asText().startsWith("compute#")) {
			throw new IOException("the answer to " + path + " is not one of Compute Engine");
		}
		return answer;
	}

	@Override
	public void close() {
		client.close();
	}
}
