// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.List;

/** The slots of a group on one patch: who stands in which, and who left which when. Changed only while a {@link Ground} is made. */
final class Seats {
	/** When somebody left who is still there. */
	static final long HERE = Long.MAX_VALUE;

	/**
	 * A slot that somebody has or had.
	 *
	 * @param identity of the resource
	 * @param left     when it went, in milliseconds of the epoch; {@link #HERE} while it is there
	 */
	record Seat(String identity, long left) {
		boolean taken() {
			return left == HERE;
		}
	}

	/** {@code null} where nobody ever was. */
	private final List<Seat> seats;

	Seats() {
		seats = new ArrayList<>();
	}

	private Seats(List<Seat> others) {
		seats = new ArrayList<>(others);
	}

	Seats copy() {
		return new Seats(seats);
	}

	/** One more than the last slot that was ever taken. */
	int size() {
		return seats.size();
	}

	/** Who has or had a slot; {@code null} for nobody. */
	Seat at(int slot) {
		return slot < seats.size() ? seats.get(slot) : null;
	}

	void sit(int slot, String identity) {
		while (seats.size() <= slot) {
			seats.add(null);
		}
		seats.set(slot, new Seat(identity, HERE));
	}

	void leave(int slot, long now) {
		seats.set(slot, new Seat(seats.get(slot).identity, now));
	}

	/** Leaves a gap that is nobody's, since who was there stands elsewhere. */
	void vacate(int slot, long now) {
		seats.set(slot, new Seat("", now));
	}

	boolean inhabited() {
		return seats.stream().anyMatch(seat -> seat != null && seat.taken());
	}

	/** Whether somebody is there, or left after a moment. */
	boolean kept(long since) {
		return seats.stream().anyMatch(seat -> seat != null && seat.left > since);
	}
}
