// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Calls of a test to a cloud, beside what it tests. */
final class Http {
	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private static final ObjectMapper JSON = new ObjectMapper();

	private Http() {
	}

	/**
	 * An answer.
	 *
	 * @param status the code
	 * @param body   its JSON; a missing node where there is none
	 * @param answer with its headers
	 */
	record Answer(int status, JsonNode body, HttpResponse<byte[]> answer) {
		/** This answer, which must say that all went well. */
		Answer checked() {
			if (status >= 300) {
				throw new IllegalStateException(answer.request().method() + " " + answer.uri() + ": " + status + " " + body);
			}
			return this;
		}
	}

	static Answer call(String method, String address, Map<String, String> headers, Object body) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(2)).header("Content-Type", "application/json");
			headers.forEach(request::header);
			request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
			HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
			return new Answer(answer.statusCode(), json && answer.body().length > 0 ? JSON.readTree(answer.body()) : JSON.missingNode(), answer);
		} catch (IOException e) {
			throw new IllegalStateException(method + " " + address, e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(method + " " + address, e);
		}
	}
}
