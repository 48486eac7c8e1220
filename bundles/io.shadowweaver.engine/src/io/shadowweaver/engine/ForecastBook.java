// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.forecasting.Forecaster;

/**
 * Decides which forecasts are renewed at a tick. The next hour comes from the standard leads, which cost microseconds and never
 * wait: at every tick for what groups are scaled on, in turn for the rest, so that the load is flat. Behind that hour stands a
 * dense grid up to a day, in a small estate for every series, in a large one for what groups are scaled on. It is asked for on
 * a thread of its own, since a model that is being trained answers late; until it does, the older one holds.
 */
final class ForecastBook {
	private static final Logger LOG = System.getLogger(ForecastBook.class.getName());
	/** Up to here every series has the dense grid. */
	private static final int SMALL = 600;
	/** The rest is renewed within this many ticks. */
	private static final int TURNS = 5;
	private static final Duration NEAR = Duration.ofHours(1);
	/** Farther ahead nothing is forecast. */
	private static final Duration LONGEST = Duration.ofDays(90);

	private final Forecaster forecaster;
	private final List<Duration> dense;
	private final Executor paths;
	private final Map<SeriesId, Bands> far = new ConcurrentHashMap<>();
	private final Set<SeriesId> asked = ConcurrentHashMap.newKeySet();
	private long turn;

	/**
	 * @param forecaster forecasts
	 * @param step       of the estate
	 * @param paths      computes the dense grids, one at a time
	 */
	ForecastBook(Forecaster forecaster, Duration step, Executor paths) {
		this.forecaster = forecaster;
		this.dense = denseLeads(step);
		this.paths = paths;
	}

	/** Every 5 minutes to an hour, every 15 to six hours, every 30 to a day; 48 steps, up to 90 days, where the step is longer than 30 minutes. */
	static List<Duration> denseLeads(Duration step) {
		List<Duration> leads = new ArrayList<>();
		if (step.compareTo(Duration.ofMinutes(30)) > 0) {
			for (int i = 1; i <= 48 && step.multipliedBy(i).compareTo(LONGEST) <= 0; i++) {
				leads.add(step.multipliedBy(i));
			}
			return leads;
		}
		for (int minutes = 5; minutes <= 1440; minutes += minutes < 60 ? 5 : minutes < 360 ? 15 : 30) {
			if (Duration.ofMinutes(minutes).toMillis() >= step.toMillis()) {
				leads.add(Duration.ofMinutes(minutes));
			}
		}
		return leads;
	}

	/**
	 * Renews forecasts.
	 *
	 * @param builder  takes them
	 * @param before   the series of the last state
	 * @param always   what is renewed at every tick
	 * @param every    all series
	 * @param all      whether all are renewed at once
	 * @param now      the estate's time
	 */
	void renew(SeriesPages.Builder builder, SeriesPages before, List<SeriesId> always, List<SeriesId> every, boolean all,
			Instant now) {
		Set<SeriesId> due = new LinkedHashSet<>(always);
		for (SeriesId id : every) {
			int slot = builder.slot(id);
			if (all || slot % TURNS == turn % TURNS || before.slot(id) < 0) {
				due.add(id);
			}
		}
		turn++;
		for (SeriesId id : every.size() <= SMALL ? due : always) {
			ask(id, now);
		}
		for (Forecast forecast : forecaster.forecast(due, now)) {
			builder.forecast(builder.slot(forecast.series()), join(forecast, NEAR, far.get(forecast.series())));
		}
	}

	private void ask(SeriesId id, Instant now) {
		if (asked.add(id)) {
			paths.execute(() -> {
				try {
					forecaster.path(id, now, dense).bands().ifPresent(bands -> far.put(id, bands));
				} catch (RuntimeException e) {
					// such as a history that cannot be read: the standard leads stand, and its status says so
					LOG.log(Level.DEBUG, () -> "no dense forecast of " + id, e);
				} finally {
					asked.remove(id);
				}
			});
		}
	}

	/**
	 * A fresh forecast up to some lead, and what an older one says of the time behind it.
	 *
	 * @param most  the longest lead that is taken from the fresh one
	 * @param older {@code null} for none
	 */
	static Forecast join(Forecast fresh, Duration most, Bands older) {
		if (fresh.bands().isEmpty() || older == null) {
			return fresh;
		}
		Bands joined = join(fresh.bands().get(), most, older);
		return new Forecast(fresh.series(), fresh.issuedAt(), fresh.model(), fresh.modelVersion(), fresh.skill(), fresh.coverage(),
				fresh.samples(), Optional.of(joined), "", fresh.readyAt());
	}

	/** The same of bands alone. */
	static Bands join(Bands near, Duration most, Bands older) {
		Instant origin = near.origin();
		long[] leads = new long[near.leads() + older.leads()];
		float[] values = new float[leads.length * Levels.COUNT];
		int count = 0;
		for (int lead = 0; lead < near.leads() && near.leadMillis(lead) <= most.toMillis(); lead++) {
			leads[count] = near.leadMillis(lead);
			copy(near, lead, values, count++);
		}
		Instant from = count == 0 ? origin : near.time(count - 1);
		for (int lead = 0; lead < older.leads(); lead++) {
			if (older.time(lead).isAfter(from)) {
				leads[count] = Duration.between(origin, older.time(lead)).toMillis();
				copy(older, lead, values, count++);
			}
		}
		return count == 0 ? near : new Bands(origin, Arrays.copyOf(leads, count), Arrays.copyOf(values, count * Levels.COUNT));
	}

	private static void copy(Bands from, int lead, float[] to, int at) {
		for (int level = 0; level < Levels.COUNT; level++) {
			to[at * Levels.COUNT + level] = (float) from.value(lead, level);
		}
	}
}
