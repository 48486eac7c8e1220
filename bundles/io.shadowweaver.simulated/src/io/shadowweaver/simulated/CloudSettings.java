// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * How the simulated cloud behaves. Probabilities are of each call or machine, drawn by its token, so that equal wishes meet
 * equal luck.
 *
 * @param leadMedian from the call to the first healthy traffic: median of a log-normal distribution
 * @param leadP95    its 95th percentile, at least the median
 * @param quota      machines that may be made beside those of the beginning
 * @param drain      how long a removed machine finishes its work
 * @param settling   how long after a lost answer a machine may still appear in the list
 * @param price      factor on all prices, over 0
 * @param refused    probability that a call is refused for lack of room in the zone: certain, nothing is made
 * @param failed     probability that a machine is taken on and fails while it is made
 * @param lost       probability that a machine is made but the answer is lost
 * @param dropped    probability that a call is lost before it arrives: nothing is made, but the caller cannot know
 * @param late       probability that a lost machine appears only after the settling time
 * @param unhealthy  probability that a machine runs but never takes traffic
 * @param slow       how long each call to create takes to answer, in real time
 */
public record CloudSettings(Duration leadMedian, Duration leadP95, int quota, Duration drain, Duration settling, double price,
		double refused, double failed, double lost, double dropped, double late, double unhealthy, Duration slow) {
	/** Checks the ranges. */
	public CloudSettings {
		if (leadMedian.isNegative() || leadMedian.isZero() || leadP95.compareTo(leadMedian) < 0) {
			throw new IllegalArgumentException("the lead must be positive, and its 95th percentile at least the median: "
					+ leadMedian + ", " + leadP95);
		}
		if (quota < 0 || drain.isNegative() || settling.isNegative() || slow.isNegative() || !(price > 0)) {
			throw new IllegalArgumentException("quota, drain, settling time and slowness must not be negative, and the price factor positive");
		}
		for (double probability : new double[] { refused, failed, lost, dropped, late, unhealthy }) {
			if (!(probability >= 0 && probability <= 1)) {
				throw new IllegalArgumentException("a probability must be 0 to 1: " + probability);
			}
		}
	}

	/** A cloud that works: 4 minutes to the first healthy traffic, 8 at the 95th percentile. */
	public static CloudSettings defaults() {
		return new CloudSettings(Duration.ofMinutes(4), Duration.ofMinutes(8), 64, Duration.ofSeconds(90),
				Duration.ofSeconds(60), 1, 0, 0, 0, 0, 0, 0, Duration.ZERO);
	}

	/** Reads the declared parameters. */
	static CloudSettings of(Settings settings) throws PluginException {
		try {
			return new CloudSettings(settings.duration("lead.median"), settings.duration("lead.p95"),
					Math.toIntExact(settings.integer("quota")), settings.duration("drain"), settings.duration("settling"),
					settings.number("price"), settings.number("fault.refused"), settings.number("fault.failed"),
					settings.number("fault.lost"), settings.number("fault.dropped"), settings.number("fault.late"),
					settings.number("fault.unhealthy"), settings.duration("fault.slow"));
		} catch (IllegalArgumentException | ArithmeticException e) {
			throw new PluginException("The simulated cloud cannot be set up: " + e.getMessage() + ".", e);
		}
	}
}
