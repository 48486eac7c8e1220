// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;

/** Finds out whether a store takes, gives back and removes an object. */
final class StoreProbe {
	private static final String ARCHIVES = "archives/";
	private static final String TESTS = "connection-tests/";

	private final BlobStore store;
	private final Progress progress;

	StoreProbe(BlobStore store, Progress progress) {
		this.store = store;
		this.progress = progress;
	}

	/**
	 * Leaves nothing behind, also where it fails.
	 *
	 * @return what was found, in a sentence
	 * @throws PluginException when one of it cannot be done, or was cancelled
	 */
	String run() throws PluginException {
		step(.1, "Counting its archives");
		int archives = store.list(ARCHIVES).size();
		// of its own name, since several may test at once
		String name = TESTS + UUID.randomUUID();
		byte[] sent = name.getBytes(StandardCharsets.UTF_8);
		try {
			step(.3, "Storing a test object");
			store.put(name, new ByteArrayInputStream(sent), sent.length);
			step(.6, "Reading the test object");
			read(name, sent);
		} catch (PluginException e) {
			remove(name, e);
			throw e;
		}
		progress.report(.8, "Removing the test object");
		store.delete(name);
		progress.report(1, "Done");
		return "It answers: a test object was stored, read and removed; it holds " + (archives == 0 ? "no archive yet." : archives == 1 ? "one archive." : archives + " archives.");
	}

	/** What went wrong before is what is told. */
	private void remove(String name, PluginException before) {
		try {
			store.delete(name);
		} catch (PluginException e) {
			before.addSuppressed(e);
		}
	}

	private void step(double fraction, String what) throws PluginException {
		if (progress.isCancelled()) {
			throw new PluginException("The test was cancelled.");
		}
		progress.report(fraction, what);
	}

	private void read(String name, byte[] sent) throws PluginException {
		try (InputStream in = store.get(name)) {
			if (!Arrays.equals(sent, in.readAllBytes())) {
				throw new PluginException("It gives back something else than what was stored.");
			}
		} catch (IOException e) {
			throw new PluginException("What was stored cannot be read: " + e.getMessage(), e);
		}
	}
}
