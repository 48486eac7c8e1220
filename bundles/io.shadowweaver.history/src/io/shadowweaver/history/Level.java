// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/** How coarse samples are kept: as they came, or as means over a fixed span. */
enum Level {
	/** As they came. */
	RAW(0, Store.Family.RAW),
	/** Means of five minutes. */
	FIVE_MINUTES(300_000, Store.Family.FIVE_MINUTES),
	/** Means of an hour. */
	HOUR(3_600_000, Store.Family.HOUR);

	/** Slots of a chunk, of every level. */
	static final int CHUNK = 120;

	private final long millis;
	private final Store.Family family;

	Level(long millis, Store.Family family) {
		this.millis = millis;
		this.family = family;
	}

	/** The distance of two values of a column at this level. */
	long step(Column column) {
		return this == RAW ? column.step : millis;
	}

	/** Whether a column has this level: roll-ups only where they are coarser than its samples. */
	boolean exists(Column column) {
		return this == RAW || column.step < millis && millis % column.step == 0;
	}

	/** The next finer level of a column, from which this one is made. */
	Level finer(Column column) {
		return this == HOUR && FIVE_MINUTES.exists(column) ? FIVE_MINUTES : RAW;
	}

	/** The chunk that holds a slot. Columns of different stripes change chunks at different times, so that the load is flat. */
	long window(Column column, long slot) {
		return Math.floorDiv(slot + phase(column.stripe.id), CHUNK);
	}

	/** The first slot of a chunk. */
	long firstSlot(Column column, long window) {
		return window * CHUNK - phase(column.stripe.id);
	}

	/** The slot that covers a time. */
	long slot(Column column, long millisOfEpoch) {
		return Math.floorDiv(millisOfEpoch, step(column));
	}

	Store.Family family() {
		return family;
	}

	static int phase(int stripe) {
		return stripe % CHUNK;
	}
}
