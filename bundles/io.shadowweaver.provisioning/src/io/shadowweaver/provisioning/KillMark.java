// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The kill switch of an estate as a file, so that it holds over processes and restarts: whoever may write the estate's directory can
 * move it, and a running provisioner reads it right before each call. A mark that cannot be read counts as on. Thread-safe.
 *
 * @param file where it is
 */
public record KillMark(Path file) {
	/** The name of the file. */
	public static final String NAME = "kill-switch";

	/**
	 * What was decided last.
	 *
	 * @param on     whether all new calls are stopped
	 * @param at     when it was moved; the epoch where the mark cannot be read
	 * @param person who moved it; why it cannot be read where it cannot
	 */
	public record Position(boolean on, Instant at, String person) {
	}

	/**
	 * The mark of a provisioner.
	 *
	 * @param directory of its journal
	 */
	public static KillMark in(Path directory) {
		return new KillMark(directory.resolve(NAME));
	}

	/** How it stands; empty where it was never moved. */
	public Optional<Position> read() {
		try {
			String[] parts = Files.readString(file).strip().split("\t", 3);
			if (parts.length == 3 && (parts[0].equals("on") || parts[0].equals("off"))) {
				return Optional.of(new Position(parts[0].equals("on"), Instant.parse(parts[1]), parts[2]));
			}
			return Optional.of(new Position(true, Instant.EPOCH, "an unreadable mark"));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException | DateTimeException e) {
			return Optional.of(new Position(true, Instant.EPOCH, "an unreadable mark (" + e.getMessage() + ")"));
		}
	}

	/** Whether it is on. */
	public boolean isOn() {
		return read().map(Position::on).orElse(false);
	}

	/**
	 * Moves it; on the disk when this returns.
	 *
	 * @param on     whether to stop all new calls
	 * @param person who does it; not blank
	 * @param at     when
	 * @throws IOException when it stands as before
	 */
	public void move(boolean on, String person, Instant at) throws IOException {
		if (person.isBlank()) {
			throw new IllegalArgumentException("a decision needs the name of a person");
		}
		Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
		Path draft = Files.createTempFile(folder, NAME, ".new");
		try {
			String line = (on ? "on" : "off") + "\t" + at + "\t" + person.replaceAll("\\s+", " ").strip() + "\n";
			try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
				ByteBuffer left = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
				while (left.hasRemaining()) {
					out.write(left);
				}
				out.force(true);
			}
			Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(draft);
		}
	}
}
