// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;

/**
 * The archives of estates in one blob store. An archive is a manifest and the parts that it names; parts are named by their SHA-256 and
 * shared by all archives, so that a later archive stores only what is new, and one that was interrupted goes on where it was. The manifest
 * comes last: until then there is no archive. Its name holds the checksum of the manifest itself. Thread-safe; all methods block.
 */
public final class Archives {
	static final String PREFIX = "archives/";
	private static final int LARGEST_MANIFEST = 64 << 20;

	private final BlobStore store;
	private final InstantSource clock;

	/**
	 * @param store stays the caller's to close
	 * @param clock real time
	 */
	public Archives(BlobStore store, InstantSource clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Archives an estate, which may be running: the history as of one moment, each file as of the moment when it is read.
	 *
	 * @param estate   its directory
	 * @param id       its id, letters, digits, dot, hyphen or underscore
	 * @param progress may cancel it; what was stored then is of use to the next try
	 * @return what was made
	 * @throws PluginException when anything could not be read or stored; then there is no archive
	 */
	public Archived create(Path estate, String id, Progress progress) throws PluginException {
		if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
			throw new PluginException("'" + id + "' cannot be the id of an estate.");
		}
		return new Archiver(store, progress).create(estate, id, clock.instant());
	}

	/**
	 * The archives in the store, the oldest first.
	 *
	 * @param estate the id; empty for all
	 * @throws PluginException when the store cannot be read, or a manifest is damaged
	 */
	public List<Archived> list(String estate) throws PluginException {
		List<Archived> archives = new ArrayList<>();
		for (String name : store.list(estate.isEmpty() ? PREFIX : PREFIX + estate + "/")) {
			if (name.endsWith(".json")) {
				Manifest manifest = manifest(name);
				archives.add(new Archived(name, manifest.estate(), manifest.asOf(), manifest.newest(), manifest.bytes(), 0, 0));
			}
		}
		return archives;
	}

	/**
	 * The newest archive of an estate.
	 *
	 * @throws PluginException when there is none
	 */
	public Archived newest(String estate) throws PluginException {
		List<String> names = store.list(PREFIX + estate + "/").stream().filter(name -> name.endsWith(".json")).toList();
		if (names.isEmpty()) {
			throw new PluginException("The store holds no archive of the estate " + estate + ".");
		}
		Manifest manifest = manifest(names.getLast());
		return new Archived(names.getLast(), estate, manifest.asOf(), manifest.newest(), manifest.bytes(), 0, 0);
	}

	/**
	 * Makes an estate of an archive: all of it, or nothing. What was fetched by a restoration that was interrupted is not fetched again.
	 *
	 * @param name     of the archive
	 * @param target   the estate's directory; missing or empty
	 * @param replace  whether a target that holds something is moved aside
	 * @param progress may cancel it
	 * @return where the former content of the target was moved to; the target itself where there was none
	 * @throws PluginException when anything is missing or damaged, or the target is in use; then the target is as before
	 */
	public Path restore(String name, Path target, boolean replace, Progress progress) throws PluginException {
		return new Restorer(store, clock, progress).restore(manifest(name), target.toAbsolutePath(), replace);
	}

	/** Reads a manifest and checks it against its name. */
	private Manifest manifest(String name) throws PluginException {
		if (!name.startsWith(PREFIX) || !name.matches(".*-[0-9a-f]{64}\\.json")) {
			throw new PluginException("'" + name + "' is not the name of an archive.");
		}
		if (store.find(name).isEmpty()) {
			throw new PluginException("The store holds no archive " + name + ".");
		}
		try (InputStream in = store.get(name)) {
			byte[] json = in.readNBytes(LARGEST_MANIFEST);
			if (!name.endsWith(Sha256.of(json) + ".json")) {
				throw new PluginException("The manifest " + name + " is damaged: its checksum does not fit.");
			}
			return Manifest.read(json, "The manifest " + name);
		} catch (IOException e) {
			throw new PluginException("The manifest " + name + " cannot be read: " + e.getMessage() + ".", e);
		}
	}
}
