// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source has.
 *
 * @param step     the distance of two samples of a series
 * @param earliest the oldest sample that back-fill can deliver; empty for none
 * @param latest   the last sample that there will ever be, for data that end; empty for live ones
 * @param start    where a clock of the data's own begins; empty when the source lives in real time
 */
public record SourceInfo(Duration step, Optional<Instant> earliest, Optional<Instant> latest, Optional<Instant> start) {
	/** Checks the step. */
	public SourceInfo {
		Objects.requireNonNull(earliest, "earliest");
		Objects.requireNonNull(latest, "latest");
		Objects.requireNonNull(start, "start");
		if (step.isZero() || step.isNegative()) {
			throw new IllegalArgumentException("step must be positive: " + step);
		}
	}

	/** A source in real time. */
	public static SourceInfo live(Duration step, Optional<Instant> earliest) {
		return new SourceInfo(step, earliest, Optional.empty(), Optional.empty());
	}

	/** Whether the source lives in a time of its own, and so in an estate of its own. */
	public boolean hasOwnTime() {
		return start.isPresent();
	}
}
