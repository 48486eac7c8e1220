// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The files of an estate beside its history: configuration, states of forecasts, calendar, alerts, the journal and the audit log, and what
 * plug-ins keep. Locks, leases, drafts and secrets are left out.
 */
final class EstateFiles {
	/** The folder of the history, which is no matter of files. */
	static final String HISTORY = "history";
	/** Files of lines that are only ever appended to. */
	private static final String LINES = "provisioning/";
	private static final Set<String> LEFT_OUT = Set.of("lock", "lease", "secrets", "credentials");

	private EstateFiles() {
	}

	/** Names with slashes, in order. */
	static List<String> list(Path estate) throws IOException {
		List<String> names = new ArrayList<>();
		Files.walkFileTree(estate, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes known) {
				return folder.equals(estate.resolve(HISTORY)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes known) {
				if (known.isRegularFile() && !isLeftOut(file.getFileName().toString())) {
					names.add(estate.relativize(file).toString().replace('\\', '/'));
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
				if (e instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw e;
			}
		});
		Collections.sort(names);
		return names;
	}

	private static boolean isLeftOut(String name) {
		String lower = name.toLowerCase(java.util.Locale.ROOT);
		int dot = lower.indexOf('.', 1);
		return LEFT_OUT.contains(dot < 0 ? lower : lower.substring(0, dot)) || lower.endsWith(".lock") || lower.endsWith(".tmp");
	}

	/**
	 * Copies a file as it is when it is opened; of a file of lines, whole lines.
	 *
	 * @return whether it was still there
	 */
	static boolean copy(Path estate, String name, OutputStream out) throws IOException {
		Path file = estate.resolve(name);
		try (InputStream in = Files.newInputStream(file)) {
			long left = name.startsWith(LINES) ? wholeLines(file) : Long.MAX_VALUE;
			byte[] buffer = new byte[1 << 16];
			while (left > 0) {
				int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
				if (count < 0) {
					break;
				}
				out.write(buffer, 0, count);
				left -= count;
			}
			return true;
		} catch (NoSuchFileException e) {
			return false;
		}
	}

	/** How far a file reaches up to its last line end; all of it where there is none. */
	private static long wholeLines(Path file) throws IOException {
		try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
			long length = random.length();
			for (long at = length - 1; at >= 0; at--) {
				random.seek(at);
				if (random.read() == '\n') {
					return at + 1;
				}
			}
			return length;
		}
	}
}
