// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

import io.shadowweaver.api.plugin.PluginException;

/**
 * What stands in the file of a lease: two places of {@value #PLACE} bytes, written in turn, so that a write cut short leaves the number
 * before it. A place is a line of CRC-32C of the rest, number and holder, filled up with spaces.
 */
final class LeaseFile {
	private static final int PLACE = 512;
	private static final int LONGEST_HOLDER = 400;

	private LeaseFile() {
	}

	/**
	 * @param number of the newest holder; 0 before the first
	 * @param holder who that is
	 */
	record Entry(long number, String holder) {
	}

	/**
	 * The newest entry.
	 *
	 * @throws PluginException when the file holds something else: then the next number is not known
	 */
	static Entry read(FileChannel channel, Path file) throws IOException, PluginException {
		ByteBuffer bytes = ByteBuffer.allocate(2 * PLACE);
		int count = 0;
		while (bytes.hasRemaining() && count >= 0) {
			count = channel.read(bytes, bytes.position());
		}
		if (bytes.position() == 0) {
			return new Entry(0, "");
		}
		Entry first = entry(bytes.array(), 0, Math.min(PLACE, bytes.position()));
		Entry second = entry(bytes.array(), PLACE, bytes.position());
		if (first == null && second == null) {
			// the first write of all lies in the second place; cut short, nobody has held the lease
			if (channel.size() <= 2 * PLACE && blank(bytes.array(), 0, PLACE)) {
				return new Entry(0, "");
			}
			throw new PluginException("The lease file " + file + " is damaged: the next fencing number is not known. Once no engine runs, remove it; from then on old numbers say nothing.");
		}
		if (first == null || second == null) {
			Entry good = first == null ? second : first;
			int other = first == null ? 0 : PLACE;
			// a damaged place may have held the number after the good one, and been acknowledged
			return blank(bytes.array(), other, other + PLACE) ? good : new Entry(good.number + 2, good.holder);
		}
		return second.number > first.number ? second : first;
	}

	/** Whether a place was never written. */
	private static boolean blank(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] != 0) {
				return false;
			}
		}
		return true;
	}

	private static Entry entry(byte[] bytes, int from, int to) {
		if (to <= from) {
			return null;
		}
		String[] parts = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip().split(" ", 3);
		if (parts.length < 3 || !parts[1].matches("\\d{1,18}") || !parts[0].equals(checksum(parts[1] + " " + parts[2]))) {
			return null;
		}
		return new Entry(Long.parseLong(parts[1]), parts[2]);
	}

	/** Writes an entry; on the disk when it returns. */
	static void write(FileChannel channel, Entry entry) throws IOException {
		String holder = entry.holder().replaceAll("\\s+", " ").strip();
		String rest = entry.number() + " " + (holder.isEmpty() ? "unknown" : holder.substring(0, Math.min(holder.length(), LONGEST_HOLDER / 4)));
		byte[] line = (checksum(rest) + " " + rest).getBytes(StandardCharsets.UTF_8);
		byte[] place = Arrays.copyOf(line, PLACE);
		Arrays.fill(place, line.length, PLACE, (byte) ' ');
		place[PLACE - 1] = '\n';
		ByteBuffer bytes = ByteBuffer.wrap(place);
		long at = entry.number() % 2 * PLACE;
		while (bytes.hasRemaining()) {
			at += channel.write(bytes, at);
		}
		channel.force(true);
	}

	private static String checksum(String text) {
		CRC32C crc = new CRC32C();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		return String.format("%08x", crc.getValue());
	}
}
