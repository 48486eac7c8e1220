// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** Contributed stores, by their ids. */
final class TestStores {
	private TestStores() {
	}

	/** Settings of a store of its own. */
	static Map<String, String> settings(String id, Path directory, String container) {
		return switch (id) {
		case "filesystem" -> Map.of("directory", directory.resolve(container).toString());
		case "azure-blob" -> {
			Map<String, String> server = RealServers.up("azurite");
			yield Map.of("endpoint", server.get("AZURITE_ENDPOINT"), "identity", server.get("AZURITE_ACCOUNT"), "credential", server.get("AZURITE_KEY"), "container", container);
		}
		case "swift" -> {
			Map<String, String> server = RealServers.up("swift");
			yield Map.of("endpoint", server.get("SWIFT_ENDPOINT"), "identity", server.get("SWIFT_IDENTITY"), "credential", server.get("SWIFT_CREDENTIAL"), "auth", "tempauth", "container",
					container);
		}
		default -> throw new IllegalArgumentException(id);
		};
	}

	static BlobStore open(String id, Map<String, String> settings) throws PluginException {
		String bundle = id.equals("filesystem") ? "io.shadowweaver.blob.filesystem" : "io.shadowweaver.blob.jclouds";
		Declared store = Declared.all(bundle, "store").stream().filter(one -> one.id().equals(id)).findAny().orElseThrow();
		return store.make(BlobStoreFactory.class).open(store.settings(settings), new TestContext(java.time.Clock.systemUTC(), Path.of(".")));
	}

	/** {@code key=value} on a command line. */
	static Map<String, String> parse(List<String> words) {
		Map<String, String> settings = new HashMap<>();
		words.forEach(word -> settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
		return settings;
	}
}
