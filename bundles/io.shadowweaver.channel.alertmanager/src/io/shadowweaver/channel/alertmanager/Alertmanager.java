// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.api.plugin.PluginException;

/**
 * An Alertmanager, by its API v2. Its own clock judges when alerts and silences end, and it is read from its answers: the clock here may
 * differ, and an estate may live in a time of its own. Thread-safe.
 */
final class Alertmanager implements AutoCloseable {
	/** The value of the label {@code source} of our alerts. */
	static final String SOURCE = "shadowweaver";
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final int MOST_SAID = 300;
	/** What lies between two readings of one clock at most: the cut-off fraction of a second, and the way of an answer. */
	private static final Duration COARSE = Duration.ofSeconds(3);

	private final String base;
	private final String header;
	private final String secret;
	private final Duration timeout;
	private final HttpClient client;
	private Instant told;
	private long toldAt;

	Alertmanager(URI uri, String header, String secret, Duration timeout) {
		base = uri.toString().replaceAll("/+$", "") + "/api/v2/";
		this.header = header;
		this.secret = secret;
		this.timeout = timeout;
		// A redirection is not followed: the secret would go to where it was not meant for.
		client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
	}

	/** The time of its clock. */
	Instant now() throws PluginException {
		if (told() == null) {
			get("status");
		}
		Instant time = told();
		if (time == null) {
			throw new PluginException("What answers at " + base + " says no time: it is no Alertmanager.");
		}
		return time;
	}

	private synchronized Instant told() {
		return told == null ? null : told.plusNanos(System.nanoTime() - toldAt);
	}

	/**
	 * Posts alerts.
	 *
	 * @param postings what to post
	 * @param holds    when an alert that holds ends unless it is posted again
	 */
	void post(Collection<Posting> postings, Instant holds) throws PluginException {
		if (postings.isEmpty()) {
			return;
		}
		ArrayNode alerts = JSON.createArrayNode();
		for (Posting posting : postings) {
			ObjectNode alert = alerts.addObject();
			posting.labels().forEach(alert.putObject("labels")::put);
			posting.annotations().forEach(alert.putObject("annotations")::put);
			alert.put("startsAt", posting.startsAt().toString());
			alert.put("endsAt", posting.endsAt().orElse(holds).toString());
			if (!posting.link().isEmpty()) {
				alert.put("generatorURL", posting.link());
			}
		}
		send(request("alerts").header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(alerts.toString())).build());
	}

	/**
	 * Which alerts of an estate it keeps silent. Whether a silence fits an alert is its own judgement.
	 *
	 * @param estate the id of the estate
	 * @param ids    the ids that alerts have here, by their labels
	 */
	List<Silence> silences(String estate, Map<Map<String, String>, String> ids) throws PluginException {
		JsonNode alerts = get("alerts?filter=" + encode("source=\"" + SOURCE + "\"") + "&filter=" + encode("estate=" + JSON.getNodeFactory().textNode(estate)));
		Map<String, JsonNode> silences = new HashMap<>();
		List<Silence> found = new ArrayList<>();
		for (JsonNode alert : alerts) {
			Map<String, String> labels = new HashMap<>();
			alert.path("labels").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
			String id = ids.get(labels);
			JsonNode by = alert.path("status").path("silencedBy");
			if (id == null || by.isEmpty()) {
				continue;
			}
			if (silences.isEmpty()) {
				get("silences").forEach(silence -> silences.put(silence.path("id").asText(), silence));
			}
			for (JsonNode one : by) {
				JsonNode silence = silences.get(one.asText());
				if (silence != null) {
					found.add(new Silence(id, silence.path("createdBy").asText(), time(silence.path("endsAt").asText()), silence.path("comment").asText()));
				}
			}
		}
		return found;
	}

	private Instant time(String text) throws PluginException {
		try {
			return Instant.parse(text);
		} catch (DateTimeException e) {
			throw new PluginException("The Alertmanager at " + base + " says of a silence that it ends at '" + text + "'.", e);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
		return secret.isEmpty() ? request : request.header(header, secret);
	}

	private JsonNode get(String path) throws PluginException {
		String body = send(request(path).build());
		try {
			return JSON.readTree(body);
		} catch (JsonProcessingException e) {
			throw new PluginException("What answers at " + base + " is no Alertmanager: it sends no JSON.", e);
		}
	}

	private String send(HttpRequest request) throws PluginException {
		HttpResponse<String> response;
		try {
			response = client.send(request, HttpResponse.BodyHandlers.ofString());
		} catch (HttpTimeoutException e) {
			throw new PluginException("The Alertmanager at " + base + " did not answer within " + timeout.toMillis() + " ms.", e);
		} catch (IOException e) {
			throw new PluginException("The Alertmanager at " + base + " cannot be reached: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ".", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("Asking the Alertmanager at " + base + " was interrupted.", e);
		}
		response.headers().firstValue("Date").ifPresent(this::remember);
		int status = response.statusCode();
		if (status / 100 == 2) {
			return response.body();
		}
		String said = response.body().strip();
		String sentence = "The Alertmanager at " + base + " answered " + status + (said.isEmpty() ? "." : ": " + said.substring(0, Math.min(MOST_SAID, said.length())));
		boolean passes = status / 100 == 5 || status == 408 || status == 425 || status == 429;
		throw passes ? new PluginException(sentence) : new RefusedException(sentence);
	}

	/**
	 * The header cuts off the fraction of the second. Of two readings the one that gives the later time is the nearer, and a time that never
	 * goes back lets no alert end before it began. One that lies further back than a fraction means that the clock there was set.
	 */
	private synchronized void remember(String date) {
		try {
			Instant read = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Instant reckoned = told();
			if (reckoned == null || read.isAfter(reckoned) || read.isBefore(reckoned.minus(COARSE))) {
				told = read;
				toldAt = System.nanoTime();
			}
		} catch (DateTimeException e) {
			// what is no date tells nothing; an earlier one still holds
		}
	}

	@Override
	public void close() {
		client.shutdownNow();
	}
}
