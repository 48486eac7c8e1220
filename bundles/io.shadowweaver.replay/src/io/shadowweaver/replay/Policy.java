// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.util.Locale;
import java.util.Optional;

/** The policies of a replay: ours, and what it is compared with. */
public enum Policy {
	/** Ours: forecasts, a reactive floor, and a controller that holds the target of violations on line, without hindsight. */
	SHADOW("forecast and conformal control, no hindsight"),
	/** The newest value × headroom. */
	LAST("the newest value × headroom"),
	/** The maximum of the newest six values × headroom. */
	MAX6("the maximum of the newest six values × headroom"),
	/** Target tracking: out at once above a target utilisation, in after a quarter of an hour under nine tenths of it. */
	TRACKING("a target utilisation: out at once, in after 15 minutes under 90 % of it"),
	/** A forecast of 48 hours by the hour, renewed every six hours from 14 days, × headroom. */
	HOURLY48("an hourly forecast of 48 hours, renewed every 6 hours from 14 days, × headroom"),
	/** The horizontal pod autoscaler with 300 seconds of stabilisation and a tolerance of a tenth. */
	HPA("a target utilisation with a tolerance of 10 %, the largest wish of 300 s counts"),
	/** A percentile of a histogram of the past whose samples lose half of their weight a day. */
	HISTOGRAM("a percentile of a histogram with a half-life of a day"),
	/** The value of the day before × headroom. */
	SEASONAL("the value of the day before × headroom"),
	/** One capacity for all time. */
	STATIC("one capacity for all time"),
	/** Knows the future: the demand itself, in whole units. */
	CLAIRVOYANT("the demand itself: knows the future");

	private final String sentence;

	Policy(String sentence) {
		this.sentence = sentence;
	}

	/** The name in files and on command lines. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** What it does, in a few words. */
	public String sentence() {
		return sentence;
	}

	/** The policy of a name. */
	public static Optional<Policy> of(String id) {
		for (Policy policy : values()) {
			if (policy.id().equals(id)) {
				return Optional.of(policy);
			}
		}
		return Optional.empty();
	}
}
