// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import org.osgi.annotation.versioning.ProviderType;

import io.shadowweaver.api.metric.Batch;

/** Takes pieces of history. Blocks while the engine is behind. */
@ProviderType
@FunctionalInterface
public interface BatchSink {
	/**
	 * @param batch the next piece
	 */
	void accept(Batch batch);
}
