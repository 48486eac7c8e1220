// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.history.HistoryException;
import io.shadowweaver.history.HistoryImage;

/** Makes one archive. */
final class Archiver {
	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

	private final BlobStore store;
	private final Progress progress;
	private final byte[] buffer = new byte[Chunks.SIZE];

	Archiver(BlobStore store, Progress progress) {
		this.store = store;
		this.progress = progress;
	}

	/** Counts what is stored. */
	final class Tally {
		private long storedBytes;
		private long skippedBytes;
		private double fraction;
		private String what = "";

		void stored(long bytes) {
			storedBytes += bytes;
			progress.report(fraction, what);
		}

		void skipped(long bytes) {
			skippedBytes += bytes;
			progress.report(fraction, what);
		}

		private void at(double newFraction, String newWhat) throws PluginException {
			fraction = newFraction;
			what = newWhat;
			progress.report(fraction, what);
			check();
		}

		/** Stops when the work is cancelled. */
		void check() throws PluginException {
			if (progress.isCancelled()) {
				throw new PluginException("The archive was cancelled. What was stored is not stored again by the next one.");
			}
		}
	}

	/** See {@link Archives#create}. */
	Archived create(Path estate, String id, Instant asOf) throws PluginException {
		if (!Files.isDirectory(estate)) {
			throw new PluginException("There is no estate in " + estate + ".");
		}
		Tally tally = new Tally();
		List<Manifest.Item> history = new ArrayList<>();
		List<Manifest.Item> files = new ArrayList<>();
		Instant newest = Instant.EPOCH;
		try {
			Path samples = estate.resolve(EstateFiles.HISTORY);
			if (Files.exists(samples.resolve("CURRENT"))) {
				try (HistoryImage image = HistoryImage.of(samples)) {
					newest = image.newest();
					List<String> parts = image.parts();
					for (String part : parts) {
						tally.at(.9 * history.size() / parts.size(), "history " + part);
						Chunks chunks = new Chunks(store, buffer, tally);
						image.write(part, chunks);
						history.add(chunks.finish(part));
					}
				}
			}
			List<String> names = EstateFiles.list(estate);
			for (String name : names) {
				tally.at(.9 + .1 * files.size() / names.size(), name);
				Chunks chunks = new Chunks(store, buffer, tally);
				if (EstateFiles.copy(estate, name, chunks)) {
					files.add(chunks.finish(name));
				}
			}
			if (files.isEmpty() && history.isEmpty()) {
				throw new PluginException("There is nothing to archive in " + estate + ".");
			}
			Manifest manifest = new Manifest(Manifest.FORMAT, Manifest.VERSION, id, asOf, newest, files, history);
			byte[] json = manifest.json();
			String name = Archives.PREFIX + id + "/" + STAMP.format(asOf) + "-" + Sha256.of(json) + ".json";
			tally.at(1, "manifest");
			store.put(name, new ByteArrayInputStream(json), json.length);
			return new Archived(name, id, asOf, newest, manifest.bytes(), tally.storedBytes, tally.skippedBytes);
		} catch (Chunks.StoreException e) {
			throw (PluginException) e.getCause();
		} catch (IOException e) {
			throw new PluginException("The estate in " + estate + " was not archived: " + e.getMessage() + ".", e);
		} catch (HistoryException e) {
			throw new PluginException(e.getMessage(), e);
		}
	}
}
