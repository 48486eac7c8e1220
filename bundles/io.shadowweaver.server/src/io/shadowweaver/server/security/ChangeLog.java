// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditFact;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.provisioning.audit.AuditWriter;

/** Who asked the API to change what, in a trail whose lines are chained by their hashes. Thread-safe. */
public final class ChangeLog implements AutoCloseable {
	private final Path directory;
	private final InstantSource clock;
	private final AuditWriter writer;
	private final FileChannel lock;
	private long number;

	/**
	 * Opens the trail in {@code api/audit}.
	 *
	 * @param platform the directory of the platform
	 * @param clock    the real time
	 * @throws IOException when another process has it open
	 */
	public ChangeLog(Path platform, InstantSource clock) throws IOException {
		directory = Files.createDirectories(platform.resolve("api"));
		this.clock = clock;
		lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			FileLock taken = lock.tryLock();
			if (taken == null) {
				throw new IOException("another process answers the API over " + platform);
			}
		} catch (OverlappingFileLockException e) {
			lock.close();
			throw new IOException("the API is open already over " + platform, e);
		} catch (IOException e) {
			lock.close();
			throw e;
		}
		writer = new AuditWriter(directory);
		number = writer.journal();
	}

	/** Why nothing can be entered, and nothing may be changed therefore; empty when it can. */
	public synchronized String trouble() {
		return writer.trouble();
	}

	/**
	 * Enters a change, and forces it to the disk.
	 *
	 * @param who    the caller
	 * @param what   method and path
	 * @param why    how the caller was known, and from where
	 * @param result what was answered
	 */
	public synchronized void enter(String who, String what, String why, String result) {
		writer.append(List.of(new AuditFact(clock.instant(), ++number, who, what, why, result)));
	}

	/** All entries of a time. */
	public List<AuditEntry> read(Instant from, Instant to) throws IOException {
		AuditTrail trail = AuditTrail.in(directory);
		return Files.exists(trail.file()) ? trail.read(from, to) : List.of();
	}

	@Override
	public synchronized void close() {
		writer.close();
		try {
			lock.close();
		} catch (IOException e) {
			System.getLogger(ChangeLog.class.getName()).log(System.Logger.Level.WARNING, "the lock of the API's trail was not released", e);
		}
	}
}
