// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * TLS of the API: either certificate and key in PEM, or a PKCS12 file that holds both.
 *
 * @param certificate  the chain in PEM, the server's own first
 * @param key          its key in PEM, PKCS8, not encrypted
 * @param keystore     a PKCS12 file instead of both
 * @param passwordFile whose first line is the password of that file
 * @param clientCa     certificates in PEM of who may certify clients; empty to ask for none
 * @param clients      by subject of a client's certificate, the whole name (RFC 2253) or the common name alone, what it may do
 */
public record TlsSettings(Optional<Path> certificate, Optional<Path> key, Optional<Path> keystore, Optional<Path> passwordFile, Optional<Path> clientCa, Map<String, Set<Scope>> clients) {
	/**
	 * Checks that they fit together.
	 *
	 * @throws IllegalArgumentException says what is missing or too much
	 */
	public TlsSettings {
		certificate = present(certificate);
		key = present(key);
		keystore = present(keystore);
		passwordFile = present(passwordFile);
		clientCa = present(clientCa);
		clients = clients == null ? Map.of() : clients.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> Set.copyOf(one.getValue())));
		if (keystore.isPresent() ? certificate.isPresent() || key.isPresent() || passwordFile.isEmpty() : certificate.isEmpty() || key.isEmpty() || passwordFile.isPresent()) {
			throw new IllegalArgumentException("tls needs certificate and key, or keystore and passwordFile, and not both");
		}
		if (!clients.isEmpty() && clientCa.isEmpty()) {
			throw new IllegalArgumentException("clients need clientCa: without it nobody's certificate is believed");
		}
	}

	/** A certificate and its key in PEM. */
	public static TlsSettings pem(Path certificate, Path key) {
		return new TlsSettings(Optional.of(certificate), Optional.of(key), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
	}

	/** The same with certificates of clients. */
	public TlsSettings withClients(Path ca, Map<String, Set<Scope>> subjects) {
		return new TlsSettings(certificate, key, keystore, passwordFile, Optional.of(ca), subjects);
	}

	private static Optional<Path> present(Optional<Path> path) {
		return path == null ? Optional.empty() : path;
	}
}
