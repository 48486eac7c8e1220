// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Makes a history of the parts of a {@link HistoryImage}. One thread. */
public final class HistoryRestore implements AutoCloseable {
	private static final int LONGEST_KEY = 1 << 10;
	private static final int LONGEST_VALUE = 1 << 26;
	private static final long BYTES_A_COMMIT = 4 << 20;

	private final Store store;

	/**
	 * @param directory empty; created
	 * @throws HistoryException when it cannot be used
	 */
	public HistoryRestore(Path directory) {
		store = new Store(directory);
	}

	/**
	 * Takes a part in.
	 *
	 * @param in what {@link HistoryImage#write} wrote, to its end; not closed
	 * @throws IOException      when it is none, of a newer version or cut short
	 * @throws HistoryException when it cannot be written
	 */
	public void read(InputStream in) throws IOException {
		DataInputStream data = new DataInputStream(in);
		if (data.readInt() != HistoryImage.MAGIC) {
			throw new IOException("it is no part of a history");
		}
		int version = data.readInt();
		if (version != HistoryImage.VERSION) {
			throw new IOException("it is of version " + version + ", and this program knows " + HistoryImage.VERSION);
		}
		Store.Family family = family(data.readUTF());
		try {
			boolean more = true;
			while (more) {
				more = batch(family, data);
			}
		} catch (EOFException e) {
			throw new IOException("it is cut short", e);
		}
	}

	private static Store.Family family(String name) throws IOException {
		for (Store.Family family : Store.Family.values()) {
			if (HistoryImage.name(family).equals(name)) {
				return family;
			}
		}
		throw new IOException("it holds '" + name + "', which this program does not know");
	}

	/** Writes some of it; whether there is more. */
	private boolean batch(Store.Family family, DataInputStream data) throws IOException {
		try (Store.Changes changes = store.changes()) {
			boolean more = true;
			for (long bytes = 0; bytes < BYTES_A_COMMIT;) {
				int length = data.readInt();
				if (length == HistoryImage.END) {
					more = false;
					break;
				}
				byte[] key = bytes(data, length, LONGEST_KEY);
				byte[] value = bytes(data, data.readInt(), LONGEST_VALUE);
				changes.put(family, key, value);
				bytes += key.length + value.length;
			}
			changes.commit();
			return more;
		}
	}

	private static byte[] bytes(DataInputStream data, int length, int longest) throws IOException {
		if (length < 0 || length > longest) {
			throw new IOException("it holds an entry of " + length + " bytes");
		}
		byte[] bytes = new byte[length];
		data.readFully(bytes);
		return bytes;
	}

	@Override
	public void close() {
		store.close();
	}
}
