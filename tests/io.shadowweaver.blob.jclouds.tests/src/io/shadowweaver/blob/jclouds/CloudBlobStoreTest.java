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

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/** What holds for clouds beside the contract: parts, prefixes, containers that are missing, wrong keys, servers that are gone. */
class CloudBlobStoreTest {
	private final String container = "test-" + UUID.randomUUID();

	private Map<String, String> settings(String id) {
		Map<String, Function<String, Map<String, String>>> all = Map.of("azure-blob", Stores::azure, "swift", Stores::swift, "s3", Stores::s3);
		return all.get(id).apply(container);
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void aLargeObjectComesBackWholeAndIsOneInTheList(String id) throws Exception {
		try (BlobStore store = Stores.open(id, settings(id))) {
			byte[] large = bytes(CloudBlobStore.LARGE + 12_345);
			put(store, "large", large);
			assertArrayEquals(large, get(store, "large"));
			assertEquals(large.length, store.find("large").orElseThrow().bytes());
			assertEquals(List.of("large"), store.list(""));
			assertThrows(PluginException.class, () -> store.put("cut", new ByteArrayInputStream(large), large.length + 1L));
			assertEquals(List.of("large"), store.list(""));
			store.delete("large");
			assertEquals(List.of(), store.list(""));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void aContainerThatIsMissingIsEmptyAndMadeAtTheFirstObject(String id) throws Exception {
		try (BlobStore store = Stores.open(id, settings(id))) {
			assertEquals(List.of(), store.list(""));
			assertEquals(Optional.empty(), store.find("a"));
			assertThrows(PluginException.class, () -> store.get("a"));
			store.delete("a");
			put(store, "a", bytes(3));
			assertEquals(List.of("a"), store.list(""));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void aPrefixKeepsStoresOfOneContainerApart(String id) throws Exception {
		try (BlobStore one = Stores.open(id, Stores.with(settings(id), "prefix", "one/")); BlobStore other = Stores.open(id, Stores.with(settings(id), "prefix", "other/"));
				BlobStore all = Stores.open(id, settings(id))) {
			put(one, "a", bytes(1));
			put(other, "b", bytes(2));
			assertEquals(List.of("a"), one.list(""));
			assertEquals(List.of("b"), other.list(""));
			assertEquals(List.of("one/a", "other/b"), all.list(""));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void manyObjectsAreListedOverSeveralPages(String id) throws Exception {
		try (BlobStore store = Stores.open(id, settings(id))) {
			for (int i = 0; i < 40; i++) {
				put(store, "many/" + i, bytes(1));
			}
			assertEquals(40, store.list("many/").size());
			assertEquals(11, store.list("many/1").size());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void aWrongKeyIsASentenceWithoutIt(String id) throws Exception {
		String wrong = "d3Jvbmcga2V5IHRoYXQgbm9ib2R5IHdvdWxkIGV2ZXIgdXNl";
		PluginException refused = assertThrows(PluginException.class, () -> {
			try (BlobStore store = Stores.open(id, Stores.with(settings(id), "credential", wrong))) {
				put(store, "a", bytes(1));
			}
		});
		assertTrue(refused.getMessage().contains("credentials"), refused.getMessage());
		assertTrue(refused.getMessage().contains(container), refused.getMessage());
		assertFalse(refused.getMessage().contains(wrong), refused.getMessage());
		for (Throwable t = refused.getCause(); t != null; t = t.getCause()) {
			assertFalse(String.valueOf(t.getMessage()).contains(wrong));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-blob", "swift", "s3" })
	void aServerThatNobodyRunsIsASentence(String id) throws Exception {
		int free;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = socket.getLocalPort();
		}
		String address = settings(id).get("endpoint").replaceFirst(":\\d+", ":" + free);
		PluginException refused = assertThrows(PluginException.class, () -> {
			try (BlobStore store = Stores.open(id, Stores.with(settings(id), "endpoint", address))) {
				store.list("");
			}
		});
		assertTrue(refused.getMessage().contains("cannot be reached"), refused.getMessage());
	}

	@Test
	void wrongSettingsAreNamed() {
		Map<String, String> swift = settings("swift");
		PluginException sign = assertThrows(PluginException.class, () -> Stores.open("swift", Stores.with(swift, "auth", "magic")));
		assertTrue(sign.getMessage().contains("(auth)"), sign.getMessage());
		assertThrows(PluginException.class, () -> Stores.open("swift", Stores.with(swift, "prefix", "../")));
		PluginException key = assertThrows(PluginException.class, () -> Stores.open("azure-blob", Stores.with(settings("azure-blob"), "credential", "not a key!")));
		assertTrue(key.getMessage().contains("(credential)") && !key.getMessage().contains("not a key!"), key.getMessage());
	}

	@Test
	void namesAndKeysAreOneToOne() throws Exception {
		for (String name : List.of("a", "a_b", "a b", "ä€/日", "_", "__", "a%20b", "2026-11-25T00:00:00Z.json")) {
			String key = BlobKeys.of("", name);
			assertTrue(key.matches("[A-Za-z0-9./_-]+"), key);
			assertEquals(name, BlobKeys.name(key));
		}
		assertEquals("foreign_key", BlobKeys.name("foreign_key"));
		assertThrows(PluginException.class, () -> BlobKeys.of("", "ä".repeat(400)));
		assertEquals("ä".getBytes(StandardCharsets.UTF_8).length * 3, BlobKeys.of("", "ä").length());
	}
}
