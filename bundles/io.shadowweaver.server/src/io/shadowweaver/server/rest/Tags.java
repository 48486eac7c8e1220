// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import jakarta.ws.rs.core.EntityTag;

/** The ETag of what one edits or decides on: another one for each content. */
final class Tags {
	private Tags() {
	}

	/** Of a record, by all its parts. */
	static EntityTag of(Record content) {
		CRC32C sum = new CRC32C();
		sum.update(content.toString().getBytes(StandardCharsets.UTF_8));
		return new EntityTag(Long.toHexString(sum.getValue()));
	}

	/**
	 * Whether {@code If-Match} names a content.
	 *
	 * @param match the header, with quotes, or {@code *}
	 */
	static boolean match(String match, Record content) {
		return match.strip().equals("*") || match.strip().equals("\"" + of(content).getValue() + "\"");
	}
}
