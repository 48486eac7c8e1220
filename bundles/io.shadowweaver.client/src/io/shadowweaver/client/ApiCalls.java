// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.net.ssl.SSLException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.kit.state.StateJson;

/** Requests to one server with one key. What goes wrong is a sentence. Thread-safe; the key stands in no message. */
final class ApiCalls implements AutoCloseable {
	private static final Duration CONNECT = Duration.ofSeconds(10);
	private static final Duration ANSWER = Duration.ofSeconds(30);
	private static final int FIRST_ERROR = 400;

	private final ServerAddress address;
	private final Optional<String> key;
	private final HttpClient http;

	/**
	 * @param key empty where the server lets somebody on this machine in without
	 * @throws ApiException where what is trusted cannot be read
	 */
	ApiCalls(ServerAddress address, Optional<String> key) throws ApiException {
		this.address = address;
		this.key = key.filter(one -> !one.isBlank()).map(String::strip);
		if (this.key.filter(one -> !one.chars().allMatch(c -> c > ' ' && c < 127)).isPresent()) {
			throw new ApiException("A key is one word of letters, digits and signs.", null);
		}
		// a refusal that comes before the body of a request ends a stream of HTTP/2, which would be taken for a failure
		HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
		http = (address.uri().getScheme().equals("https") ? builder.sslContext(Trust.context(address)) : builder).build();
	}

	/** A piece of a path. */
	static String piece(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/** Reads. */
	JsonNode get(String path) throws ApiException, InterruptedException {
		return json(send(request(path).timeout(ANSWER).GET(), BodyHandlers.ofInputStream()));
	}

	/**
	 * Changes something, once.
	 *
	 * @param body what is sent; {@code null} for nothing
	 * @return the answer; a missing node where it has no body
	 */
	JsonNode change(String method, String path, Object body, Map<String, String> headers) throws ApiException, InterruptedException {
		HttpRequest.Builder request = request(path).timeout(ANSWER).header("Idempotency-Key", UUID.randomUUID().toString());
		headers.forEach(request::header);
		if (body == null) {
			request.method(method, BodyPublishers.noBody());
		} else {
			try {
				request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body instanceof String text ? text : StateJson.mapper().writeValueAsString(body)));
			} catch (JsonProcessingException e) {
				throw new ApiException("That cannot be sent: " + e.getOriginalMessage(), e);
			}
		}
		return json(send(request, BodyHandlers.ofInputStream()));
	}

	/**
	 * Opens a stream of events.
	 *
	 * @param seen the id of the event that was seen last; empty to begin with the full state
	 */
	InputStream stream(String path, String seen) throws ApiException, InterruptedException {
		HttpRequest.Builder request = request(path).timeout(ANSWER).header("Accept", "text/event-stream");
		return send(seen.isEmpty() ? request.GET() : request.header("Last-Event-ID", seen).GET(), BodyHandlers.ofInputStream()).body();
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(address.uri().resolve(path));
		key.ifPresent(one -> request.header("Authorization", "Bearer " + one));
		return request;
	}

	private HttpResponse<InputStream> send(HttpRequest.Builder request, BodyHandler<InputStream> handler) throws ApiException, InterruptedException {
		HttpResponse<InputStream> response;
		try {
			response = http.send(request.build(), handler);
		} catch (IOException e) {
			throw new ApiException(sentence(e), e);
		}
		if (response.statusCode() >= FIRST_ERROR) {
			throw new ApiException(response.statusCode(), problem(response));
		}
		return response;
	}

	private JsonNode json(HttpResponse<InputStream> response) throws ApiException {
		try (InputStream body = response.body()) {
			return ApiJson.mapper().readTree(body);
		} catch (JsonProcessingException e) {
			throw new ApiException(address.name() + " did not answer with JSON: is this the address of a Shadow Weaver?", e);
		} catch (IOException e) {
			throw new ApiException(sentence(e), e);
		}
	}

	/** The server's own sentence. */
	private String problem(HttpResponse<InputStream> response) {
		try (InputStream body = response.body()) {
			String detail = ApiJson.mapper().readTree(body).path("detail").asText("");
			if (!detail.isBlank()) {
				return detail;
			}
		} catch (IOException e) {
			// what is no problem document is told by its status
		}
		return address.name() + " answered with status " + response.statusCode() + ".";
	}

	/** What a failure of the connection means. */
	String sentence(IOException failure) {
		String name = address.name();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException) {
				return "The certificate of " + name + " is not trusted: " + cause.getMessage() + ".";
			}
			if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
				return "There is no host " + address.uri().getHost() + ".";
			}
		}
		if (failure instanceof HttpTimeoutException) {
			return name + " does not answer in time.";
		}
		if (failure instanceof SSLException) {
			return "There is no TLS with " + name + ": " + failure.getMessage() + ".";
		}
		if (failure instanceof ConnectException) {
			return "Nothing listens at " + name + ", or it cannot be reached.";
		}
		return "The connection to " + name + " broke off" + (failure.getMessage() == null ? "." : ": " + failure.getMessage() + ".");
	}

	@Override
	public void close() {
		http.shutdownNow();
	}
}
