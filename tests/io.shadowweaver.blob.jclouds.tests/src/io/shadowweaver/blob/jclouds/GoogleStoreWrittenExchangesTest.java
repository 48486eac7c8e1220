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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** Google Cloud Storage, beyond the contract, over what its reference says. */
class GoogleStoreWrittenExchangesTest extends StoreWrittenExchanges<WrittenGoogleStorage> {
	@Override
	WrittenGoogleStorage listen() throws IOException {
		return new WrittenGoogleStorage();
	}

	@Override
	BlobStore open() throws PluginException {
		return Stores.open("gcs", Stores.google(service));
	}

	@Override
	String name() {
		return "Google Cloud Storage";
	}

	@Override
	String making() {
		return "POST /storage/v1/b";
	}

	@Override
	String storing() {
		return "/upload/";
	}

	/** What this process keeps in files while it is sent. */
	private static List<Path> files() throws IOException {
		try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return all.filter(file -> file.getFileName().toString().startsWith("shadowweaver-" + ProcessHandle.current().pid() + "-")).toList();
		}
	}

	@Test
	void aLargeObjectIsSentAgainFromItsFileWhichIsGoneAtTheEnd() throws Exception {
		byte[] large = bytes(CloudBlobStore.LARGE);
		AtomicInteger left = new AtomicInteger(1);
		service.losing(call -> call.path().startsWith(storing()) && left.getAndDecrement() > 0);
		try (BlobStore store = open()) {
			put(store, "large", large);
			assertArrayEquals(large, get(store, "large"));
			assertEquals(2, service.calls().stream().filter(call -> call.startsWith("POST " + storing())).count(), "lost once, and sent again");
			assertEquals(List.of(), files());
			left.set(Integer.MAX_VALUE);
			assertThrows(PluginException.class, () -> put(store, "lost", large));
			assertEquals(List.of(), files());
			assertEquals(List.of("large"), store.list(""));
		}
	}

	@Test
	void aKeyThatIsNotTakenIsASentenceWithoutIt() throws Exception {
		service.decline();
		try (BlobStore store = open()) {
			String said = assertThrows(PluginException.class, () -> put(store, "a", bytes(1))).getMessage();
			assertTrue(said.contains("credentials") && said.contains("archive"), said);
			assertFalse(said.contains("PRIVATE KEY"), said);
		}
		String said = assertThrows(PluginException.class, () -> Stores.open("gcs", Stores.with(Stores.google(service), "credential", "no key at all"))).getMessage();
		assertTrue(said.contains("(credential)") && !said.contains("no key at all"), said);
	}
}
