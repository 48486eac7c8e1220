// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * A record as it stands in the file: CRC-32C of the rest, number, length in bytes, JSON.
 *
 * @param number of the record, from 1 on
 * @param record what it says
 */
record JournalLine(long number, JournalRecord record) {
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();

	/** With the line end. */
	byte[] bytes() {
		try {
			String json = JSON.writerFor(JournalRecord.class).writeValueAsString(record);
			byte[] rest = (number + " " + json.getBytes(StandardCharsets.UTF_8).length + " " + json).getBytes(StandardCharsets.UTF_8);
			return (checksum(rest, 0, rest.length) + " " + new String(rest, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
		} catch (JsonProcessingException e) {
			throw new IllegalStateException("every record can be written as JSON", e);
		}
	}

	/**
	 * Reads one whole line.
	 *
	 * @param from its first byte
	 * @param to   its line end
	 * @throws IllegalArgumentException saying what is wrong with it
	 */
	static JournalLine of(byte[] bytes, int from, int to) {
		String[] parts = new String(bytes, from, to - from, StandardCharsets.UTF_8).split(" ", 4);
		if (parts.length != 4) {
			throw new IllegalArgumentException("no checksum, number and length");
		}
		int body = from + parts[0].length() + 1;
		if (!parts[0].equals(checksum(bytes, body, to - body))) {
			throw new IllegalArgumentException("the checksum does not fit");
		}
		try {
			return new JournalLine(Long.parseLong(parts[1]), JSON.readValue(parts[3], JournalRecord.class));
		} catch (JsonProcessingException | IllegalArgumentException e) {
			throw new IllegalArgumentException("it cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
		}
	}

	/** Whether a last line without its end is longer than it says, which no write that was cut short leaves. */
	static boolean isTooLong(byte[] bytes, int from) {
		String[] parts = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).split(" ", 4);
		return parts.length == 4 && parts[2].matches("\\d{1,9}") && parts[3].getBytes(StandardCharsets.UTF_8).length > Integer.parseInt(parts[2]);
	}

	private static String checksum(byte[] bytes, int from, int length) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, from, length);
		return String.format("%08x", crc.getValue());
	}
}
