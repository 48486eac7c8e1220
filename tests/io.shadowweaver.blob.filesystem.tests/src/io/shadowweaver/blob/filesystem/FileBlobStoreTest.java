// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/** What holds for files beside the contract. */
class FileBlobStoreTest {
	private static final int SOME_BYTES = 1 << 20;

	@TempDir
	private Path directory;
	private Path root;
	private FileBlobStore store;

	@BeforeEach
	void open() {
		root = directory.resolve("store");
		store = new FileBlobStore(root);
	}

	private void put(String name, String text) throws PluginException {
		store.put(name, new ByteArrayInputStream(text.getBytes()), text.length());
	}

	private long drafts() throws IOException {
		try (Stream<Path> all = Files.list(root.resolve(".incomplete"))) {
			return all.count();
		}
	}

	@Test
	void nothingIsMadeBeforeTheFirstObject() throws Exception {
		assertEquals(List.of(), store.list(""));
		assertEquals(Optional.empty(), store.find("a"));
		store.delete("a");
		assertFalse(Files.exists(root));
	}

	@Test
	void filesAreForTheirOwnerAlone() throws Exception {
		put("a", "x");
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a"))));
	}

	@Test
	void aFailureLeavesNoDraft() throws Exception {
		put("a", "x");
		assertThrows(PluginException.class, () -> store.put("b", new ByteArrayInputStream(new byte[1]), 2));
		PluginException more = assertThrows(PluginException.class, () -> store.put("b", new ByteArrayInputStream(new byte[3]), 2));
		assertTrue(more.getMessage().contains("more data"), more.getMessage());
		assertEquals(0, drafts());
	}

	@Test
	void anObjectAndAFolderOfItsNameDoNotGoTogether() throws Exception {
		put("a/b", "x");
		PluginException folder = assertThrows(PluginException.class, () -> put("a", "x"));
		assertTrue(folder.getMessage().contains("other objects lie below its name"), folder.getMessage());
		PluginException object = assertThrows(PluginException.class, () -> put("a/b/c", "x"));
		assertTrue(object.getMessage().contains("is an object"), object.getMessage());
		store.delete("a");
		assertEquals(List.of("a/b"), store.list(""));
		store.delete("a/b");
		put("a", "x");
		assertEquals(List.of("a"), store.list(""));
	}

	@Test
	void theDraftsOfTheStoreAreNoObjects() throws Exception {
		put("a", "x");
		Files.writeString(root.resolve(".incomplete").resolve("left"), "by a process that died");
		assertEquals(List.of("a"), store.list(""));
		assertThrows(PluginException.class, () -> store.get(".incomplete/left"));
		assertThrows(PluginException.class, () -> store.list(".incomplete/"));
	}

	@Test
	void aFullDiskIsASentenceAndLeavesWhatWasThere() throws Exception {
		Path small = directory.resolve("small");
		Files.createDirectories(small);
		// a file system of 256 KB, where this process may mount one
		Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()).redirectErrorStream(true).start();
		boolean mounted = mount.waitFor(10, TimeUnit.SECONDS) && mount.exitValue() == 0;
		FileBlobStore tiny = new FileBlobStore(small);
		try {
			if (mounted) {
				tiny.put("a", new ByteArrayInputStream(new byte[10]), 10);
				PluginException full = assertThrows(PluginException.class, () -> tiny.put("a", new ByteArrayInputStream(new byte[SOME_BYTES]), SOME_BYTES));
				assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
				assertEquals(10, tiny.find("a").orElseThrow().bytes());
				tiny.put("b", new ByteArrayInputStream(new byte[10]), 10);
			} else {
				InputStream failing = new InputStream() {
					@Override
					public int read() throws IOException {
						throw new IOException("No space left on device");
					}
				};
				PluginException full = assertThrows(PluginException.class, () -> tiny.put("a", failing, 10));
				assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
			}
		} finally {
			if (mounted) {
				new ProcessBuilder("umount", small.toString()).start().waitFor();
			}
		}
	}

	@Test
	void aFileInPlaceOfTheDirectoryIsASentence() throws Exception {
		Path file = Files.writeString(directory.resolve("file"), "x");
		PluginException refused = assertThrows(PluginException.class, () -> open(Map.of("directory", file.toString())));
		assertTrue(refused.getMessage().contains("is no directory"), refused.getMessage());
		assertThrows(PluginException.class, () -> open(Map.of()));
		open(Map.of("directory", root.toString())).close();
	}

	private BlobStore open(Map<String, String> values) throws PluginException {
		Declared declared = Declared.only("io.shadowweaver.blob.filesystem", "store");
		return declared.make(BlobStoreFactory.class).open(declared.settings(values), new TestContext(java.time.Clock.systemUTC(), directory));
	}
}
