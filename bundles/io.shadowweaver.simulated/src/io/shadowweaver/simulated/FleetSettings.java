// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * What the load of the simulated fleet is like. Equal settings give equal samples.
 *
 * @param seed        of all randomness
 * @param start       where the fleet's clock begins
 * @param step        distance of two samples, whole seconds
 * @param history     span before the start that back-fill can deliver
 * @param peak        utilisation of the web tier at the usual daily peak, without added capacity; over 0, may exceed 1
 * @param daily       whether demand follows the hours of the day (UTC)
 * @param weekly      whether week ends differ from working days
 * @param growth      growth of demand a week, as a ratio; compound, 1 at the start
 * @param noise       whether there is any noise, day-to-day variation included
 * @param deployments whether new versions are rolled out on working days
 * @param incident    whether the database slows down for a while once a week
 * @param flashCrowd  whether a crowd comes once a week
 */
public record FleetSettings(long seed, Instant start, Duration step, Duration history, double peak, boolean daily,
		boolean weekly, double growth, boolean noise, boolean deployments, boolean incident, boolean flashCrowd) {
	/** Checks the ranges. */
	public FleetSettings {
		if (step.compareTo(Duration.ofSeconds(1)) < 0 || step.getNano() != 0) {
			throw new IllegalArgumentException("step must be whole seconds, at least one: " + step);
		}
		if (history.isNegative()) {
			throw new IllegalArgumentException("history must not be negative: " + history);
		}
		if (!(peak > 0 && peak <= 5)) {
			throw new IllegalArgumentException("peak must be over 0 and at most 5: " + peak);
		}
		if (!(growth > -1 && growth <= 10)) {
			throw new IllegalArgumentException("growth must be over -1 and at most 10 a week: " + growth);
		}
		start = floor(start, step);
	}

	/** Everything on, two weeks of history, a sample a minute. */
	public static FleetSettings defaults(long seed, Instant start) {
		return new FleetSettings(seed, start, Duration.ofMinutes(1), Duration.ofDays(14), .945, true, true, .005, true, true,
				true, true);
	}

	/** The same without the incident and the flash crowd. */
	public FleetSettings calm() {
		return new FleetSettings(seed, start, step, history, peak, daily, weekly, growth, noise, deployments, false, false);
	}

	/**
	 * Reads the declared parameters.
	 *
	 * @param begin where the clock begins when nothing is given
	 */
	static FleetSettings of(Settings settings, Instant begin) throws PluginException {
		Instant start = begin;
		if (settings.has("start")) {
			try {
				start = Instant.parse(settings.text("start"));
			} catch (DateTimeException e) {
				throw new PluginException("Start (start): '" + settings.text("start")
						+ "' is not an instant such as 2026-03-02T00:00:00Z.", e);
			}
		}
		try {
			return new FleetSettings(settings.integer("seed"), start, settings.duration("step"), settings.duration("history"),
					settings.number("peak"), settings.flag("daily"), settings.flag("weekly"), settings.number("growth") / 100,
					settings.flag("noise"), settings.flag("deployments"), settings.flag("incident"), settings.flag("flash-crowd"));
		} catch (IllegalArgumentException e) {
			throw new PluginException("The simulated fleet cannot be set up: " + e.getMessage() + ".", e);
		}
	}

	/** The oldest sample. */
	Instant earliest() {
		return ceiling(start.minus(history), step);
	}

	/** The last multiple of a step since the epoch that is not after a time. */
	static Instant floor(Instant time, Duration step) {
		long second = time.getEpochSecond();
		return Instant.ofEpochSecond(second - Math.floorMod(second, step.toSeconds()));
	}

	/** The first multiple of a step since the epoch that is not before a time. */
	static Instant ceiling(Instant time, Duration step) {
		Instant floor = floor(time, step);
		return floor.equals(time) ? floor : floor.plus(step);
	}
}
