// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.shadowweaver.engine.FarView;
import io.shadowweaver.scene.Timeline;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.TimeCursor;

/**
 * Plays the time line: moves the one cursor of all windows from where it is to the end of what is predicted. Where motion is not wanted it goes
 * by steps of a second. UI thread only.
 */
final class TimePlayer {
	/** So much of the estate's time in a second. */
	static final List<Duration> SPEEDS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1));
	private static final int SMOOTH_MILLIS = 66;
	private static final int STEP_MILLIS = 1000;

	/** Runs something later on the UI thread. */
	interface Timer {
		void in(int millis, Runnable work);
	}

	private final TimeCursor cursor;
	private final Palettes palettes;
	private final Supplier<Optional<Frame>> frame;
	private final Supplier<Optional<Instant>> end;
	private final Timer timer;
	private final LongSupplier nanos;
	private final Runnable changed;
	private Duration speed = SPEEDS.get(2);
	private int run;
	private boolean playing;
	private long last;

	/**
	 * @param frame   what is shown; empty before there is anything
	 * @param end     until when anything is predicted in it; empty where nothing is
	 * @param nanos   a clock of the machine
	 * @param changed called when it begins and ends
	 */
	TimePlayer(TimeCursor cursor, Palettes palettes, Supplier<Optional<Frame>> frame, Supplier<Optional<Instant>> end, Timer timer, LongSupplier nanos, Runnable changed) {
		this.cursor = cursor;
		this.palettes = palettes;
		this.frame = frame;
		this.end = end;
		this.timer = timer;
		this.nanos = nanos;
		this.changed = changed;
	}

	boolean isPlaying() {
		return playing;
	}

	Duration speed() {
		return speed;
	}

	void speed(Duration chosen) {
		speed = chosen;
	}

	/** Begins, or stands still. From the end it begins at now again. */
	void toggle() {
		Optional<Frame> seen = frame.get();
		if (playing || seen.isEmpty()) {
			stop();
			return;
		}
		if (!at(seen.get()).isBefore(end(seen.get()))) {
			cursor.move(position -> position.at(Optional.empty()));
		}
		playing = true;
		last = nanos.getAsLong();
		changed.run();
		later(++run);
	}

	/** Stands still. */
	void stop() {
		if (playing) {
			playing = false;
			run++;
			changed.run();
		}
	}

	private void later(int number) {
		timer.in(palettes.reducedMotion() ? STEP_MILLIS : SMOOTH_MILLIS, () -> step(number));
	}

	private void step(int number) {
		Optional<Frame> seen = frame.get();
		if (number != run || !playing) {
			return;
		}
		if (seen.isEmpty()) {
			stop();
			return;
		}
		long now = nanos.getAsLong();
		Instant next = at(seen.get()).plusMillis(Math.round(speed.toMillis() * (now - last) / 1e9));
		last = now;
		Instant latest = end(seen.get());
		boolean over = !next.isBefore(latest);
		cursor.move(position -> position.at(Optional.of(over ? latest : next)));
		if (over) {
			stop();
		} else {
			later(number);
		}
	}

	private Instant at(Frame seen) {
		return cursor.position().time().orElse(seen.now());
	}

	private Instant end(Frame seen) {
		return end.get().filter(time -> time.isAfter(seen.now())).orElse(seen.now());
	}

	/** Until when something is predicted, or is as soon as somebody looks there; empty where nothing is. */
	static Optional<Instant> reach(Frame seen) {
		if (!seen.looksFar()) {
			return Timeline.forecastEnd(seen.state());
		}
		boolean predicted = !seen.state().unattended().projected().isEmpty() || !seen.state().planned().projected().isEmpty();
		return predicted ? Optional.of(seen.now().plus(FarView.FARTHEST)) : Optional.empty();
	}
}
