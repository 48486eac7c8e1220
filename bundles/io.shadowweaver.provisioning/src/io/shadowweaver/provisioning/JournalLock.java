// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two engines off one journal. The lock is on a file of its own: a lock of the operating system belongs to the process and ends as
 * soon as the process closes the file anywhere, so that one on the journal itself would be gone with the first reading of it.
 */
final class JournalLock implements AutoCloseable {
	/** What this process holds; nobody opens it again, since closing that would end the lock. */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path file;
	private final FileChannel channel;

	private JournalLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock of a journal.
	 *
	 * @param journal whose folder exists
	 * @return empty when another process holds it
	 * @throws IllegalStateException when this process does
	 */
	static Optional<JournalLock> of(Path journal) throws IOException {
		Path file = journal.toAbsolutePath().getParent().toRealPath().resolve(journal.getFileName() + ".lock");
		if (!HELD.add(file)) {
			throw new IllegalStateException("held in this process");
		}
		FileChannel channel = null;
		FileLock lock = null;
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			lock = channel.tryLock();
			return lock == null ? Optional.empty() : Optional.of(new JournalLock(file, channel));
		} finally {
			if (lock == null) {
				HELD.remove(file);
				if (channel != null) {
					channel.close();
				}
			}
		}
	}

	@Override
	public void close() throws IOException {
		if (channel.isOpen()) {
			channel.close();
			HELD.remove(file);
		}
	}
}
