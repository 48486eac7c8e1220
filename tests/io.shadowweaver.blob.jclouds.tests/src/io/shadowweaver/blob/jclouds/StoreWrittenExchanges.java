// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import static io.shadowweaver.blob.jclouds.Blobs.bytes;
import static io.shadowweaver.blob.jclouds.Blobs.get;
import static io.shadowweaver.blob.jclouds.Blobs.put;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/**
 * What holds beyond the contract for every store that is tested over what its reference says.
 *
 * @param <S> the written service
 */
abstract class StoreWrittenExchanges<S extends WrittenStore> {
	/** A new one for each test. */
	S service;

	abstract S listen() throws IOException;

	/** Opens the store over {@link #service}. */
	abstract BlobStore open() throws PluginException;

	/** As the store calls itself. */
	abstract String name();

	/** The call that makes a bucket. */
	abstract String making();

	/** The path of a call that stores a small object. */
	abstract String storing();

	@BeforeEach
	void begin() throws IOException {
		service = listen();
	}

	@AfterEach
	void end() {
		service.close();
	}

	@Test
	void aBucketThatIsMissingIsEmptyAndMadeAtTheFirstObject() throws Exception {
		try (BlobStore store = open()) {
			assertEquals(List.of(), store.list(""));
			assertEquals(Optional.empty(), store.find("a"));
			assertThrows(PluginException.class, () -> store.get("a"));
			store.delete("a");
			put(store, "a", bytes(3));
			assertEquals(List.of("a"), store.list(""));
			assertTrue(service.calls().contains(making()), service.calls().toString());
		}
	}

	@Test
	void manyObjectsAreListedOverSeveralPages() throws Exception {
		try (BlobStore store = open()) {
			for (int i = 0; i < 40; i++) {
				put(store, "many/" + i, bytes(1));
			}
			assertEquals(40, store.list("many/").size());
			assertEquals(11, store.list("many/1").size());
		}
	}

	@Test
	void aLargeObjectComesBackWholeAndNothingElseIsLeft() throws Exception {
		try (BlobStore store = open()) {
			byte[] large = bytes(CloudBlobStore.LARGE + 12_345);
			put(store, "large", large);
			assertArrayEquals(large, get(store, "large"));
			assertEquals(large.length, store.find("large").orElseThrow().bytes());
			assertEquals(List.of("large"), store.list(""));
			assertThrows(PluginException.class, () -> store.put("cut", new ByteArrayInputStream(large), large.length + 1L));
			assertThrows(PluginException.class, () -> store.put("longer", new ByteArrayInputStream(large), large.length - 1L));
			assertEquals(List.of("large"), store.list(""), "what was cut off leaves nothing");
		}
	}

	@Test
	void whatBrokeOffIsStoredByTryingAgain() throws Exception {
		try (BlobStore store = open()) {
			put(store, "first", bytes(5));
			service.losing(call -> call.path().startsWith(storing()));
			String said = assertThrows(PluginException.class, () -> put(store, "second", bytes(7))).getMessage();
			assertTrue(said.startsWith("second was not stored at " + name() + " (archive): "), said);
			assertEquals(List.of("first"), store.list(""));
			service.losing(call -> false);
			put(store, "second", bytes(7));
			assertEquals(List.of("first", "second"), store.list(""));
			assertArrayEquals(bytes(7), get(store, "second"));
		}
	}

	@Test
	void aLargeObjectIsNeverWholeInMemory() throws Exception {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		try (BlobStore store = open()) {
			byte[] large = bytes(CloudBlobStore.LARGE);
			put(store, "first", bytes(5));
			long before = threads.getCurrentThreadAllocatedBytes();
			put(store, "large", large);
			long allocated = threads.getCurrentThreadAllocatedBytes() - before;
			assertEquals(large.length, store.find("large").orElseThrow().bytes());
			assertTrue(allocated < large.length * 3L / 4, allocated + " bytes were allocated to send " + large.length);
		}
	}
}
