// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;

import org.postgresql.PGProperty;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;

/** Opens leases in a PostgreSQL database. */
public final class PostgresLeaseFactory implements LeaseFactory {
	private static final Duration SHORTEST = Duration.ofSeconds(5);
	private static final Duration LONGEST = Duration.ofHours(1);
	private static final int LONGEST_NAME = 200;
	private static final Set<String> MODES = Set.of("disable", "require", "verify-ca", "verify-full");
	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

	@Override
	public Lease open(Settings settings, PluginContext context) throws PluginException {
		Duration expiry = settings.duration("expiry");
		if (expiry.compareTo(SHORTEST) < 0 || expiry.compareTo(LONGEST) > 0) {
			throw new PluginException("Expires after (expiry): it must be 5 s to an hour.");
		}
		Duration timeout = settings.duration("timeout");
		if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.multipliedBy(2).compareTo(expiry) >= 0) {
			throw new PluginException("Time limit (timeout): it must be at least 1 s and less than half of the expiry.");
		}
		String name = settings.has("name") ? settings.text("name") : context.estate();
		if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
			throw new PluginException("Name of the lease (name): at most " + LONGEST_NAME + " printable characters.");
		}
		String table = settings.text("table");
		if (!table.matches("([a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}")) {
			throw new PluginException("Table (table): '" + table + "' must be small letters, digits and underscores, with a schema and a dot before it where need be.");
		}
		String who = "estate " + context.estate() + " in process " + ProcessHandle.current().pid();
		return new PostgresLease(new Database(properties(settings, timeout)), table, name, who, expiry);
	}

	private static Properties properties(Settings settings, Duration timeout) throws PluginException {
		String host = settings.text("host");
		if (!host.matches("[A-Za-z0-9.:_-]+")) {
			throw new PluginException("Host (host): '" + host + "' is neither a name nor an address.");
		}
		long port = settings.integer("port");
		if (port < 1 || port > 65_535) {
			throw new PluginException("Port (port): it must be 1 to 65535.");
		}
		String mode = settings.has("tls") ? settings.text("tls") : THIS_MACHINE.contains(host) ? "disable" : "verify-full";
		if (!MODES.contains(mode)) {
			throw new PluginException("Encryption (tls): '" + mode + "' is none of disable, require, verify-ca and verify-full.");
		}
		String seconds = Long.toString(timeout.toSeconds());
		Properties properties = new Properties();
		PGProperty.PG_HOST.set(properties, host);
		PGProperty.PG_PORT.set(properties, (int) port);
		PGProperty.PG_DBNAME.set(properties, settings.text("database"));
		PGProperty.USER.set(properties, settings.text("user"));
		if (settings.has("password")) {
			PGProperty.PASSWORD.set(properties, settings.text("password"));
		}
		PGProperty.SSL_MODE.set(properties, mode);
		if (settings.has("tls-root")) {
			PGProperty.SSL_ROOT_CERT.set(properties, settings.text("tls-root"));
		} else if (mode.startsWith("verify")) {
			PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
		}
		PGProperty.GSS_ENC_MODE.set(properties, "disable");
		PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
		PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		PGProperty.APPLICATION_NAME.set(properties, "Shadow Weaver");
		// poolers hand each statement to another session, which does not know what an earlier one prepared
		PGProperty.PREPARE_THRESHOLD.set(properties, 0);
		return properties;
	}
}
