// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.state.Shadow;

/**
 * Where on the time line the windows look, and at what. Immutable.
 *
 * @param time    the estate's time that is looked at; empty follows now
 * @param horizon how far ahead 'predicted' is while the time is now, positive
 * @param metric  the id of the metric that scene, tree and chart show
 * @param level   the quantile of what is predicted, over 0 and under 1
 * @param kind    which of the two shadows
 */
public record CursorPosition(Optional<Instant> time, Duration horizon, String metric, double level, Shadow.Kind kind) {
	/** What a window opens with: now, an hour ahead, the processor, cautious, and nobody acts. */
	public static final CursorPosition START = new CursorPosition(Optional.empty(), Duration.ofHours(1), "cpu", .9,
			Shadow.Kind.UNATTENDED);

	/** Checks the ranges. */
	public CursorPosition {
		Objects.requireNonNull(time, "time");
		Objects.requireNonNull(kind, "kind");
		if (metric.isBlank()) {
			throw new IllegalArgumentException("the cursor needs a metric");
		}
		if (horizon.isZero() || horizon.isNegative()) {
			throw new IllegalArgumentException("the horizon must be positive: " + horizon);
		}
		if (!(level > 0 && level < 1)) {
			throw new IllegalArgumentException("the level must be between 0 and 1: " + level);
		}
	}

	/** Whether it looks at the past. */
	public boolean isPast(Instant now) {
		return time.isPresent() && time.get().isBefore(now);
	}

	/** The time at which 'predicted' is read: the cursor's where it is in the future, or the horizon ahead of now. */
	public Instant predictedAt(Instant now) {
		return time.isPresent() && time.get().isAfter(now) ? time.get() : now.plus(horizon);
	}

	/** The same at another time. */
	public CursorPosition at(Optional<Instant> newTime) {
		return new CursorPosition(newTime, horizon, metric, level, kind);
	}

	/** The same with another horizon. */
	public CursorPosition withHorizon(Duration newHorizon) {
		return new CursorPosition(time, newHorizon, metric, level, kind);
	}

	/** The same of another metric. */
	public CursorPosition withMetric(String newMetric) {
		return new CursorPosition(time, horizon, newMetric, level, kind);
	}

	/** The same at another quantile. */
	public CursorPosition withLevel(double newLevel) {
		return new CursorPosition(time, horizon, metric, newLevel, kind);
	}

	/** The same of the other shadow. */
	public CursorPosition withKind(Shadow.Kind newKind) {
		return new CursorPosition(time, horizon, metric, level, newKind);
	}
}
