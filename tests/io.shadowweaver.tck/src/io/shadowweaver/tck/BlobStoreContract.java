// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** What every {@link BlobStore} keeps. */
public abstract class BlobStoreContract {
	/** Opens an empty store. */
	protected abstract BlobStore open() throws Exception;

	private static void put(BlobStore store, String name, byte[] data) throws PluginException {
		store.put(name, new ByteArrayInputStream(data), data.length);
	}

	private static byte[] get(BlobStore store, String name) throws PluginException, IOException {
		try (InputStream in = store.get(name)) {
			return in.readAllBytes();
		}
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void givesBackWhatWasStored() throws Exception {
		try (BlobStore store = open()) {
			byte[] large = new byte[3_000_000];
			new Random(1).nextBytes(large);
			put(store, "a/b/large.bin", large);
			put(store, "empty", new byte[0]);
			assertArrayEquals(large, get(store, "a/b/large.bin"));
			assertArrayEquals(new byte[0], get(store, "empty"));
		}
	}

	@Test
	void replacesWhole() throws Exception {
		try (BlobStore store = open()) {
			put(store, "one", text("a longer first version"));
			put(store, "one", text("second"));
			assertArrayEquals(text("second"), get(store, "one"));
		}
	}

	@Test
	void listsByPrefixInOrder() throws Exception {
		try (BlobStore store = open()) {
			for (String name : List.of("b/2", "a/1", "b/1", "bb")) {
				put(store, name, text(name));
			}
			assertEquals(List.of("a/1", "b/1", "b/2", "bb"), store.list(""));
			assertEquals(List.of("b/1", "b/2"), store.list("b/"));
			assertEquals(List.of("b/1", "b/2", "bb"), store.list("b"));
			assertEquals(List.of(), store.list("zz"));
		}
	}

	@Test
	void removesAndDoesNotMindWhatIsGone() throws Exception {
		try (BlobStore store = open()) {
			put(store, "gone", text("x"));
			store.delete("gone");
			store.delete("gone");
			assertEquals(List.of(), store.list(""));
			assertThrows(PluginException.class, () -> get(store, "gone"));
		}
	}

	@Test
	void storesNothingWhenTheDataEndEarlyOrFail() throws Exception {
		try (BlobStore store = open()) {
			put(store, "kept", text("old"));
			assertThrows(PluginException.class, () -> store.put("kept", new ByteArrayInputStream(text("ne")), 3));
			assertArrayEquals(text("old"), get(store, "kept"));
			InputStream failing = new InputStream() {
				@Override
				public int read() throws IOException {
					throw new IOException("the data broke off");
				}
			};
			assertThrows(PluginException.class, () -> store.put("new", failing, 10));
			assertEquals(List.of("kept"), store.list(""));
		}
	}

	@Test
	void aNameNeverLeavesTheStore() throws Exception {
		try (BlobStore store = open()) {
			assertThrows(PluginException.class, () -> put(store, "../outside", text("x")));
			assertThrows(PluginException.class, () -> put(store, "/absolute", text("x")));
			assertEquals(List.of(), store.list(""));
		}
	}
}
