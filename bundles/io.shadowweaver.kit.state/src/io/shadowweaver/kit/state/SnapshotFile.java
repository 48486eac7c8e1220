// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.state.WeaverState;

/** Snapshots as files: ZIP archives of JSON, with a version and a sum of each part. docs/snapshots.md says what stands there. */
public final class SnapshotFile {
	/** The newest version of the format that is understood, and the one that is written. */
	public static final int VERSION = 1;
	/** How a name of such a file ends. */
	public static final String SUFFIX = ".swsnap";

	static final String ABOUT = "snapshot.json";
	static final String VIEW = "view.json";
	static final String STATE = "state.json";
	private static final String FORMAT = "shadow-weaver-snapshot";
	/** No part is read beyond this, whatever its file claims. */
	private static final int MOST_BYTES = 1 << 30;
	private static final byte[] ZIP = { 'P', 'K', 3, 4 };

	private SnapshotFile() {
	}

	/**
	 * Writes a snapshot, whole or not at all. Blocks.
	 *
	 * @throws IOException when it was not written; a file that was there is as it was
	 */
	public static void write(Path file, Snapshot snapshot) throws IOException {
		WeaverState state = snapshot.state();
		byte[] all = StateWriter.between(WeaverState.initial(state.estate(), state.name(), state.time(), state.step()), state).getBytes(StandardCharsets.UTF_8);
		byte[] view = StateJson.mapper().writeValueAsBytes(new TreeMap<>(snapshot.view()));
		ObjectNode about = StateJson.mapper().createObjectNode().put("format", FORMAT).put("version", VERSION).put("product", snapshot.product())
				.put("written", snapshot.written().toString()).put("estate", state.estate()).put("name", state.name()).put("time", state.time().toString());
		ArrayNode models = about.putArray("models");
		snapshot.models().forEach(use -> models.addObject().put("model", use.model()).put("version", use.version()).put("series", use.series()));
		about.putObject("sha256").put(VIEW, sum(view)).put(STATE, sum(all));
		Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "snapshot", ".tmp");
		try {
			try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
				part(out, ABOUT, StateJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(about), snapshot.written());
				part(out, VIEW, view, snapshot.written());
				part(out, STATE, all, snapshot.written());
			}
			Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static void part(ZipOutputStream out, String name, byte[] bytes, Instant written) throws IOException {
		ZipEntry entry = new ZipEntry(name);
		entry.setTime(written.toEpochMilli());
		out.putNextEntry(entry);
		out.write(bytes);
		out.closeEntry();
	}

	/**
	 * Reads a snapshot. Blocks.
	 *
	 * @throws SnapshotException with a sentence that names the file, and says why it is not read: it is not there, no snapshot, of a newer version,
	 *                           cut off or damaged
	 */
	public static Snapshot read(Path file) throws SnapshotException {
		try {
			foreign(file);
			try (ZipFile zip = new ZipFile(file.toFile())) {
				return read(zip);
			}
		} catch (SnapshotException e) {
			throw new SnapshotException(file + " " + e.getMessage(), e);
		} catch (NoSuchFileException e) {
			throw new SnapshotException("There is no file " + file + ".", e);
		} catch (ZipException e) {
			throw new SnapshotException(file + " is damaged or was cut off: " + e.getMessage() + ".", e);
		} catch (IOException | RuntimeException e) {
			throw new SnapshotException(file + " cannot be read: " + e.getMessage() + ".", e);
		}
	}

	private static void foreign(Path file) throws IOException, SnapshotException {
		try (InputStream in = Files.newInputStream(file)) {
			if (!java.util.Arrays.equals(in.readNBytes(ZIP.length), ZIP)) {
				throw new SnapshotException("is no snapshot of Shadow Weaver.");
			}
		}
	}

	private static Snapshot read(ZipFile zip) throws IOException, SnapshotException {
		if (zip.getEntry(ABOUT) == null) {
			throw new SnapshotException("is an archive, but no snapshot of Shadow Weaver.");
		}
		JsonNode about = json(bytes(zip, ABOUT), ABOUT);
		if (!FORMAT.equals(about.path("format").asText()) || !about.path("version").isInt()) {
			throw new SnapshotException("is an archive, but no snapshot of Shadow Weaver.");
		}
		int version = about.get("version").intValue();
		if (version < 1 || version > VERSION) {
			throw new SnapshotException("is a snapshot of version " + version + ", written by Shadow Weaver " + about.path("product").asText("of another version")
					+ "; versions up to " + VERSION + " are understood here.");
		}
		Map<String, String> view = new TreeMap<>();
		json(whole(zip, VIEW, about), VIEW).properties().forEach(entry -> view.put(entry.getKey(), entry.getValue().asText()));
		try {
			WeaverState state = StateReader.full(json(whole(zip, STATE, about), STATE));
			List<Snapshot.ModelUse> models = new ArrayList<>();
			for (JsonNode use : about.withArray("models")) {
				models.add(new Snapshot.ModelUse(use.required("model").asText(), use.required("version").asText(), use.required("series").intValue()));
			}
			return new Snapshot(state, view, Instant.parse(about.path("written").asText()), about.path("product").asText(), models);
		} catch (IOException | RuntimeException e) {
			throw new SnapshotException("holds what cannot be understood: " + e.getMessage() + ".", e);
		}
	}

	private static JsonNode json(byte[] bytes, String name) throws SnapshotException {
		try {
			JsonNode node = StateJson.mapper().readTree(bytes);
			if (node == null || !node.isObject()) {
				throw new SnapshotException("is damaged: its " + name + " is no JSON object.");
			}
			return node;
		} catch (IOException e) {
			throw new SnapshotException("is damaged: its " + name + " is no JSON.", e);
		}
	}

	/** A part as it was written. */
	private static byte[] whole(ZipFile zip, String name, JsonNode about) throws IOException, SnapshotException {
		byte[] bytes = bytes(zip, name);
		if (!sum(bytes).equals(about.path("sha256").path(name).asText())) {
			throw new SnapshotException("is damaged: its " + name + " is not what was written.");
		}
		return bytes;
	}

	private static byte[] bytes(ZipFile zip, String name) throws IOException, SnapshotException {
		ZipEntry entry = zip.getEntry(name);
		if (entry == null) {
			throw new SnapshotException("is damaged: it has no " + name + ".");
		}
		try (InputStream in = zip.getInputStream(entry)) {
			byte[] bytes = in.readNBytes(MOST_BYTES);
			if (in.read() >= 0) {
				throw new SnapshotException("holds a " + name + " of more than " + (MOST_BYTES >> 20) + " MiB, which is not read.");
			}
			return bytes;
		}
	}

	private static String sum(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
