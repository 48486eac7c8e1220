// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;

/**
 * Where estates live: the embedded engine, or another one that the windows are {@linkplain Estates#attach(Backend) attached} to.
 * Methods may be called from any thread; all but {@link #estates()} may block.
 */
public interface Backend extends AutoCloseable {
	/** The estates that run. */
	List<EstateHandle> estates();

	/**
	 * Calls back, on any thread, when {@link #estates()} has changed.
	 *
	 * @return closes the subscription
	 */
	AutoCloseable onEstatesChanged(Runnable callback);

	/** Every contribution, broken ones included. */
	List<ContributionInfo> contributions();

	/** The estates that run inside of this process, in their engine's own form, for what is served from here; none of another process. */
	default List<Weaver> embedded() {
		return List.of();
	}

	/** The stores that archives of these estates go to; empty for another process, which has its own. */
	default Optional<ArchiveStores> archiveStores() {
		return Optional.empty();
	}

	/** What went wrong outside of any estate, such as a configuration that cannot be read. */
	List<Status> problems();

	/**
	 * Tries a connection: opens it, asks what is there, and closes it. Nothing is made or kept.
	 *
	 * @param draft what is wanted; where it changes a connection, its blank secrets are those that are kept
	 * @return how it went, with a sentence
	 */
	Status test(ConnectionDraft draft);

	/**
	 * Which resources the settings of a source would put into which group.
	 *
	 * @param type     the id of the metric source
	 * @param settings text by key
	 * @return empty where that source cannot say before it is opened
	 * @throws PluginException naming the setting that is wrong, or saying why nothing answers
	 */
	Optional<GroupPreview> preview(String type, Map<String, String> settings) throws PluginException;

	/**
	 * Makes a connection or changes it, and keeps it for the next start; its estate is opened anew.
	 *
	 * @param draft what is wanted
	 * @return the id of the estate that it is in
	 * @throws PluginException naming what is wrong; then nothing was changed
	 */
	String connect(ConnectionDraft draft) throws PluginException;

	/** Stops an estate and forgets its connections; its history stays on the disk. */
	void disconnect(String estate) throws PluginException;

	/** Stops all estates. */
	@Override
	void close();
}
