// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a server is, and by what it is believed to be that. Holds no secret.
 *
 * @param uri         {@code https://HOST:PORT/}; plain {@code http} only on this machine
 * @param authority   PEM file with the certificates that are trusted in place of those of this Java; empty for those
 * @param fingerprint SHA-256 of the one certificate that is trusted, 64 hex digits in small letters; then neither its issuer nor its names count
 */
public record ServerAddress(URI uri, Optional<Path> authority, Optional<String> fingerprint) {
	private static final int DIGITS = 64;
	private static final int HTTPS_PORT = 443;
	private static final int HTTP_PORT = 80;

	/** Checks. */
	public ServerAddress {
		Objects.requireNonNull(uri, "uri");
		if (authority.isPresent() && fingerprint.isPresent()) {
			throw new IllegalArgumentException("A certificate is trusted by its authority or by its fingerprint: leave one of them out.");
		}
	}

	/**
	 * Reads what a person has typed.
	 *
	 * @param address     with or without {@code https://}
	 * @param authority   a path; empty for none
	 * @param fingerprint hex digits, with or without colons; empty for none
	 * @throws IllegalArgumentException with a sentence
	 */
	public static ServerAddress parse(String address, String authority, String fingerprint) {
		String typed = address.strip();
		if (typed.isEmpty()) {
			throw new IllegalArgumentException("The address of the server is missing, such as https://weave.example.com:8443.");
		}
		URI uri;
		try {
			uri = URI.create(typed.contains("://") ? typed : "https://" + typed);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + typed + "' is no address: " + e.getMessage() + ".", e);
		}
		boolean secure = "https".equals(uri.getScheme());
		if (uri.getHost() == null || !secure && !"http".equals(uri.getScheme())) {
			throw new IllegalArgumentException("'" + typed + "' is no address such as https://weave.example.com:8443.");
		}
		if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new IllegalArgumentException("An address has a host, a port and a path, and nothing else: a key is given apart from it.");
		}
		if (!secure && !isLocal(uri.getHost())) {
			throw new IllegalArgumentException("Without TLS the key could be read on the way: use https:// for " + uri.getHost() + ".");
		}
		String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath().endsWith("/") ? uri.getRawPath() : uri.getRawPath() + "/";
		return new ServerAddress(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path), authority.isBlank() ? Optional.empty() : Optional.of(Path.of(authority.strip())), digits(fingerprint));
	}

	private static boolean isLocal(String host) {
		return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
	}

	private static Optional<String> digits(String fingerprint) {
		String digits = fingerprint.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
		if (digits.isEmpty()) {
			return Optional.empty();
		}
		if (digits.length() != DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
			throw new IllegalArgumentException("A fingerprint is the SHA-256 of a certificate: 64 hex digits, with or without colons.");
		}
		return Optional.of(digits);
	}

	/** Host and port, as a person calls it. */
	public String name() {
		int port = uri.getPort();
		return port < 0 || port == HTTPS_PORT && "https".equals(uri.getScheme()) || port == HTTP_PORT && "http".equals(uri.getScheme()) ? uri.getHost() : uri.getHost() + ":" + port;
	}
}
