// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;

/**
 * Brings what plain bundles log by {@link System.Logger} into the platform's log, which the Log view shows; nothing of it
 * goes to the console, where a command's output belongs alone. Secrets that a plug-in's message quotes are masked.
 */
final class LogBridge extends Handler implements AutoCloseable {
	private static final String ROOT = "io.shadowweaver";
	/** Held here, since the log manager holds loggers weakly and would forget the handler with them. */
	private final Logger logger = Logger.getLogger(ROOT);
	private final ILog log;
	private final Secrets secrets;
	private final boolean parentHandlers = logger.getUseParentHandlers();

	private LogBridge(ILog log, Secrets secrets) {
		this.log = log;
		this.secrets = secrets;
		setFormatter(new SimpleFormatter());
		logger.addHandler(this);
		logger.setUseParentHandlers(false);
	}

	static LogBridge install(ILog log, Secrets secrets) {
		return new LogBridge(log, secrets);
	}

	@Override
	public void publish(LogRecord event) {
		if (!isLoggable(event)) {
			return;
		}
		int severity = event.getLevel().intValue() >= Level.SEVERE.intValue() ? IStatus.ERROR
				: event.getLevel().intValue() >= Level.WARNING.intValue() ? IStatus.WARNING : IStatus.INFO;
		log.log(new Status(severity, event.getLoggerName() == null ? ROOT : event.getLoggerName(), secrets.mask(getFormatter().formatMessage(event)),
				secrets.mask(event.getThrown())));
	}

	@Override
	public void flush() {
		// the platform's log writes at once
	}

	@Override
	public void close() {
		logger.removeHandler(this);
		logger.setUseParentHandlers(parentHandlers);
	}
}
