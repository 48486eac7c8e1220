// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;

/**
 * The newest {@value #KEPT} lines of the platform's log, for the log view; what plain bundles log stands there too, with its secrets masked. Thread-safe.
 */
public final class LogBook implements AutoCloseable {
	/** How many lines are kept. */
	public static final int KEPT = 2_000;

	/**
	 * A line.
	 *
	 * @param time    on the wall
	 * @param level   how bad
	 * @param origin  the class or bundle that wrote it
	 * @param message what it says
	 * @param detail  the stack trace; empty for none
	 */
	public record Line(Instant time, Severity level, String origin, String message, String detail) {
	}

	/** How bad a line is. */
	public enum Severity {
		/** For the curious. */
		DEBUG,
		/** Good to know. */
		INFO,
		/** Something is not as it should be. */
		WARNING,
		/** Something does not work. */
		ERROR
	}

	private final Deque<Line> lines = new ArrayDeque<>();
	private final Listeners listeners = new Listeners();
	private final ILogListener platform = (status, plugin) -> add(ofStatus(status));

	LogBook() {
		Platform.addLogListener(platform);
	}

	private static Line ofStatus(IStatus status) {
		Severity severity = switch (status.getSeverity()) {
		case IStatus.ERROR -> Severity.ERROR;
		case IStatus.WARNING -> Severity.WARNING;
		default -> Severity.INFO;
		};
		return new Line(Instant.ofEpochMilli(java.time.Clock.systemUTC().millis()), severity, status.getPlugin(), status.getMessage(),
				trace(status.getException()));
	}

	private static String trace(Throwable thrown) {
		if (thrown == null) {
			return "";
		}
		java.io.StringWriter text = new java.io.StringWriter();
		try (java.io.PrintWriter writer = new java.io.PrintWriter(text)) {
			for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
				writer.println(cause);
				for (StackTraceElement element : cause.getStackTrace()) {
					writer.println("    at " + element);
				}
			}
		}
		return text.toString();
	}

	/** Adds a line. */
	public void add(Line line) {
		synchronized (lines) {
			lines.addFirst(line);
			if (lines.size() > KEPT) {
				lines.removeLast();
			}
		}
		listeners.fire();
	}

	/** The lines, newest first; a copy. */
	public List<Line> lines() {
		synchronized (lines) {
			return new ArrayList<>(lines);
		}
	}

	/** Forgets all lines. */
	public void clear() {
		synchronized (lines) {
			lines.clear();
		}
		listeners.fire();
	}

	/**
	 * Calls back, on any thread, when there is a new line.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}

	@Override
	public void close() {
		Platform.removeLogListener(platform);
	}
}
