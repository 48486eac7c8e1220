// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** Backblaze B2, beyond the contract, over what its reference says. */
class BackblazeStoreWrittenExchangesTest {
	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private static void put(BlobStore store, String name, byte[] bytes) throws PluginException {
		store.put(name, new ByteArrayInputStream(bytes), bytes.length);
	}

	@Test
	void aBucketThatIsMissingIsEmptyAndMadeAtTheFirstObject() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			assertEquals(List.of(), store.list(""));
			assertEquals(Optional.empty(), store.find("a"));
			assertThrows(PluginException.class, () -> store.get("a"));
			store.delete("a");
			put(store, "a", bytes(3));
			assertEquals(List.of("a"), store.list(""));
			assertTrue(service.calls().contains("POST /b2api/v2/b2_create_bucket"), service.calls().toString());
		}
	}

	@Test
	void manyObjectsAreListedOverSeveralPages() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			for (int i = 0; i < 40; i++) {
				put(store, "many/" + i, bytes(1));
			}
			assertEquals(40, store.list("many/").size());
			assertEquals(11, store.list("many/1").size());
		}
	}

	@Test
	void aLargeObjectComesBackWholeAndNothingElseIsLeft() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			byte[] large = bytes((int) Traits.PARTS_FROM + 12_345);
			put(store, "large", large);
			try (InputStream in = store.get("large")) {
				assertArrayEquals(large, in.readAllBytes());
			}
			assertEquals(large.length, store.find("large").orElseThrow().bytes());
			assertEquals(List.of("large"), store.list(""));
			assertThrows(PluginException.class, () -> store.put("cut", new ByteArrayInputStream(large), large.length + 1L));
			assertEquals(List.of("large"), store.list(""), "what was cut off leaves nothing");
		}
	}

	@Test
	void whatBrokeOffIsStoredByTryingAgain() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			put(store, "first", bytes(5));
			service.losing(call -> call.path().equals("/upload/file"));
			String said = assertThrows(PluginException.class, () -> put(store, "second", bytes(7))).getMessage();
			assertTrue(said.startsWith("second was not stored at Backblaze B2 (archive): "), said);
			assertEquals(List.of("first"), store.list(""));
			service.losing(call -> false);
			put(store, "second", bytes(7));
			assertEquals(List.of("first", "second"), store.list(""));
			try (InputStream in = store.get("second")) {
				assertArrayEquals(bytes(7), in.readAllBytes());
			}
		}
	}

	/** B2 keeps what is replaced as an older version, which must not come back when the newer one is removed. */
	@Test
	void whatWasReplacedDoesNotComeBack() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			byte[] large = bytes((int) Traits.PARTS_FROM);
			put(store, "a", bytes(3));
			put(store, "a", large);
			put(store, "a", large);
			store.delete("a");
			assertEquals(Optional.empty(), store.find("a"));
			assertEquals(List.of(), store.list(""));
		}
	}

	@Test
	void whatBreaksOffInItsPartsIsCancelled() throws Exception {
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.backblaze(service))) {
			byte[] large = bytes((int) Traits.PARTS_FROM + 7);
			service.losing(call -> call.path().startsWith("/upload/part/") && call.header("X-Bz-Part-Number").equals("2"));
			assertThrows(PluginException.class, () -> put(store, "large", large));
			assertEquals(0, service.unfinished(), "nothing is left that costs");
			service.losing(call -> false);
			put(store, "large", large);
			try (InputStream in = store.get("large")) {
				assertArrayEquals(large, in.readAllBytes());
			}
		}
	}

	@Test
	void aKeyThatIsNotTakenIsASentenceWithoutIt() throws Exception {
		String wrong = "K001-of-somebody-else";
		try (WrittenBackblaze service = new WrittenBackblaze(); BlobStore store = Stores.open("b2", Stores.with(Stores.backblaze(service), "credential", wrong))) {
			String said = assertThrows(PluginException.class, () -> put(store, "a", bytes(1))).getMessage();
			assertTrue(said.contains("credentials") && said.contains("archive"), said);
			assertFalse(said.contains(wrong), said);
		}
	}
}
