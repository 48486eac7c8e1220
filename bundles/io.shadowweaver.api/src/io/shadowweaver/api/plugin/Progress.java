// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import org.osgi.annotation.versioning.ProviderType;

/** Progress of long work, and the wish of the caller to cancel it. Thread-safe. */
@ProviderType
public interface Progress {
	/** Progress that nobody watches and nobody cancels. */
	Progress NONE = new Progress() {
		@Override
		public void report(double fraction, String what) {
			// nobody watches
		}

		@Override
		public boolean isCancelled() {
			return false;
		}
	};

	/**
	 * @param fraction what is done, 0 to 1
	 * @param what     what is being done, for the progress view
	 */
	void report(double fraction, String what);

	/** Whether the caller wants the work to stop at the next safe point. */
	boolean isCancelled();
}
