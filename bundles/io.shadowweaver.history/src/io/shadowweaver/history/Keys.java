// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.shadowweaver.api.metric.SeriesId;

/** Keys and small values. Keys sort by column or stripe, then by time, negative times first. */
final class Keys {
	/** Where the number of samples is kept, in the family of columns, behind all of them. */
	static final byte[] SAMPLES = { -1, -1, -1, -1, 's' };
	/** Where the version of the layout is kept. */
	static final byte[] VERSION = { -1, -1, -1, -1, 'v' };

	private Keys() {
	}

	/** A chunk of a column; also where the rows of a slot begin. */
	static byte[] of(int owner, long index) {
		return ByteBuffer.allocate(12).putInt(owner).putLong(index ^ Long.MIN_VALUE).array();
	}

	static byte[] row(int stripe, long slot, int sequence) {
		return ByteBuffer.allocate(16).putInt(stripe).putLong(slot ^ Long.MIN_VALUE).putInt(sequence).array();
	}

	static byte[] column(int id) {
		return ByteBuffer.allocate(4).putInt(id).array();
	}

	static int owner(byte[] key) {
		return ByteBuffer.wrap(key).getInt();
	}

	/** The window of a chunk, or the slot of a row. */
	static long index(byte[] key) {
		return ByteBuffer.wrap(key).getLong(4) ^ Long.MIN_VALUE;
	}

	static int sequence(byte[] row) {
		return ByteBuffer.wrap(row).getInt(12);
	}

	static byte[] number(long value) {
		return ByteBuffer.allocate(8).putLong(value).array();
	}

	static long number(byte[] bytes) {
		return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
	}

	/** What is kept of a column. */
	static byte[] describe(Column column) {
		byte[] subject = column.series.subject().getBytes(StandardCharsets.UTF_8);
		byte[] metric = column.series.metric().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(20 + subject.length + metric.length).putLong(column.step).putInt(column.stripe.id)
				.putInt(column.position).putInt(subject.length).put(subject).put(metric).array();
	}

	/** What {@link #describe(Column)} wrote. */
	record Description(long step, int stripe, int position, SeriesId series) {
		static Description read(byte[] bytes) {
			ByteBuffer in = ByteBuffer.wrap(bytes);
			long step = in.getLong();
			int stripe = in.getInt();
			int position = in.getInt();
			byte[] subject = new byte[in.getInt()];
			in.get(subject);
			byte[] metric = new byte[in.remaining()];
			in.get(metric);
			return new Description(step, stripe, position, new SeriesId(new String(subject, StandardCharsets.UTF_8),
					new String(metric, StandardCharsets.UTF_8)));
		}
	}
}
