// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

/**
 * What a model needs and costs.
 *
 * @param version        changes when saved states of the older version cannot be loaded
 * @param minSamples     the least number of samples (gaps not counted) for a training
 * @param minSeasons     the least number of whole seasons, where the series has one; 0 when the model ignores seasons
 * @param toleratesGaps  whether {@code NaN} may occur in training and update
 * @param trainMicros    about how many microseconds of CPU a training costs for each thousand samples of a series
 * @param updateNanos    about how many nanoseconds an update costs for one sample
 */
public record ModelNeeds(String version, int minSamples, int minSeasons, boolean toleratesGaps, double trainMicros,
		double updateNanos) {
	/** Checks the ranges. */
	public ModelNeeds {
		if (version.isBlank() || minSamples < 1 || minSeasons < 0) {
			throw new IllegalArgumentException("needs: version '" + version + "', " + minSamples + " samples, " + minSeasons + " seasons");
		}
	}
}
