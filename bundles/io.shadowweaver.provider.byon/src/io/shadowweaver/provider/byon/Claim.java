// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;

/**
 * Who has a host, as it stands on the host: a line {@code key=value} for each of the metadata, percent-encoded, and what the host has come to.
 *
 * @param name      what the wish called the machine
 * @param createdAt when it was claimed
 * @param metadata  with the token
 * @param state     of the machine
 * @param started   whether its script was begun
 * @param detail    why it failed; empty for none
 */
record Claim(String name, Instant createdAt, Map<String, String> metadata, Instance.State state, boolean started, String detail) {
	private static final String NAME = "@name";
	private static final String CREATED = "@created";
	private static final String STATE = "@state";

	String token() {
		return metadata.getOrDefault(CreateRequest.TOKEN, "");
	}

	/** The lines that claim a host for a request. */
	static String lines(CreateRequest request, Instant now) {
		Map<String, String> lines = new TreeMap<>(request.metadata());
		lines.put(NAME, request.name());
		lines.put(CREATED, now.toString());
		StringBuilder text = new StringBuilder();
		lines.forEach((key, value) -> text.append(encode(key)).append('=').append(encode(value)).append('\n'));
		return text.toString();
	}

	/**
	 * Reads what {@link Scripts#read} printed.
	 *
	 * @param text not empty
	 */
	static Claim parse(String text) {
		Map<String, String> lines = new TreeMap<>();
		text.lines().forEach(line -> {
			int equals = line.indexOf('=');
			if (equals > 0) {
				lines.put(decode(line.substring(0, equals)), decode(line.substring(equals + 1)));
			}
		});
		String name = lines.getOrDefault(NAME, "");
		String created = lines.getOrDefault(CREATED, "");
		String state = lines.getOrDefault(STATE, "claimed");
		lines.keySet().removeIf(key -> key.startsWith("@"));
		return new Claim(name, instant(created), lines, state(state), !state.equals("claimed"), state.matches("done [1-9]\\d*") ? "Its user data ended with " + state.substring(5) + "." : "");
	}

	private static Instance.State state(String state) {
		return switch (state) {
		case "claimed", "started" -> Instance.State.PENDING;
		case "done 0" -> Instance.State.RUNNING;
		case "releasing" -> Instance.State.DELETING;
		default -> Instance.State.FAILED;
		};
	}

	private static Instant instant(String text) {
		try {
			return Instant.parse(text);
		} catch (DateTimeParseException e) {
			return Instant.EPOCH;
		}
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@");
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		} catch (IllegalArgumentException e) {
			// somebody has edited the file: shown as it is
			return text;
		}
	}
}
