// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

/**
 * Where the API listens, and whom it answers.
 *
 * @param host      an address of this machine; another one than loopback needs TLS
 * @param port      0 for any free one
 * @param names     how else this server may be called in requests, such as behind a proxy; loopback names and the host itself need not be there
 * @param anonymous what somebody on this machine may do without a key; empty for nothing
 * @param tls       absent to speak clear text, on loopback alone
 * @param oidc      whose bearer tokens are taken; empty for nobody's
 * @param limits    how much is answered
 * @param autoscaling what autoscalers of others are told
 */
public record ServerSettings(String host, int port, List<String> names, Set<Scope> anonymous, Optional<TlsSettings> tls, Optional<OidcSettings> oidc, Limits limits,
		AutoscalingSettings autoscaling) {
	/** The loopback address, on any free port. */
	public static final ServerSettings LOOPBACK = new ServerSettings("127.0.0.1", 0);

	/**
	 * Checks the address.
	 *
	 * @throws IllegalArgumentException for a port out of range, and for another address than loopback without TLS
	 */
	public ServerSettings {
		Objects.requireNonNull(host, "host");
		names = List.copyOf(names);
		anonymous = Set.copyOf(anonymous);
		Objects.requireNonNull(autoscaling, "autoscaling");
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException("the port of the API must be 0 to 65535: " + port);
		}
		if (!isLoopback(host) && tls.isEmpty()) {
			throw new IllegalArgumentException("the API listens on this machine alone where it has no TLS: " + host + " is no loopback address");
		}
	}

	/** In clear text, reads for everybody on this machine. */
	public ServerSettings(String host, int port) {
		this(host, port, List.of(), Set.of(Scope.READ), Optional.empty(), Optional.empty(), Limits.DEFAULT, AutoscalingSettings.DEFAULT);
	}

	/** The same on another port. */
	public ServerSettings withPort(int other) {
		return new ServerSettings(host, other, names, anonymous, tls, oidc, limits, autoscaling);
	}

	/** The same with TLS. */
	public ServerSettings withTls(TlsSettings other) {
		return new ServerSettings(host, port, names, anonymous, Optional.of(other), oidc, limits, autoscaling);
	}

	/** The same with other limits. */
	public ServerSettings withLimits(Limits other) {
		return new ServerSettings(host, port, names, anonymous, tls, oidc, other, autoscaling);
	}

	/** The same with bearer tokens. */
	public ServerSettings withOidc(OidcSettings other) {
		return new ServerSettings(host, port, names, anonymous, tls, Optional.of(other), limits, autoscaling);
	}

	/** The same, where somebody on this machine may do other things without a key. */
	public ServerSettings withAnonymous(Set<Scope> scopes) {
		return new ServerSettings(host, port, names, scopes, tls, oidc, limits, autoscaling);
	}

	/** The same, where autoscalers are told otherwise. */
	public ServerSettings withAutoscaling(AutoscalingSettings other) {
		return new ServerSettings(host, port, names, anonymous, tls, oidc, limits, other);
	}

	/** Whether nobody but this machine can ask. */
	public boolean isLocal() {
		return isLoopback(host);
	}

	/** Whether a name or address stands for this machine alone. */
	static boolean isLoopback(String host) {
		try {
			// localhost is not looked up: a resolver may say anything
			return host.equalsIgnoreCase("localhost") || host.matches("[0-9.]+|\\[?[0-9a-fA-F:]+]?") && InetAddress.getByName(host).isLoopbackAddress();
		} catch (UnknownHostException e) {
			return false;
		}
	}
}
