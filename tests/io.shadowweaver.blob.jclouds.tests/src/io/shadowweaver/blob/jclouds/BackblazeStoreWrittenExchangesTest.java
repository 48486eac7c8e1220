// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import static io.shadowweaver.blob.jclouds.Blobs.bytes;
import static io.shadowweaver.blob.jclouds.Blobs.get;
import static io.shadowweaver.blob.jclouds.Blobs.put;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** Backblaze B2, beyond the contract, over what its reference says. */
class BackblazeStoreWrittenExchangesTest extends StoreWrittenExchanges<WrittenBackblaze> {
	@Override
	WrittenBackblaze listen() throws IOException {
		return new WrittenBackblaze();
	}

	@Override
	BlobStore open() throws PluginException {
		return Stores.open("b2", Stores.backblaze(service));
	}

	@Override
	String name() {
		return "Backblaze B2";
	}

	@Override
	String making() {
		return "POST /b2api/v2/b2_create_bucket";
	}

	@Override
	String storing() {
		return "/upload/file";
	}

	/** B2 keeps what is replaced as an older version, which must not come back when the newer one is removed. */
	@Test
	void whatWasReplacedDoesNotComeBack() throws Exception {
		try (BlobStore store = open()) {
			byte[] large = bytes(CloudBlobStore.LARGE);
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
		try (BlobStore store = open()) {
			byte[] large = bytes(CloudBlobStore.LARGE + 7);
			service.losing(call -> call.path().startsWith("/upload/part/") && call.header("X-Bz-Part-Number").equals("2"));
			assertThrows(PluginException.class, () -> put(store, "large", large));
			assertEquals(0, service.unfinished(), "nothing is left that costs");
			service.losing(call -> false);
			put(store, "large", large);
			assertArrayEquals(large, get(store, "large"));
		}
	}

	@Test
	void aKeyThatIsNotTakenIsASentenceWithoutIt() throws Exception {
		String wrong = "K001-of-somebody-else";
		try (BlobStore store = Stores.open("b2", Stores.with(Stores.backblaze(service), "credential", wrong))) {
			String said = assertThrows(PluginException.class, () -> put(store, "a", bytes(1))).getMessage();
			assertTrue(said.contains("credentials") && said.contains("archive"), said);
			assertFalse(said.contains(wrong), said);
		}
	}
}
