// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.jclouds;

import org.jclouds.logging.BaseLogger;
import org.jclouds.logging.Logger;
import org.jclouds.logging.config.LoggingModule;

/** Keeps jclouds from logging: it would write headers and bodies, tokens and passwords among them, and its own null logger writes to standard error. */
final class Silence extends LoggingModule {
	@Override
	public Logger.LoggerFactory createLoggerFactory() {
		return SilentLogger::new;
	}

	private static final class SilentLogger extends BaseLogger {
		private final String category;

		SilentLogger(String category) {
			this.category = category;
		}

		@Override
		public String getCategory() {
			return category;
		}

		@Override
		public boolean isTraceEnabled() {
			return false;
		}

		@Override
		public boolean isDebugEnabled() {
			return false;
		}

		@Override
		public boolean isInfoEnabled() {
			return false;
		}

		@Override
		public boolean isWarnEnabled() {
			return false;
		}

		@Override
		public boolean isErrorEnabled() {
			return false;
		}

		@Override
		protected void logTrace(String message) {
			// never called
		}

		@Override
		protected void logDebug(String message) {
			// never called
		}

		@Override
		protected void logInfo(String message) {
			// never called
		}

		@Override
		protected void logWarn(String message) {
			// never called
		}

		@Override
		protected void logWarn(String message, Throwable e) {
			// never called
		}

		@Override
		protected void logError(String message) {
			// never called
		}

		@Override
		protected void logError(String message, Throwable e) {
			// never called
		}
	}
}
