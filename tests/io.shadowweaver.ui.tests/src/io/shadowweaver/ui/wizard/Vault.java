// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.BlobInfo;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;

/** A store in memory: of its containers {@code closed} takes nothing, and {@code stuck} does not answer until it is interrupted. */
public final class Vault implements BlobStoreFactory {
	/** The password that it takes. */
	public static final String PASSWORD = "planted-77e0-secret";
	/** What lies in all containers, by container, a slash and name. */
	public static final Map<String, byte[]> OBJECTS = new ConcurrentHashMap<>();

	@Override
	public BlobStore open(Settings settings, PluginContext context) throws PluginException {
		if (!settings.text("password").equals(PASSWORD)) {
			throw new PluginException("403 for " + settings.text("password"));
		}
		return new Container(settings.text("container"));
	}

	private record Container(String name) implements BlobStore {
		private String key(String object) {
			return name + "/" + object;
		}

		@Override
		public void put(String object, InputStream data, long length) throws PluginException {
			if (name.equals("closed")) {
				throw new PluginException("Nothing may be stored in it.");
			}
			try {
				OBJECTS.put(key(object), data.readAllBytes());
			} catch (IOException e) {
				throw new PluginException("The data broke off.", e);
			}
		}

		@Override
		public InputStream get(String object) throws PluginException {
			byte[] found = OBJECTS.get(key(object));
			if (found == null) {
				throw new PluginException(object + " is not there.");
			}
			return new ByteArrayInputStream(found);
		}

		@Override
		public Optional<BlobInfo> find(String object) {
			return Optional.ofNullable(OBJECTS.get(key(object))).map(found -> new BlobInfo(object, found.length, ""));
		}

		@Override
		public List<String> list(String prefix) throws PluginException {
			if (name.equals("stuck")) {
				try {
					Thread.sleep(600_000);
				} catch (InterruptedException e) {
					throw new PluginException("It was interrupted.", e);
				}
			}
			return OBJECTS.keySet().stream().filter(key -> key.startsWith(key(prefix))).map(key -> key.substring(name.length() + 1)).sorted().toList();
		}

		@Override
		public void delete(String object) {
			OBJECTS.remove(key(object));
		}

		@Override
		public void close() {
			// nothing is held
		}
	}
}
