// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobInfo;
import io.shadowweaver.api.store.BlobNames;
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
			for (String name : List.of("../outside", "/absolute", "a/../../b", "a//b", "a/", ".", "", "a\\b", "line\nbreak", "x".repeat(BlobNames.LONGEST + 1))) {
				assertThrows(PluginException.class, () -> put(store, name, text("x")), name);
				assertThrows(PluginException.class, () -> get(store, name), name);
				assertThrows(PluginException.class, () -> store.find(name), name);
				assertThrows(PluginException.class, () -> store.delete(name), name);
			}
			assertEquals(List.of(), store.list(""));
		}
	}

	@Test
	void knowsSizeAndMarkWithoutTheContent() throws Exception {
		try (BlobStore store = open()) {
			assertEquals(Optional.empty(), store.find("a/b"));
			put(store, "a/b", text("first"));
			BlobInfo first = store.find("a/b").orElseThrow();
			assertEquals("a/b", first.name());
			assertEquals(5, first.bytes());
			put(store, "a/b", text("other"));
			BlobInfo second = store.find("a/b").orElseThrow();
			assertEquals(5, second.bytes());
			assertTrue(first.etag().isEmpty() || !first.etag().equals(second.etag()), "the mark changes with the content");
			assertEquals(Optional.empty(), store.find("a"), "a folder is no object");
		}
	}

	@Test
	void namesMayHoldWhatAddressesMustEscape() throws Exception {
		try (BlobStore store = open()) {
			List<String> names = List.of("a b+c", "a%20b", "a&b=c?d#e", "\u00e4\u20ac/\u65e5", "2026-11-25T00:00:00Z.json");
			for (String name : names) {
				put(store, name, text(name));
			}
			for (String name : names) {
				assertArrayEquals(text(name), get(store, name), name);
				assertEquals(text(name).length, store.find(name).orElseThrow().bytes(), name);
			}
			assertEquals(names.stream().sorted().toList(), store.list(""));
			assertEquals(List.of("a b+c"), store.list("a b"));
			for (String name : names) {
				store.delete(name);
			}
			assertEquals(List.of(), store.list(""));
		}
	}

	@Test
	void writersAndReadersAtOnceSeeWholeObjects() throws Exception {
		try (BlobStore store = open()) {
			byte[][] versions = new byte[4][];
			for (int i = 0; i < versions.length; i++) {
				versions[i] = new byte[200_000 + i];
				Arrays.fill(versions[i], (byte) ('a' + i));
			}
			put(store, "one", versions[0]);
			List<Callable<Void>> tasks = new ArrayList<>();
			for (byte[] version : versions) {
				tasks.add(() -> {
					for (int i = 0; i < 5; i++) {
						put(store, "one", version);
						put(store, "own/" + version.length, version);
						byte[] read = get(store, "one");
						assertTrue(Arrays.stream(versions).anyMatch(one -> Arrays.equals(one, read)), "a mixture of " + read.length + " bytes was read");
					}
					return null;
				});
			}
			try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
				for (Future<Void> done : threads.invokeAll(tasks)) {
					done.get();
				}
			}
			assertEquals(1 + versions.length, store.list("").size());
		}
	}
}
