// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;

/**
 * Takes bytes and stores them in chunks under the names of their contents. What is stored already is not stored again, be it of an
 * earlier archive or of this one before it was interrupted.
 */
final class Chunks extends OutputStream {
	/** Bytes of a chunk at most: what is lost by an interruption, and kept in memory. */
	static final int SIZE = 8 << 20;

	/** The store failed while a stream was written; carries the sentence through code that knows only I/O. */
	static final class StoreException extends IOException {
		private static final long serialVersionUID = 1L;

		StoreException(PluginException cause) {
			super(cause.getMessage(), cause);
		}
	}

	private final BlobStore store;
	private final Archiver.Tally tally;
	private final MessageDigest whole = Sha256.digest();
	private final List<Manifest.Chunk> stored = new ArrayList<>();
	private final byte[] buffer;
	private int count;
	private long bytes;

	/**
	 * @param buffer of {@link #SIZE} bytes, used by one stream at a time
	 * @param tally  counts, and stops it when the work is cancelled
	 */
	Chunks(BlobStore store, byte[] buffer, Archiver.Tally tally) {
		this.store = store;
		this.buffer = buffer;
		this.tally = tally;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] from, int offset, int length) throws IOException {
		whole.update(from, offset, length);
		bytes += length;
		int at = offset;
		int left = length;
		while (left > 0) {
			int part = Math.min(left, buffer.length - count);
			System.arraycopy(from, at, buffer, count, part);
			count += part;
			at += part;
			left -= part;
			if (count == buffer.length) {
				store();
			}
		}
	}

	private void store() throws IOException {
		byte[] chunk = Arrays.copyOf(buffer, count);
		count = 0;
		Manifest.Chunk named = new Manifest.Chunk(Sha256.of(chunk), chunk.length);
		stored.add(named);
		try {
			tally.check();
			if (store.find(named.object()).filter(there -> there.bytes() == chunk.length).isPresent()) {
				tally.skipped(chunk.length);
			} else {
				store.put(named.object(), new ByteArrayInputStream(chunk), chunk.length);
				tally.stored(chunk.length);
			}
		} catch (PluginException e) {
			throw new StoreException(e);
		}
	}

	/** Stores the rest; what was written, under a name. */
	Manifest.Item finish(String name) throws IOException {
		if (count > 0) {
			store();
		}
		return new Manifest.Item(name, bytes, Sha256.hex(whole), stored);
	}
}
