// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import io.shadowweaver.api.metric.SeriesId;

/** The samples of one series at one step. A series whose step changed has a column for each. */
final class Column {
	/** Before any sample. */
	static final long NEVER = Long.MIN_VALUE;

	final int id;
	final SeriesId series;
	/** Milliseconds between two slots. */
	final long step;
	final Stripe stripe;
	/** Where its values stand in a row of the stripe. */
	final int position;
	/** The time of the newest sample on disk in milliseconds, or {@link #NEVER}; for readers. */
	volatile long last = NEVER;
	/** The same with what the writer has not committed yet. */
	long lastNext = NEVER;

	Column(int id, SeriesId series, long step, Stripe stripe, int position) {
		this.id = id;
		this.series = series;
		this.step = step;
		this.stripe = stripe;
		this.position = position;
	}
}
