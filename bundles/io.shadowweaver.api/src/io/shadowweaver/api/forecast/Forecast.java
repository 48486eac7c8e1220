// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.forecast;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What is expected of a series, or the reason why nothing can be said yet.
 *
 * @param series       the series
 * @param issuedAt     the estate's time when it was made; the newest sample used is not younger
 * @param model        the id of the model, or of the combination; empty where there is no forecast
 * @param modelVersion changes when the model was trained anew
 * @param skill        1 − (mean absolute error ÷ that of seasonal naive) on windows held out from its choice; {@code NaN}
 *                     while not measured, below 0 when worse
 * @param coverage     measured share of past values inside the 80 % band (.1 to .9) at the leads watched; {@code NaN} while
 *                     not measured
 * @param samples      on how many scored forecasts skill and coverage stand
 * @param bands        the quantiles; present exactly when there is a forecast
 * @param reason       why there is none; empty when there is one
 * @param readyAt      when there will be one, where that is known
 */
public record Forecast(SeriesId series, Instant issuedAt, String model, String modelVersion, double skill,
		double coverage, int samples, Optional<Bands> bands, String reason, Optional<Instant> readyAt) {
	/** Checks that there are bands or a reason, and not both. */
	public Forecast {
		Objects.requireNonNull(series, "series");
		Objects.requireNonNull(issuedAt, "issuedAt");
		Objects.requireNonNull(model, "model");
		Objects.requireNonNull(modelVersion, "modelVersion");
		Objects.requireNonNull(readyAt, "readyAt");
		if (bands.isPresent() == !reason.isBlank()) {
			throw new IllegalArgumentException("a forecast of " + series + " needs either bands or a reason");
		}
	}

	/** No forecast, and why. */
	public static Forecast absent(SeriesId series, Instant issuedAt, String reason, Optional<Instant> readyAt) {
		return new Forecast(series, issuedAt, "", "", Double.NaN, Double.NaN, 0, Optional.empty(), reason, readyAt);
	}

	/** Whether there is a forecast. */
	public boolean isPresent() {
		return bands.isPresent();
	}
}
