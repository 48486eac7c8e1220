// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose bearer tokens are taken.
 *
 * @param issuer   as tokens name it, to the letter; https, or a loopback address
 * @param audience that a token must name
 * @param jwks     where its keys are; empty to ask the issuer
 * @param claim    that holds scopes or roles: a text with blanks, or a list; {@code scope} where empty
 * @param name     the claim that holds the name of the person; {@code sub} where empty
 * @param scopes   by value of that claim, what it allows; empty when the values are scopes themselves
 */
public record OidcSettings(String issuer, String audience, Optional<String> jwks, Optional<String> claim, Optional<String> name, Map<String, Set<Scope>> scopes) {
	/**
	 * Checks.
	 *
	 * @throws IllegalArgumentException says what is wrong
	 */
	public OidcSettings {
		Objects.requireNonNull(issuer, "issuer");
		if (audience == null || audience.isBlank()) {
			throw new IllegalArgumentException("audience is missing: without it a token for any other service would do here");
		}
		jwks = jwks == null ? Optional.empty() : jwks;
		claim = claim == null ? Optional.empty() : claim;
		name = name == null ? Optional.empty() : name;
		scopes = scopes == null ? Map.of() : scopes.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> Set.copyOf(one.getValue())));
		secure("issuer", issuer);
		jwks.ifPresent(uri -> secure("jwks", uri));
	}

	private static void secure(String key, String text) {
		URI uri = URI.create(text);
		String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
		boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
		if (host.isEmpty() || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback)) {
			throw new IllegalArgumentException(key + " must be an https address: " + text);
		}
	}
}
