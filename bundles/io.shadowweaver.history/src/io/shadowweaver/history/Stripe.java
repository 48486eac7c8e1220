// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Columns of one step whose new samples share a row, and whose chunks close together. It is small, so that a row that was
 * closed can be deleted at once, and so that not all columns close at the same tick.
 */
final class Stripe {
	/** Columns at most. */
	static final int SIZE = 64;
	/** No row is open. */
	static final long NONE = Long.MAX_VALUE;

	final int id;
	final long step;
	final List<Column> columns = new CopyOnWriteArrayList<>();
	/** Positions that were ever given away; those of removed columns are not given again, since rows may hold them. */
	int positions;
	/** The oldest slot that may have a row on disk, or {@link #NONE}; for readers. */
	volatile long firstOpen = NONE;
	/** The same with what the writer has not committed yet. */
	long firstOpenNext = NONE;
	/** Distinguishes rows of one slot, the later one holds; grows for ever. */
	int sequence;

	Stripe(int id, long step) {
		this.id = id;
		this.step = step;
	}
}
