// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** One connection that is made when it is needed, and the sentences for what can go wrong. Not thread-safe. */
final class Database implements AutoCloseable {
	/** Something to be done with a connection. */
	@FunctionalInterface
	interface Work<T> {
		T with(Connection connection) throws SQLException;
	}

	static final String TABLE_MISSING = "42P01";
	static final String SCHEMA_MISSING = "3F000";
	static final String FORBIDDEN = "42501";

	private final Properties properties;
	private Connection connection;

	/**
	 * @param properties of the driver, host, port and database included
	 */
	Database(Properties properties) {
		this.properties = properties;
	}

	/**
	 * Does something, and once more over a new connection when the one that was there is lost: the work must bear being done twice.
	 *
	 * @throws SQLException when it was not done, or nobody knows
	 */
	<T> T run(Work<T> work) throws SQLException {
		boolean fresh = connection == null;
		try {
			return work.with(connected());
		} catch (SQLException e) {
			if (!isLost(e)) {
				throw e;
			}
			close();
			// a time-out is not tried again: the caller would wait twice as long as it allowed
			if (fresh || isTimeout(e)) {
				throw e;
			}
		}
		try {
			return work.with(connected());
		} catch (SQLException e) {
			if (isLost(e)) {
				close();
			}
			throw e;
		}
	}

	private Connection connected() throws SQLException {
		if (connection == null) {
			connection = new Driver().connect("jdbc:postgresql:///", properties);
		}
		return connection;
	}

	/** Errors of the connection, of its end by the server, and of the waiting for it. */
	private static boolean isLost(SQLException e) {
		String state = e.getSQLState();
		return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("25") || e.getCause() instanceof IOException;
	}

	private static boolean isTimeout(SQLException e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

	/** What went wrong, for the operator; ends with a full stop. */
	String sentence(SQLException e) {
		String state = e.getSQLState() == null ? "" : e.getSQLState();
		String user = PGProperty.USER.getOrDefault(properties);
		return switch (state) {
		case "28P01" -> place() + " refuses the password of " + user + ".";
		case "28000" -> place() + " does not let " + user + " in: " + first(e) + ".";
		case "3D000" -> place() + " has no database " + PGProperty.PG_DBNAME.getOrDefault(properties) + ".";
		case "53300" -> place() + " has no connection left.";
		case "25006" -> place() + " only reads: it is a standby, name the primary.";
		case "57P01", "57P02", "57P03", "08003", "08006" -> isTimeout(e) ? slow() : place() + " was lost in between: " + first(e) + ".";
		case "08001", "08004" -> isTimeout(e) ? slow() : place() + " cannot be reached: " + first(e) + ".";
		case FORBIDDEN -> place() + " forbids it: " + first(e) + ".";
		default -> isTimeout(e) ? slow() : place() + " did not do it: " + first(e) + (state.isEmpty() ? "." : " (" + state + ").");
		};
	}

	private String slow() {
		return place() + " did not answer within " + PGProperty.SOCKET_TIMEOUT.getOrDefault(properties) + " s.";
	}

	private String place() {
		return "PostgreSQL at " + PGProperty.PG_HOST.getOrDefault(properties) + ":" + PGProperty.PG_PORT.getOrDefault(properties);
	}

	private static String first(SQLException e) {
		String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

	@Override
	public void close() {
		if (connection != null) {
			try {
				connection.close();
			} catch (SQLException e) {
				System.getLogger(Database.class.getName()).log(System.Logger.Level.DEBUG, "A connection was not closed well.", e);
			}
			connection = null;
		}
	}
}
