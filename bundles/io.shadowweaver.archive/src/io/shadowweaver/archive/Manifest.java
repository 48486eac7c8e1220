// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobNames;

/**
 * What an archive holds; written last, so that an archive without one is not there.
 *
 * @param format  always {@value #FORMAT}
 * @param version of this form
 * @param estate  the id of the estate
 * @param asOf    when the archive was begun
 * @param newest  the time of the newest sample; the epoch where there is none
 * @param files   of the estate's directory, by name
 * @param history parts of the history, by name
 */
record Manifest(String format, int version, String estate, Instant asOf, Instant newest, List<Item> files, List<Item> history) {
	static final String FORMAT = "shadow-weaver-archive";
	static final int VERSION = 1;

	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(SerializationFeature.INDENT_OUTPUT).build();

	Manifest {
		Objects.requireNonNull(estate, "estate");
		Objects.requireNonNull(asOf, "asOf");
		Objects.requireNonNull(newest, "newest");
		files = List.copyOf(files);
		history = List.copyOf(history);
	}

	/**
	 * A file, or a part of the history.
	 *
	 * @param name   path with slashes below the estate's directory, or name of the part
	 * @param bytes  its length
	 * @param sha256 of the whole
	 * @param chunks that it is made of, in order
	 */
	record Item(String name, long bytes, String sha256, List<Chunk> chunks) {
		Item {
			chunks = List.copyOf(chunks);
		}
	}

	/**
	 * An object in the store, named by its content.
	 *
	 * @param sha256 of its bytes
	 * @param bytes  its length
	 */
	record Chunk(String sha256, long bytes) {
		/** Its name in the store. */
		String object() {
			return "parts/" + sha256.substring(0, 2) + "/" + sha256;
		}
	}

	/** What is in files and history, in bytes. */
	long bytes() {
		return files.stream().mapToLong(Item::bytes).sum() + history.stream().mapToLong(Item::bytes).sum();
	}

	byte[] json() throws IOException {
		return JSON.writeValueAsBytes(this);
	}

	/**
	 * Reads one and checks it.
	 *
	 * @param json  its bytes
	 * @param where for sentences
	 */
	static Manifest read(byte[] json, String where) throws PluginException {
		try {
			var tree = JSON.readTree(json);
			if (tree == null || !FORMAT.equals(tree.path("format").asText())) {
				throw new PluginException(where + " is no manifest of an archive.");
			}
			int version = tree.path("version").asInt();
			if (version != VERSION) {
				throw new PluginException(where + " is of version " + version + ", and this program knows " + VERSION + ": restore it with the program that wrote it, or a newer one.");
			}
			Manifest manifest = JSON.treeToValue(tree, Manifest.class);
			for (Item item : manifest.files) {
				check(item, where);
			}
			for (Item item : manifest.history) {
				check(item, where);
			}
			return manifest;
		} catch (IOException | NullPointerException e) {
			throw new PluginException(where + " cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".", e);
		}
	}

	/** A name must not lead out of the directory, and a checksum is one. */
	private static void check(Item item, String where) throws PluginException {
		BlobNames.check(item.name);
		if (item.name.startsWith("history/")) {
			throw new PluginException(where + " names the file " + item.name + " of a history, which is made of its parts.");
		}
		for (Chunk chunk : item.chunks) {
			if (!chunk.sha256.matches("[0-9a-f]{64}") || chunk.bytes < 0 || chunk.bytes > Chunks.SIZE) {
				throw new PluginException(where + " names a part of " + item.name + " that cannot be one.");
			}
		}
	}
}
