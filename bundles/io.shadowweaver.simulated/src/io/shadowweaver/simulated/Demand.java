// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;

/**
 * What users want of the fleet, and what happens to it, at any instant: a pure function of the settings.
 * <p>
 * Requests a second = peak × shape of the hour in the week × growth × variation of the day × noise × crowd. The shape has a
 * deep night, a working-day plateau and an evening peak that is nearly equally high on all days, so that the week shows in the
 * mornings and each day has its peak.
 */
final class Demand {
	private static final long DAY = 86_400;
	private static final long WEEK = 7 * DAY;
	/** 1970-01-05 was a Monday. */
	private static final long MONDAY = 4 * DAY;
	private static final double[] WORKING_DAY = { .56, .46, .40, .36, .35, .37, .43, .54, .66, .75, .80, .82, .81, .80, .79, .79,
			.81, .85, .91, .97, 1, .975, .87, .70 };
	private static final double[] WEEK_END = { .60, .52, .45, .40, .37, .36, .37, .41, .48, .56, .63, .69, .72, .73, .74, .75,
			.78, .83, .90, .965, .995, .97, .86, .72 };
	private static final double MEAN = .67;
	/** How long a roll-out takes. */
	static final long ROLLOUT = 24 * 60;
	/** How long one member of it is out. */
	static final long RESTART = 180;
	private static final long CROWD_RAMP = 480;
	private static final double CROWD_DECAY = 1800;
	private static final long CROWD_END = 3 * 3600;
	private static final double RETRIES = .2;

	private final FleetSettings settings;
	private final double peakRequests;
	private final long demandSeed;
	private final long eventSeed;
	private final double[] shape = new double[168];

	Demand(FleetSettings settings) {
		this.settings = settings;
		this.peakRequests = settings.peak() * Tier.WEB.perZone * Tier.ZONES.size() * Offers.requests(Tier.WEB.offer);
		this.demandSeed = Noise.hash(settings.seed(), "demand");
		this.eventSeed = Noise.hash(settings.seed(), "events");
		for (int hour = 0; hour < shape.length; hour++) {
			boolean weekEnd = settings.weekly() && hour >= 5 * 24;
			shape[hour] = settings.daily() ? (weekEnd ? WEEK_END : WORKING_DAY)[hour % 24] : MEAN * (weekEnd ? .9 : 1);
		}
	}

	/** Requests a second that users send. */
	double offered(long second) {
		double requests = peakRequests * expectedShape(second)
				* Math.pow(1 + settings.growth(), (second - settings.start().getEpochSecond()) / (double) WEEK);
		if (settings.noise()) {
			requests *= variation(second) * Math.exp(.015 * Noise.correlated(demandSeed, second))
					* (1 + .004 * Noise.normal(demandSeed + 1, second));
		}
		requests *= 1 + crowd(second);
		if (slowdown(second) > 1) {
			requests *= 1 + RETRIES;
		}
		return requests;
	}

	/** The hour's share of the weekly peak: a Catmull-Rom curve through the hours, which has no corners. */
	double expectedShape(long second) {
		long inWeek = Math.floorMod(second - MONDAY, WEEK);
		int hour = (int) (inWeek / 3600);
		double t = inWeek % 3600 / 3600.;
		double a = shape[(hour + 167) % 168];
		double b = shape[hour];
		double c = shape[(hour + 1) % 168];
		double d = shape[(hour + 2) % 168];
		return b + .5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
	}

	/** Days differ by a per cent, without a step at midnight. */
	private double variation(long second) {
		long day = Math.floorDiv(second, DAY);
		double t = Math.floorMod(second, DAY) / (double) DAY;
		// Noon is the middle of a day: between two noons it glides.
		long before = t < .5 ? day - 1 : day;
		double glide = t < .5 ? t + .5 : t - .5;
		double s = glide * glide * (3 - 2 * glide);
		double a = Noise.uniform(demandSeed + 2, before);
		double b = Noise.uniform(demandSeed + 2, before + 1);
		return 1 + .02 * (a + s * (b - a) - .5);
	}

	/** What a crowd adds, as a ratio: a steep ramp, then exponential decay. */
	double crowd(long second) {
		if (!settings.flashCrowd()) {
			return 0;
		}
		long begin = crowdBegin(week(second));
		if (second < begin || second >= begin + CROWD_END) {
			return 0;
		}
		double height = .45 + .45 * Noise.uniform(eventSeed + 11, week(second));
		double age = second - begin;
		return age < CROWD_RAMP ? height * age / CROWD_RAMP : height * Math.exp(-(age - CROWD_RAMP) / CROWD_DECAY);
	}

	/** How many times slower the database is. */
	double slowdown(long second) {
		if (!settings.incident()) {
			return 1;
		}
		long begin = incidentBegin(week(second));
		return second >= begin && second < begin + incidentLength(week(second)) ? 3 : 1;
	}

	/**
	 * Whether a roll-out has a member out just now.
	 *
	 * @param rank position of the member among the members of its group
	 * @param size number of members
	 */
	boolean isRestarting(long second, int rank, int size) {
		long begin = rollout(Math.floorDiv(second, DAY));
		if (begin < 0 || second < begin || second >= begin + ROLLOUT) {
			return false;
		}
		long mine = begin + (ROLLOUT - RESTART) * rank / Math.max(1, size);
		return second >= mine && second < mine + RESTART;
	}

	/** Whether a roll-out is going on. */
	boolean isRollingOut(long second) {
		long begin = rollout(Math.floorDiv(second, DAY));
		return begin >= 0 && second >= begin && second < begin + ROLLOUT;
	}

	private long rollout(long day) {
		boolean weekEnd = Math.floorMod(day * DAY - MONDAY, WEEK) >= 5 * DAY;
		if (!settings.deployments() || weekEnd || Noise.uniform(eventSeed + 1, day) >= .6) {
			return -1;
		}
		return day * DAY + 60 * (600 + (long) (300 * Noise.uniform(eventSeed + 2, day)));
	}

	private static long week(long second) {
		return Math.floorDiv(second - MONDAY, WEEK);
	}

	private long crowdBegin(long week) {
		return begin(week, 12, 540, 660);
	}

	private long incidentBegin(long week) {
		return begin(week, 21, 480, 780);
	}

	private long begin(long week, int stream, int from, int span) {
		long day = (long) (7 * Noise.uniform(eventSeed + stream, week));
		return MONDAY + week * WEEK + day * DAY + 60 * (from + (long) (span * Noise.uniform(eventSeed + stream + 1, week)));
	}

	private long incidentLength(long week) {
		return 60 * (20 + (long) (25 * Noise.uniform(eventSeed + 23, week)));
	}

	/** What begins in a span of time, in order. */
	List<Event> events(Instant from, Instant to) {
		List<Event> events = new ArrayList<>();
		long first = from.getEpochSecond();
		long end = to.getEpochSecond();
		for (long day = Math.floorDiv(first, DAY); day * DAY < end; day++) {
			long begin = rollout(day);
			if (begin >= first && begin < end) {
				events.add(new Event(Event.Kind.DEPLOYMENT, Instant.ofEpochSecond(begin), Duration.ofSeconds(ROLLOUT),
						SeriesId.GROUP_PREFIX + Tier.WEB.id, "Version 1." + (day - 20_000) + " is rolled out to web and application servers"));
			}
		}
		for (long week = week(first); MONDAY + week * WEEK < end; week++) {
			long crowd = crowdBegin(week);
			if (settings.flashCrowd() && crowd >= first && crowd < end) {
				events.add(new Event(Event.Kind.NOTE, Instant.ofEpochSecond(crowd), Duration.ofSeconds(CROWD_END), "",
						"A flash crowd arrives"));
			}
			long incident = incidentBegin(week);
			if (settings.incident() && incident >= first && incident < end) {
				events.add(new Event(Event.Kind.INCIDENT, Instant.ofEpochSecond(incident), Duration.ofSeconds(incidentLength(week)),
						SeriesId.GROUP_PREFIX + Tier.DB.id, "The database answers three times slower, and clients retry"));
			}
		}
		events.sort(Comparator.comparing(Event::time));
		return events;
	}
}
