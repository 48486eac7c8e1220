// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

import org.osgi.annotation.versioning.ProviderType;

/** What a contribution is given about the estate in which it is opened. Thread-safe. */
@ProviderType
public interface PluginContext {
	/** The id of the estate; stable over restarts. */
	String estate();

	/** The estate's clock: real time, or the data's own time in a replay or simulation. */
	InstantSource clock();

	/** A directory of this contribution and estate, created, for what it wants to keep. */
	Path directory();

	/**
	 * An object shared by the contributions of one estate, so that a source and a provider of one bundle can stand over
	 * the same thing. Created at the first call.
	 *
	 * @param type   its class, which is its key
	 * @param create makes it
	 * @return the one object of the estate
	 */
	<T> T shared(Class<T> type, Supplier<? extends T> create);
}
