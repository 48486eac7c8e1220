// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Where the API listens. There is no TLS and there are no keys yet, so nothing but this machine may ask.
 *
 * @param host an address of the loopback interface
 * @param port 0 for any free one
 */
public record ServerSettings(String host, int port) {
	/** The loopback address, on any free port. */
	public static final ServerSettings LOOPBACK = new ServerSettings("127.0.0.1", 0);

	/**
	 * Checks the address.
	 *
	 * @throws IllegalArgumentException for another address than loopback, or a port out of range
	 */
	public ServerSettings {
		Objects.requireNonNull(host, "host");
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException("the port of the API must be 0 to 65535: " + port);
		}
		if (!isLoopback(host)) {
			throw new IllegalArgumentException("the API listens on this machine alone: " + host + " is no loopback address");
		}
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
