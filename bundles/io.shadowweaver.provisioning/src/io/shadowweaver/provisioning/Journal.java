// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * What provisioning means to do and has done, in a file that is only ever appended to. A record is a line: CRC-32C of the rest,
 * number, length in bytes, JSON. A record counts when its write was forced to the disk. A last line that is not whole was never
 * acknowledged: it is cut off and said. Anything else that does not check is damage: it is said, and nothing is written any more.
 * One thread.
 */
final class Journal implements AutoCloseable {
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();

	private final Path file;
	private final FailPoint failPoint;
	private final List<JournalRecord> records = new ArrayList<>();
	private FileChannel channel;
	private JournalLock lock;
	private String damage = "";
	private String note = "";
	private long good;
	private long number;

	/**
	 * Opens and reads a journal; never fails: see {@link #damage()}.
	 *
	 * @param file      created where it is missing, with its folders
	 * @param failPoint for tests
	 */
	Journal(Path file, FailPoint failPoint) {
		this.file = file;
		this.failPoint = failPoint;
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			lock = JournalLock.of(file).orElse(null);
			if (lock == null) {
				damage = "The journal " + file + " is held by another process; nothing is provisioned here.";
			} else {
				channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
				read(Files.readAllBytes(file));
			}
		} catch (IllegalStateException e) {
			damage = "The journal " + file + " is open already in this process; nothing is provisioned here.";
		} catch (IOException e) {
			damage = "The journal " + file + " cannot be opened (" + e + "); nothing is provisioned until it can.";
		}
	}

	/** What was read, oldest first; up to the damage where there is some. */
	List<JournalRecord> records() {
		return List.copyOf(records);
	}

	/** Why nothing may be provisioned; empty for a whole journal. */
	Optional<String> damage() {
		return damage.isEmpty() ? Optional.empty() : Optional.of(damage);
	}

	/** What was repaired on opening; empty for nothing. */
	Optional<String> note() {
		return note.isEmpty() ? Optional.empty() : Optional.of(note);
	}

	/**
	 * Appends records and forces them to the disk: all of them, or none.
	 *
	 * @throws JournalException when they were not written; the journal is as before and may be tried again
	 */
	void append(List<? extends JournalRecord> more) throws JournalException {
		if (more.isEmpty()) {
			return;
		}
		if (!damage.isEmpty()) {
			throw new JournalException(damage, null);
		}
		List<String> kinds = more.stream().map(record -> FailPoint.of(record.getClass())).distinct().toList();
		kinds.forEach(kind -> failPoint.reached(FailPoint.before(kind)));
		try {
			StringBuilder lines = new StringBuilder();
			long next = number;
			for (JournalRecord record : more) {
				lines.append(line(++next, JSON.writerFor(JournalRecord.class).writeValueAsString(record)));
			}
			ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
			long end = good + bytes.remaining();
			long position = good;
			while (bytes.hasRemaining()) {
				position += channel.write(bytes, position);
			}
			channel.force(false);
			good = end;
			number = next;
		} catch (IOException e) {
			cut();
			throw new JournalException("The journal " + file + " cannot be written (" + e.getMessage() + "); nothing is called until it can.", e);
		}
		kinds.forEach(kind -> failPoint.reached(FailPoint.after(kind)));
	}

	/** After a failed write, takes back what may have been written of it; when even that fails the next write overwrites it. */
	private void cut() {
		try {
			channel.truncate(good);
		} catch (IOException e) {
			note = "What a failed write left in the journal " + file + " could not be cut off: " + e.getMessage();
		}
	}

	private void read(byte[] bytes) throws IOException {
		int at = 0;
		while (at < bytes.length) {
			int end = at;
			while (end < bytes.length && bytes[end] != '\n') {
				end++;
			}
			if (end == bytes.length) {
				tail(bytes, at);
				return;
			}
			String problem = line(bytes, at, end);
			if (problem != null) {
				damage = "The journal " + file + " is damaged in line " + (number + 1) + " at byte " + at + " (" + problem
						+ "). Nothing is provisioned until somebody has compared it with the provider's list and moved it away.";
				return;
			}
			at = end + 1;
			good = at;
		}
	}

	/** What follows the last line end: a write that was cut short, unless it is longer than it says. */
	private void tail(byte[] bytes, int at) throws IOException {
		String text = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
		String[] parts = text.split(" ", 4);
		boolean tooLong = parts.length == 4 && parts[2].matches("\\d{1,9}")
				&& parts[3].getBytes(StandardCharsets.UTF_8).length > Integer.parseInt(parts[2]);
		if (tooLong) {
			damage = "The journal " + file + " is damaged in its last line, number " + (number + 1) + " at byte " + at
					+ " (it is longer than it says). Nothing is provisioned until somebody has compared it with the provider's list and moved it away.";
			return;
		}
		note = "The last " + (bytes.length - at) + " bytes of the journal " + file + " were a record cut short, which was never acknowledged; they were cut off.";
		channel.truncate(good);
		channel.force(true);
	}

	/** Reads one whole line; says what is wrong, or {@code null}. */
	private String line(byte[] bytes, int from, int to) {
		String[] parts = new String(bytes, from, to - from, StandardCharsets.UTF_8).split(" ", 4);
		if (parts.length != 4) {
			return "no checksum, number and length";
		}
		int body = from + parts[0].length() + 1;
		if (!parts[0].equals(checksum(bytes, body, to - body))) {
			return "the checksum does not fit";
		}
		if (!parts[1].equals(Long.toString(number + 1))) {
			return "it has the number " + parts[1] + ", a record is missing";
		}
		try {
			records.add(JSON.readValue(parts[3], JournalRecord.class));
		} catch (JsonProcessingException | IllegalArgumentException e) {
			return "it cannot be read: " + e.getMessage().lines().findFirst().orElse("");
		}
		number++;
		return null;
	}

	private static String line(long number, String json) {
		byte[] rest = (number + " " + json.getBytes(StandardCharsets.UTF_8).length + " " + json).getBytes(StandardCharsets.UTF_8);
		return checksum(rest, 0, rest.length) + " " + new String(rest, StandardCharsets.UTF_8) + "\n";
	}

	private static String checksum(byte[] bytes, int from, int length) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, from, length);
		return String.format("%08x", crc.getValue());
	}

	@Override
	public void close() {
		try {
			if (channel != null) {
				channel.close();
			}
			if (lock != null) {
				lock.close();
			}
		} catch (IOException e) {
			System.getLogger(Journal.class.getName()).log(System.Logger.Level.WARNING, "The journal " + file + " could not be closed.", e);
		}
	}
}
