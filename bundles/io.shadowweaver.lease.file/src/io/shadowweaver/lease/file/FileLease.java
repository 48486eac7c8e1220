// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;

/**
 * The lease of one machine: a lock of the operating system on a file, which ends with the process that holds it, and a fencing number in
 * the same file.
 */
final class FileLease implements Lease {
	/**
	 * Who in this process holds which file. The lock is one of the process, and closing any channel on its file gives it up: so nobody
	 * opens a file of this table.
	 */
	private static final Map<Object, FileLease> HELD = new ConcurrentHashMap<>();
	private static final int TRIES = 5;
	private static final int MILLIS_BETWEEN = 20;

	private final Path file;
	private final String who;
	private FileChannel channel;
	private FileLock lock;
	private Object key;
	private long number;
	private boolean closed;

	/**
	 * @param file with the lock and the number; created with its folders
	 * @param who  what others read of the holder
	 */
	FileLease(Path file, String who) {
		this.file = file.toAbsolutePath();
		this.who = who;
	}

	@Override
	public OptionalLong hold() throws PluginException {
		synchronized (HELD) {
			if (closed) {
				throw new PluginException("The lease " + file + " was closed.");
			}
			try {
				if (lock != null) {
					return renewed();
				}
				return taken();
			} catch (IOException e) {
				throw new PluginException("The lease " + file + " cannot be asked for: " + reason(e) + ".", e);
			}
		}
	}

	/** A file that was removed or replaced can be locked by somebody else as well, so its lock says nothing any more. */
	private OptionalLong renewed() throws PluginException, IOException {
		if (lock.isValid() && Objects.equals(key, keyOfFile())) {
			return OptionalLong.of(number);
		}
		release();
		throw new PluginException("The lease was lost: " + file + " was removed or replaced while it was held.");
	}

	private OptionalLong taken() throws PluginException, IOException {
		Files.createDirectories(file.getParent());
		Object before = keyOfFile();
		if (before != null && HELD.containsKey(before)) {
			return OptionalLong.empty();
		}
		FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
		FileLock got = null;
		try {
			got = tryLock(opened);
			Object now = keyOfFile();
			if (got == null || now == null || before != null && !before.equals(now)) {
				return OptionalLong.empty();
			}
			long next = LeaseFile.read(opened, file).number() + 1;
			LeaseFile.write(opened, new LeaseFile.Entry(next, who));
			channel = opened;
			lock = got;
			key = now;
			number = next;
			HELD.put(now, this);
			return OptionalLong.of(next);
		} finally {
			if (lock == null) {
				opened.close();
			}
		}
	}

	/** Asking for the holder takes the lock for a moment, which must not look like a holder. */
	private static FileLock tryLock(FileChannel opened) throws IOException {
		for (int i = 0; i < TRIES; i++) {
			try {
				FileLock got = opened.tryLock();
				if (got != null) {
					return got;
				}
				Thread.sleep(MILLIS_BETWEEN);
			} catch (OverlappingFileLockException e) {
				return null;
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return null;
			}
		}
		return null;
	}

	@Override
	public String holder() throws PluginException {
		synchronized (HELD) {
			try {
				Object now = keyOfFile();
				if (now == null) {
					return "";
				}
				FileLease ours = HELD.get(now);
				if (ours != null) {
					return ours.who;
				}
				try (FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
					FileLock got = opened.tryLock();
					if (got != null) {
						got.release();
						return "";
					}
					return LeaseFile.read(opened, file).holder();
				} catch (OverlappingFileLockException e) {
					return "another engine of this process";
				}
			} catch (IOException e) {
				throw new PluginException("The holder of the lease " + file + " cannot be read: " + reason(e) + ".", e);
			}
		}
	}

	private Object keyOfFile() throws IOException {
		try {
			Object found = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
			// file systems without such keys have the path alone
			return found == null ? file.toRealPath() : found;
		} catch (java.nio.file.NoSuchFileException e) {
			return null;
		}
	}

	private static String reason(IOException e) {
		return e instanceof java.nio.file.AccessDeniedException ? "access to " + e.getMessage() + " is denied"
				: e.getMessage() == null ? e.toString() : e.getMessage();
	}

	private void release() {
		HELD.remove(key, this);
		try {
			channel.close();
		} catch (IOException e) {
			System.getLogger(FileLease.class.getName()).log(System.Logger.Level.WARNING, "The lease " + file + " was not closed well: " + e.getMessage());
		}
		channel = null;
		lock = null;
		key = null;
	}

	@Override
	public void close() {
		synchronized (HELD) {
			closed = true;
			if (lock != null) {
				release();
			}
		}
	}
}
