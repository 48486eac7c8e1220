// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;

/**
 * A row that names the holder, its fencing number and when it expires. One statement takes or renews it, so that two engines never hold
 * it at once; all times are those of the database. The row stays when nobody holds the lease, so that numbers only grow.
 * <p>
 * The holder is known by a mark that is made anew with each lease: where an answer was lost, the next question finds out whether the
 * lease had been taken.
 */
final class PostgresLease implements Lease {
	/** What PostgreSQL says of a table that another session has just made: a unique key of its catalogue, the table, or its type. */
	private static final Set<String> ALREADY_THERE = Set.of("23505", "42P07", "42710");

	private final Database database;
	private final String table;
	private final String name;
	private final String who;
	private final double expiry;
	private final String session = UUID.randomUUID().toString();
	private boolean mayBeHeld;
	private boolean closed;

	/**
	 * @param database where the row is; closed with the lease
	 * @param table    its table, a plain name, with a schema or not
	 * @param name     its key
	 * @param who      what others read of the holder
	 * @param expiry   how long it lasts without being renewed
	 */
	PostgresLease(Database database, String table, String name, String who, Duration expiry) {
		this.database = database;
		this.table = table;
		this.name = name;
		this.who = who;
		this.expiry = expiry.toMillis() / 1e3;
	}

	@Override
	public synchronized OptionalLong hold() throws PluginException {
		if (closed) {
			throw new PluginException("The lease " + name + " was closed.");
		}
		try {
			return database.run(this::takeOrRenew);
		} catch (SQLException e) {
			if (!isMissing(e)) {
				throw failure(e);
			}
		}
		create();
		try {
			return database.run(this::takeOrRenew);
		} catch (SQLException e) {
			throw failure(e);
		}
	}

	private OptionalLong takeOrRenew(Connection connection) throws SQLException {
		String sql = "INSERT INTO " + table + " AS l (name, number, session, holder, expires)"
				+ " VALUES (?, 1, ?, ? || coalesce(' at ' || host(inet_client_addr()), ''), clock_timestamp() + ? * interval '1 second')"
				+ " ON CONFLICT (name) DO UPDATE SET number = l.number + CASE WHEN l.session = excluded.session THEN 0 ELSE 1 END,"
				+ " session = excluded.session, holder = excluded.holder, expires = clock_timestamp() + ? * interval '1 second'"
				+ " WHERE l.session = excluded.session OR l.expires <= clock_timestamp() RETURNING number";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, name);
			statement.setString(2, session);
			statement.setString(3, who);
			statement.setDouble(4, expiry);
			statement.setDouble(5, expiry);
			boolean before = mayBeHeld;
			mayBeHeld = true;
			try (ResultSet row = statement.executeQuery()) {
				mayBeHeld = row.next();
				return mayBeHeld ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
			} catch (SQLException e) {
				// the server refused it whole; any other failure may have come after it was done
				mayBeHeld = before || !isMissing(e);
				throw e;
			}
		}
	}

	/** Two engines may make the table at once; then one of them is told that it is there. */
	private void create() throws PluginException {
		String sql = "CREATE TABLE IF NOT EXISTS " + table
				+ " (name text PRIMARY KEY, number bigint NOT NULL, session text NOT NULL, holder text NOT NULL, expires timestamptz NOT NULL)";
		try {
			database.run(connection -> {
				try (Statement statement = connection.createStatement()) {
					return statement.execute(sql);
				}
			});
		} catch (SQLException e) {
			String state = e.getSQLState();
			if (Database.FORBIDDEN.equals(state)) {
				throw new PluginException("The table of the lease is missing, and may not be made: " + database.sentence(e) + " Let its owner run: " + sql + ";", e);
			}
			if (state == null || !ALREADY_THERE.contains(state)) {
				throw failure(e);
			}
		}
	}

	@Override
	public synchronized String holder() throws PluginException {
		try {
			return database.run(connection -> {
				try (PreparedStatement statement = connection.prepareStatement("SELECT holder FROM " + table + " WHERE name = ? AND expires > clock_timestamp()")) {
					statement.setString(1, name);
					try (ResultSet row = statement.executeQuery()) {
						return row.next() ? row.getString(1) : "";
					}
				}
			});
		} catch (SQLException e) {
			if (isMissing(e)) {
				return "";
			}
			throw failure(e);
		}
	}

	private static boolean isMissing(SQLException e) {
		return Database.TABLE_MISSING.equals(e.getSQLState());
	}

	private PluginException failure(SQLException e) {
		return new PluginException("The lease " + name + " cannot be asked for: " + database.sentence(e), e);
	}

	@Override
	public synchronized void close() {
		if (closed) {
			return;
		}
		closed = true;
		if (mayBeHeld) {
			giveUp();
		}
		database.close();
	}

	private void giveUp() {
		try {
			database.run(connection -> {
				try (PreparedStatement statement = connection.prepareStatement("UPDATE " + table + " SET session = '', expires = clock_timestamp() WHERE name = ? AND session = ?")) {
					statement.setString(1, name);
					statement.setString(2, session);
					return statement.executeUpdate();
				}
			});
		} catch (SQLException e) {
			System.getLogger(PostgresLease.class.getName()).log(System.Logger.Level.WARNING,
					"The lease " + name + " was not given up and will expire: " + database.sentence(e));
		}
	}
}
