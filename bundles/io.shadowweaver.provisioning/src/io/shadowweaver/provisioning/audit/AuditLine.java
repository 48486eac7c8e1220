// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** How an entry is written: JSON whose last member is the hash. */
final class AuditLine {
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
	private static final String KEY = ",\"hash\":\"";
	private static final String END = "\"}";
	private static final int DIGITS = 64;

	private AuditLine() {
	}

	/** The entry that follows one whose number and hash are given. */
	static AuditEntry next(long number, String previous, AuditFact fact) throws JsonProcessingException {
		AuditEntry open = entry(number, previous, fact, "");
		String text = write(open);
		byte[] hashed = text.substring(0, text.length() - KEY.length() - END.length()).getBytes(StandardCharsets.UTF_8);
		return entry(number, previous, fact, hash(previous, hashed, 0, hashed.length));
	}

	private static AuditEntry entry(long number, String previous, AuditFact fact, String hash) {
		return new AuditEntry(number, fact.at(), fact.journal(), fact.who(), fact.what(), fact.why(), fact.result(), previous, hash);
	}

	/** Without a line end. */
	static String write(AuditEntry entry) throws JsonProcessingException {
		return JSON.writeValueAsString(entry);
	}

	/**
	 * Reads a line that follows one whose number and hash are given.
	 *
	 * @throws IllegalArgumentException says what is wrong with it
	 */
	static AuditEntry read(byte[] bytes, int from, int to, long number, String previous) {
		int end = to - KEY.length() - DIGITS - END.length();
		String tail = end < from ? "" : new String(bytes, end, to - end, StandardCharsets.ISO_8859_1);
		if (!tail.startsWith(KEY) || !tail.endsWith(END)) {
			throw new IllegalArgumentException("it has no hash");
		}
		AuditEntry entry;
		try {
			entry = JSON.readValue(bytes, from, to - from, AuditEntry.class);
		} catch (IOException e) {
			throw new IllegalArgumentException("hash: it was changed, and is no entry any more", e);
		}
		String own = tail.substring(KEY.length(), KEY.length() + DIGITS);
		if (!own.equals(hash(entry.previous(), bytes, from, end - from))) {
			throw new IllegalArgumentException("hash: it was changed after it was written");
		}
		if (entry.number() != number) {
			throw new IllegalArgumentException("order: number " + number + " is expected and it is " + entry.number() + ", a line was removed, added or moved");
		}
		if (!entry.previous().equals(previous)) {
			throw new IllegalArgumentException("order: it does not follow the line before it");
		}
		return entry;
	}

	private static String hash(String previous, byte[] bytes, int from, int length) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(previous.getBytes(StandardCharsets.UTF_8));
			digest.update(bytes, from, length);
			return HexFormat.of().formatHex(digest.digest());
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("each Java has SHA-256", e);
		}
	}
}
