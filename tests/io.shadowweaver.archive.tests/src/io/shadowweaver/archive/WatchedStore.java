// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobInfo;
import io.shadowweaver.api.store.BlobStore;

/** A store that counts what is stored and fetched, and may have room for so many objects only. */
final class WatchedStore implements BlobStore {
	private final BlobStore store;
	private final IntConsumer watcher;
	int room = Integer.MAX_VALUE;
	int stored;
	int fetched;

	/**
	 * @param watcher called with the number of objects stored or fetched so far
	 */
	WatchedStore(BlobStore store, IntConsumer watcher) {
		this.store = store;
		this.watcher = watcher;
	}

	WatchedStore(BlobStore store) {
		this(store, count -> {
			// nobody watches
		});
	}

	@Override
	public void put(String name, InputStream data, long length) throws PluginException {
		if (stored >= room) {
			throw new PluginException(name + " was not stored: the disk is full.");
		}
		store.put(name, data, length);
		watcher.accept(++stored);
	}

	@Override
	public InputStream get(String name) throws PluginException {
		watcher.accept(++fetched);
		return store.get(name);
	}

	@Override
	public Optional<BlobInfo> find(String name) throws PluginException {
		return store.find(name);
	}

	@Override
	public List<String> list(String prefix) throws PluginException {
		return store.list(prefix);
	}

	@Override
	public void delete(String name) throws PluginException {
		store.delete(name);
	}

	@Override
	public void close() {
		store.close();
	}
}
