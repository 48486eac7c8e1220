// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.history.HistoryException;
import io.shadowweaver.history.HistoryRestore;
import io.shadowweaver.history.MetricHistory;
import io.shadowweaver.history.Retention;

/**
 * Makes an estate of an archive, in a folder beside the target that takes its place at the end: first all parts are fetched, each counted
 * only once its checksum fits, then the estate is made of them and checked, then it is renamed.
 */
final class Restorer {
	private static final String BESIDE = ".restoring";
	private static final String PARTS = "parts";
	private static final String ESTATE = "estate";

	private final BlobStore store;
	private final InstantSource clock;
	private final Progress progress;

	Restorer(BlobStore store, InstantSource clock, Progress progress) {
		this.store = store;
		this.clock = clock;
		this.progress = progress;
	}

	/** See {@link Archives#restore}. */
	Path restore(Manifest manifest, Path target, boolean replace) throws PluginException {
		Path beside = target.resolveSibling(target.getFileName() + BESIDE);
		try {
			boolean full = isFull(target);
			if (full && !replace) {
				throw new PluginException(target + " is not empty; nothing was restored. It may be replaced with --force.");
			}
			if (full) {
				checkUnused(target);
			}
			Path parts = Files.createDirectories(beside.resolve(PARTS));
			fetch(manifest, parts);
			Path estate = beside.resolve(ESTATE);
			remove(estate);
			make(manifest, parts, Files.createDirectories(estate));
			if (full) {
				checkUnused(target);
			}
			Path former = take(estate, target, full);
			remove(beside);
			return former;
		} catch (IOException e) {
			throw new PluginException("The archive was not restored to " + target + ": " + reason(e) + ". What was fetched stays in " + beside + " for the next try.", e);
		} catch (UncheckedIOException e) {
			throw new PluginException("The archive was not restored to " + target + ": " + reason(e.getCause()) + ".", e);
		} catch (HistoryException e) {
			throw new PluginException(e.getMessage(), e);
		}
	}

	private static boolean isFull(Path target) throws IOException {
		if (!Files.exists(target)) {
			return false;
		}
		if (!Files.isDirectory(target)) {
			return true;
		}
		try (Stream<Path> all = Files.list(target)) {
			return all.findAny().isPresent();
		}
	}

	/** An estate that runs would go on writing into what was moved aside. */
	private void checkUnused(Path target) throws PluginException {
		Path samples = target.resolve(EstateFiles.HISTORY);
		if (!Files.exists(samples.resolve("CURRENT"))) {
			return;
		}
		try {
			MetricHistory.open(samples, Retention.DEFAULT, clock).close();
		} catch (HistoryException e) {
			if (e.isInUse()) {
				throw new PluginException("The estate in " + target + " is open, in this or another process; close it first.", e);
			}
			// what is damaged may be replaced
		}
	}

	private void fetch(Manifest manifest, Path parts) throws PluginException, IOException {
		Set<Manifest.Chunk> all = new LinkedHashSet<>();
		Stream.concat(manifest.files().stream(), manifest.history().stream()).forEach(item -> all.addAll(item.chunks()));
		int done = 0;
		for (Manifest.Chunk chunk : all) {
			step(.7 * done++ / all.size(), "fetching part " + done + " of " + all.size());
			Path file = parts.resolve(chunk.sha256());
			if (Files.exists(file) && Files.size(file) == chunk.bytes() && Sha256.of(Files.readAllBytes(file)).equals(chunk.sha256())) {
				continue;
			}
			byte[] bytes;
			try (InputStream in = store.get(chunk.object())) {
				bytes = in.readNBytes(Chunks.SIZE + 1);
			} catch (PluginException e) {
				throw new PluginException("A part of the archive is missing: " + e.getMessage(), e);
			}
			if (bytes.length != chunk.bytes() || !Sha256.of(bytes).equals(chunk.sha256())) {
				throw new PluginException("A part of the archive is damaged: " + chunk.object() + " has " + bytes.length + " of " + chunk.bytes()
						+ " bytes, or others than were stored. Nothing was restored.");
			}
			Path draft = parts.resolve(chunk.sha256() + ".tmp");
			Files.write(draft, bytes);
			Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private void make(Manifest manifest, Path parts, Path estate) throws PluginException, IOException {
		int done = 0;
		int all = manifest.files().size() + manifest.history().size() + 1;
		for (Manifest.Item item : manifest.files()) {
			step(.7 + .3 * done++ / all, item.name());
			Path file = estate.resolve(item.name()).normalize();
			Files.createDirectories(file.getParent());
			try (DigestInputStream in = open(item, parts); OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
				in.transferTo(out);
				check(item, in);
			}
			force(file);
		}
		if (!manifest.history().isEmpty()) {
			try (HistoryRestore history = new HistoryRestore(estate.resolve(EstateFiles.HISTORY))) {
				for (Manifest.Item item : manifest.history()) {
					step(.7 + .3 * done++ / all, "history " + item.name());
					try (DigestInputStream in = open(item, parts)) {
						history.read(in);
						check(item, in);
					} catch (IOException e) {
						throw new PluginException("The part " + item.name() + " of the history cannot be restored: " + reason(e) + ".", e);
					}
				}
			}
		}
		step(1, "done");
	}

	private void step(double fraction, String what) throws PluginException {
		progress.report(fraction, what);
		if (progress.isCancelled()) {
			throw new PluginException("The restoration was cancelled; nothing was restored. What was fetched is not fetched again by the next one.");
		}
	}

	private static DigestInputStream open(Manifest.Item item, Path parts) {
		Iterator<Manifest.Chunk> chunks = item.chunks().iterator();
		// one file at a time, since a large item has many
		InputStream all = new SequenceInputStream(new Enumeration<InputStream>() {
			@Override
			public boolean hasMoreElements() {
				return chunks.hasNext();
			}

			@Override
			public InputStream nextElement() {
				try {
					return Files.newInputStream(parts.resolve(chunks.next().sha256()));
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				}
			}
		});
		return new DigestInputStream(new BufferedInputStream(all), Sha256.digest());
	}

	private static void check(Manifest.Item item, DigestInputStream in) throws PluginException, IOException {
		if (in.read() >= 0) {
			throw new PluginException(item.name() + " holds more than its end. Nothing was restored.");
		}
		if (!Sha256.hex(in.getMessageDigest()).equals(item.sha256())) {
			throw new PluginException(item.name() + " is damaged: its checksum does not fit. Nothing was restored.");
		}
	}

	/** The one step in which the estate is there; what was there before is moved aside first. */
	private static Path take(Path estate, Path target, boolean full) throws IOException {
		Path former = target;
		if (full) {
			for (int i = 1; Files.exists(former); i++) {
				former = target.resolveSibling(target.getFileName() + ".replaced-" + i);
			}
			Files.move(target, former, StandardCopyOption.ATOMIC_MOVE);
		} else {
			Files.deleteIfExists(target);
		}
		force(estate);
		try {
			Files.move(estate, target, StandardCopyOption.ATOMIC_MOVE);
		} catch (IOException e) {
			if (full) {
				Files.move(former, target, StandardCopyOption.ATOMIC_MOVE);
			}
			throw e;
		}
		force(target.getParent());
		return former;
	}

	private static void force(Path path) throws IOException {
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (java.nio.file.AccessDeniedException e) {
			// Windows opens no folders
		}
	}

	private static String reason(IOException e) {
		String text = e.getMessage() == null ? e.toString() : e.getMessage();
		return text.contains("No space left") ? "the disk is full" : text;
	}

	private static void remove(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		}
	}
}
