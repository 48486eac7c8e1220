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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditFact;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.provisioning.audit.AuditWriter;

/**
 * Who asked the API to change what, and who changed its keys and settings, in a trail whose lines are chained by their hashes. A server has it open as
 * long as it runs; who makes a key meanwhile, in this process or another, enters that into the same trail. Thread-safe.
 */
public final class ChangeLog implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(ChangeLog.class.getName());
	/** Between the threads of this process, where a lock of a file does not hold. */
	private static final Object WRITING = new Object();
	/** How many entries wait for a disk that is full. */
	private static final int MOST_WAITING = 1000;
	private static final Pattern KEY = Pattern.compile(ApiKeys.PREFIX + "[A-Za-z0-9_-]+");

	private final Path directory;
	private final InstantSource clock;
	private final List<Entry> waiting = new ArrayList<>();
	private FileChannel serving;
	private AuditWriter writer;
	/** How long the file was after what was written last: it is longer where another has written. */
	private long length = -1;
	private String trouble = "";

	private record Entry(Instant at, String who, String what, String why, String result) {
	}

	private ChangeLog(Path directory, InstantSource clock) {
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * Opens the trail in {@code api/audit} for a server.
	 *
	 * @param platform the directory of the platform
	 * @param clock    the real time
	 * @throws IOException when another server has it open
	 */
	public static ChangeLog ofServer(Path platform, InstantSource clock) throws IOException {
		ChangeLog log = of(platform, clock);
		log.serving = FileChannel.open(log.directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			FileLock taken = log.serving.tryLock();
			if (taken == null) {
				throw new IOException("another process answers the API over " + platform);
			}
		} catch (OverlappingFileLockException e) {
			log.close();
			throw new IOException("the API is open already over " + platform, e);
		} catch (IOException e) {
			log.close();
			throw e;
		}
		return log;
	}

	/**
	 * Opens it beside a server that may run.
	 *
	 * @throws IOException when there can be no such directory
	 */
	static ChangeLog of(Path platform, InstantSource clock) throws IOException {
		ChangeLog log = new ChangeLog(Files.createDirectories(platform.resolve("api")), clock);
		log.write(List.of());
		return log;
	}

	/** By whom this process was started. */
	public static String account() {
		return System.getProperty("user.name", "unknown");
	}

	/** Why nothing can be entered, and nothing may be changed therefore; empty when it can. */
	public synchronized String trouble() {
		if (!trouble.isEmpty()) {
			write(List.of());
		}
		return trouble;
	}

	/**
	 * Enters a change, and forces it to the disk. What looks like a key is left out.
	 *
	 * @param who    the caller
	 * @param what   method, path and body, or what was done otherwise
	 * @param why    how the caller was known
	 * @param result what was answered, or came of it
	 */
	public synchronized void enter(String who, String what, String why, String result) {
		write(List.of(new Entry(clock.instant(), who, KEY.matcher(what).replaceAll(ApiKeys.PREFIX + "…"), why, result)));
	}

	private synchronized void write(List<Entry> entries) {
		waiting.addAll(entries);
		synchronized (WRITING) {
			try (FileChannel channel = FileChannel.open(directory.resolve("writing"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
				// until the channel is closed
				channel.lock();
				if (writer == null || !trouble.isEmpty() || length() != length) {
					closeWriter();
					writer = new AuditWriter(directory);
				}
				List<AuditFact> facts = new ArrayList<>();
				for (Entry one : waiting) {
					facts.add(new AuditFact(one.at, writer.journal() + facts.size() + 1, one.who, one.what, one.why, one.result));
				}
				writer.append(facts);
				trouble = writer.trouble();
				length = length();
			} catch (IOException e) {
				trouble = "The trail of the API in " + directory + " cannot be written: " + e.getMessage();
				LOG.log(System.Logger.Level.ERROR, trouble);
			}
		}
		if (trouble.isEmpty()) {
			waiting.clear();
		} else if (waiting.size() > MOST_WAITING) {
			waiting.subList(0, waiting.size() - MOST_WAITING).clear();
		}
	}

	private long length() throws IOException {
		Path file = AuditTrail.in(directory).file();
		return Files.exists(file) ? Files.size(file) : 0;
	}

	/** All entries of a time. */
	public List<AuditEntry> read(Instant from, Instant to) throws IOException {
		AuditTrail trail = AuditTrail.in(directory);
		return Files.exists(trail.file()) ? trail.read(from, to) : List.of();
	}

	private void closeWriter() {
		if (writer != null) {
			writer.close();
			writer = null;
		}
	}

	@Override
	public synchronized void close() {
		closeWriter();
		try {
			if (serving != null) {
				serving.close();
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "the lock of the API's trail was not released", e);
		}
	}
}
