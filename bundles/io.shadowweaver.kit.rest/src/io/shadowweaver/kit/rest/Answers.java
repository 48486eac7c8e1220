// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Reads what a provider says in an answer that is an error. */
public final class Answers {
	private static final JsonFactory JSON = new JsonFactory();
	private static final Set<String> TELLING = Set.of("message", "detail", "error_description", "cause", "faultstring", "NeutronError");
	private static final Set<String> CODES = Set.of("reason", "code", "error");
	private static final int LONGEST = 300;

	private Answers() {
	}

	/**
	 * The sentence in a body: the first text under a key that usually holds it.
	 *
	 * @param body JSON or anything else
	 * @return one line of at most 300 characters; empty where the body says nothing that can be shown
	 */
	public static String said(String body) {
		return first(body, TELLING);
	}

	/**
	 * The provider's own code in a body: the first text under {@code reason}, {@code code} or {@code error}. A number, which repeats the
	 * status, is none.
	 *
	 * @param body JSON or anything else
	 * @return one line of at most 300 characters; empty where the body has none
	 */
	public static String reason(String body) {
		return first(body, CODES);
	}

	private static String first(String body, Set<String> keys) {
		try (JsonParser parser = JSON.createParser(body)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.VALUE_STRING && parser.currentName() != null && keys.contains(parser.currentName()) && !parser.getText().isBlank()) {
					return line(parser.getText());
				}
			}
		} catch (IOException e) {
			return "";
		}
		return "";
	}

	/** Whether a text can be the beginning of a JSON object or list. */
	public static boolean mayBeJson(String beginning) {
		String text = beginning.stripLeading();
		return text.isEmpty() || text.charAt(0) == '{' || text.charAt(0) == '[' || text.equals("null");
	}

	private static String line(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
	}
}
