// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.BearerTokens;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestAnswer;
import io.shadowweaver.kit.rest.RestCall;
import io.shadowweaver.kit.rest.RestClient;
import io.shadowweaver.kit.rest.Skew;

/** The calls of one subscription to Azure Resource Manager, as <a href="https://learn.microsoft.com/rest/api/azure/">its reference</a> has them. */
final class Arm implements AutoCloseable {
	/** Version of the interface for machines, scale sets, images and usages. */
	static final String COMPUTE = "2024-07-01";
	/** Version of the interface for sizes. */
	static final String SKUS = "2021-07-01";
	/** Version of the interface for images in galleries. */
	static final String GALLERIES = "2023-07-03";
	/** Version of the interface for networks and load balancers. */
	static final String NETWORK = "2024-05-01";
	/** Version of the interface for networks of the members of scale sets. */
	static final String SCALE_SET_NETWORK = "2018-10-01";
	/** Version of the interface for settings of autoscale. */
	static final String AUTOSCALE = "2022-10-01";
	private static final Set<String> SCOPES = Set.of("SubscriptionNotFound", "ResourceGroupNotFound", "TenantNotFound");
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final RestClient client;
	private final BearerTokens tokens;
	private final AzureSettings.Scope scope;
	private final Duration timeout;

	private Arm(RestClient client, BearerTokens tokens, AzureSettings.Scope scope, Duration timeout) {
		this.client = client;
		this.tokens = tokens;
		this.scope = scope;
		this.timeout = timeout;
	}

	/** @param mask takes secrets out of a text */
	static Arm open(AzureSettings settings, UnaryOperator<String> mask, InstantSource clock) {
		RestClient client = new RestClient(clock, settings.machines().timeout(), mask);
		AzureSettings.Credentials who = settings.credentials();
		URI login = URI.create(who.login() + "/" + who.tenant() + "/oauth2/v2.0/token");
		Map<String, String> form = Map.of("grant_type", "client_credentials", "client_id", who.client(), "client_secret", who.secret(), "scope",
				settings.scope().endpoint() + "/.default");
		return new Arm(client, new BearerTokens(clock, () -> client.grant(login, form)), settings.scope(), settings.machines().timeout());
	}

	/** Of the provider's clock. */
	Skew skew() {
		return client.skew();
	}

	/** The id of something that a service has in the subscription, such as {@code Microsoft.Compute/skus}. */
	String inSubscription(String path) {
		return "/subscriptions/" + scope.subscription() + "/providers/" + path;
	}

	/** The id of something that a service has in the resource group, such as {@code Microsoft.Compute/virtualMachines/web-1}. */
	String inGroup(String path) {
		return "/subscriptions/" + scope.subscription() + "/resourceGroups/" + scope.group() + "/providers/" + path;
	}

	/**
	 * The address of a call.
	 *
	 * @param id      of what is called
	 * @param version of the interface
	 * @param query   names and values, in turn
	 */
	URI at(String id, String version, String... query) {
		StringBuilder text = new StringBuilder(scope.endpoint()).append(id.replace(" ", "%20")).append("?api-version=").append(version);
		for (int i = 0; i < query.length; i += 2) {
			text.append('&').append(query[i]).append('=').append(RestClient.encoded(query[i + 1]));
		}
		return URI.create(text.toString());
	}

	/** One thing; empty where it is not there. */
	Optional<JsonNode> find(String id, String version, String... query) throws IOException {
		try {
			return Optional.of(client.get(at(id, version, query), tokens));
		} catch (AnswerException e) {
			if (!isGone(e)) {
				throw e;
			}
			return Optional.empty();
		}
	}

	/**
	 * Whether Azure answered that what was named is not there. That its subscription or resource group is not there is something else: a wrong
	 * setting or a missing right, and what is looked for may well run. So is a 404 without Azure's code, which is none of Azure's answers.
	 */
	static boolean isGone(IOException e) {
		return Faults.answer(e).filter(answer -> answer.status() == 404 && answer.reason().endsWith("NotFound") && !SCOPES.contains(answer.reason())).isPresent();
	}

	/** All of a list, from all pages. */
	List<JsonNode> list(String id, String version, String... query) throws IOException {
		List<JsonNode> all = new ArrayList<>();
		for (JsonNode page : pages(at(id, version, query))) {
			// whatever answers in place of Azure must not pass for a resource group without machines
			if (!page.path("value").isArray()) {
				throw new IOException("the answer to " + id + " is not a list of Azure Resource Manager");
			}
			page.path("value").forEach(all::add);
		}
		return all;
	}

	private List<JsonNode> pages(URI first) throws IOException {
		try {
			return client.pages(first, page -> {
				String link = page.path("nextLink").asText("");
				return link.isEmpty() || link.equals("null") ? Optional.empty() : Optional.of(next(first, link));
			}, tokens);
		} catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private static URI next(URI first, String link) {
		try {
			return address(link, 200, RestCall.get(first));
		} catch (AnswerException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** What an answer to a call gives as an address. */
	private static URI address(String text, int status, RestCall call) throws AnswerException {
		try {
			return new URI(text);
		} catch (URISyntaxException e) {
			throw new AnswerException(status, call.title(), "an address that cannot be read");
		}
	}

	/** Sends a change, once. */
	RestAnswer send(RestCall call) throws IOException {
		return client.call(call, tokens);
	}

	/**
	 * Where what a call has begun tells of itself; empty where it is done.
	 *
	 * @throws AnswerException where that is no address, which leaves open what has become of it
	 */
	Optional<URI> operation(RestCall call, RestAnswer answer) throws AnswerException {
		Optional<String> text = answer.header("Azure-AsyncOperation").or(() -> answer.header("Location"));
		if (text.isEmpty()) {
			return Optional.empty();
		}
		URI uri = address(text.get(), answer.status(), call);
		// the token goes to nobody else
		return Optional.of(uri).filter(one -> (one.getScheme() + "://" + one.getAuthority()).equals(scope.endpoint()));
	}

	/** What an operation says of itself. */
	Operation ask(URI operation) throws IOException {
		return Operation.of(client.call(RestCall.get(operation), tokens));
	}

	/**
	 * Sends a change and waits until it is done.
	 *
	 * @throws InterruptedIOException where that takes longer than the time-out
	 * @throws IOException            as of the call, or where the operation failed
	 */
	void complete(RestCall call) throws IOException {
		long end = System.nanoTime() + timeout.toNanos();
		RestAnswer answer = send(call);
		Optional<URI> operation = operation(call, answer);
		Operation now = new Operation(operation.isEmpty() ? "Succeeded" : "InProgress", "", pause(answer));
		while (!now.isDone()) {
			if (end - System.nanoTime() < now.pause().toNanos()) {
				throw new InterruptedIOException(call.title() + " was taken and not done in time");
			}
			sleep(now.pause());
			now = ask(operation.get());
		}
		if (now.isFailed()) {
			throw new AnswerException(409, call.title(), now.reason());
		}
	}

	/** How long an answer wants no question about what it has begun. */
	static Duration pause(RestAnswer answer) {
		return answer.header("Retry-After").filter(text -> text.matches("\\d{1,6}")).map(text -> Duration.ofSeconds(Long.parseLong(text)))
				.filter(pause -> pause.compareTo(PAUSE) > 0).orElse(PAUSE);
	}

	private static void sleep(Duration pause) throws InterruptedIOException {
		try {
			Thread.sleep(pause);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("the call was given up");
		}
	}

	@Override
	public void close() {
		client.close();
	}
}
