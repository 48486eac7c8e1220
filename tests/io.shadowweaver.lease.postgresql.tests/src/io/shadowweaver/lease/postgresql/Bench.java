// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** A real PostgreSQL and the settings of leases in it. */
final class Bench {
	private final Map<String, String> server = RealServers.up("postgresql");

	String url() {
		return server.get("POSTGRESQL_URL");
	}

	String user() {
		return server.get("POSTGRESQL_USER");
	}

	String password() {
		return server.get("POSTGRESQL_PASSWORD");
	}

	/** Runs statements as the owner of the database. */
	void run(String... statements) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(), user(), password()); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/** The settings of a lease, some of them others. */
	Map<String, String> settings(Map<String, String> other) {
		Map<String, String> values = new HashMap<>(Map.of("host", "127.0.0.1", "port", server.get("POSTGRESQL_PORT"), "database", "shadow", "user", user(),
				"password", password(), "name", "test", "expiry", "5s", "timeout", "2s"));
		values.putAll(other);
		return values;
	}

	/** Opens a lease as the engine does. */
	static Lease open(Map<String, String> settings, Path directory) throws PluginException {
		Declared declared = Declared.only("io.shadowweaver.lease.postgresql", "lease");
		return declared.make(LeaseFactory.class).open(declared.settings(settings), new TestContext(java.time.Clock.systemUTC(), directory));
	}
}
