// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.kit.jclouds.StrictClient;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls after <a href="https://docs.docker.com/reference/api/engine/version/v1.41/">the reference of the Engine API, version 1.41</a>. */
final class Api {
	private static final String VERSION = "v1.41";
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final MediaType TYPE = MediaType.get("application/json");

	private final StrictClient client;
	private final HttpUrl base;

	Api(StrictClient client, String endpoint) {
		this.client = client;
		this.base = HttpUrl.get(endpoint).newBuilder().addPathSegment(VERSION).build();
	}

	/** The address of a call. */
	HttpUrl.Builder at(String... segments) {
		HttpUrl.Builder builder = base.newBuilder();
		for (String segment : segments) {
			// a slash in the name of an image belongs to the path
			builder.addPathSegments(segment);
		}
		return builder;
	}

	/**
	 * One call.
	 *
	 * @param method such as GET
	 * @param url    whole
	 * @param body   {@code null} for none
	 * @return the answer; missing where it is empty
	 * @throws IOException {@link io.shadowweaver.kit.rest.AnswerException} where the answer is an error
	 */
	JsonNode call(String method, HttpUrl url, JsonNode body) throws IOException {
		RequestBody sent = body != null ? RequestBody.create(TYPE, body.toString()) : method.equals("POST") ? RequestBody.create(TYPE, "") : null;
		Request request = new Request.Builder().url(url).header("Accept", "application/json").method(method, sent).build();
		try (Response response = client.get().newCall(request).execute()) {
			byte[] answer = response.body() == null ? new byte[0] : response.body().bytes();
			return answer.length == 0 ? JSON.missingNode() : JSON.readTree(answer);
		}
	}

	/** Closes what is kept open. */
	void close() {
		client.get().connectionPool().evictAll();
	}
}
