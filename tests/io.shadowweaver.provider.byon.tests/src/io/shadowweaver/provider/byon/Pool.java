// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.shadowweaver.tck.RealServers;

/** Three real SSH servers as a pool, with a state folder of its own each, since they share one file system. */
final class Pool {
	private final Map<String, String> server = RealServers.up("sshd");
	private final Path directory;

	Pool(Path directory) {
		this.directory = directory;
	}

	String port(int host) {
		return server.get("SSHD_PORTS").split(",")[host];
	}

	Path state(int host) {
		return directory.resolve("state-" + host);
	}

	/** Settings of all three hosts. */
	Map<String, String> settings() throws IOException {
		StringBuilder hosts = new StringBuilder();
		StringBuilder known = new StringBuilder();
		Path home = Path.of(server.get("SSHD_KEY")).getParent();
		for (int i = 0; i < 3; i++) {
			hosts.append("host-").append(i).append(' ').append(server.get("SSHD_USER")).append('@').append(server.get("SSHD_ADDRESS")).append(':').append(port(i))
					.append(" cores=2 memory=4GiB zone=").append(i < 2 ? "a" : "b").append(" rack=r").append(i).append(" state=").append(state(i)).append('\n');
			known.append('[').append(server.get("SSHD_ADDRESS")).append("]:").append(port(i)).append(' ')
					.append(Files.readString(home.resolve("host" + (i + 1)).resolve("key.pub")));
		}
		Path file = directory.resolve("known_hosts");
		Files.writeString(file, known);
		Map<String, String> values = new HashMap<>();
		values.put("hosts", hosts.toString());
		values.put("known-hosts", file.toString());
		values.put("key-file", server.get("SSHD_KEY"));
		return values;
	}
}
