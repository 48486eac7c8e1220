// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** Objects of tests. */
final class Blobs {
	private Blobs() {
	}

	/** So many bytes, the same for the same length. */
	static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	static void put(BlobStore store, String name, byte[] bytes) throws PluginException {
		store.put(name, new ByteArrayInputStream(bytes), bytes.length);
	}

	static byte[] get(BlobStore store, String name) throws PluginException, IOException {
		try (InputStream in = store.get(name)) {
			return in.readAllBytes();
		}
	}
}
