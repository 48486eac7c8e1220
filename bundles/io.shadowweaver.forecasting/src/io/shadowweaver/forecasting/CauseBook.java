// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.kit.series.Grid;

/**
 * Gives models the values of what causes a series: of events what was known at an origin; of another series what was measured up to the origin, and behind
 * it its forecast, never what came. Thread-safe.
 */
final class CauseBook {
	/** So many blocks of a driver are read at once. */
	private static final int BEHIND = 64;
	/** Milliseconds in which what is left of an event has faded. */
	private static final long FADING = 7 * 86_400_000L;
	/** What stands for a value that nobody knows. */
	private static final double NOTHING = 0;

	private final LeadPlan plan;
	private final SeriesReader history;
	private final Surroundings around;
	private final Supplier<Instant> now;
	private final Map<SeriesId, Track> tracks;
	/** The ids of candidates that were told of drivers and did not ask. */
	private final Set<String> deaf;

	/** @param now the estate's time */
	CauseBook(LeadPlan plan, SeriesReader history, Surroundings around, Supplier<Instant> now) {
		this(plan, history, around, now, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
	}

	private CauseBook(LeadPlan plan, SeriesReader history, Surroundings around, Supplier<Instant> now, Map<SeriesId, Track> tracks,
			Set<String> deaf) {
		this.tracks = tracks;
		this.deaf = deaf;
		this.plan = plan;
		this.history = history;
		this.around = around;
		this.now = now;
	}

	/** The same on another grid. */
	CauseBook on(LeadPlan other) {
		return other == plan ? this : new CauseBook(other, history, around, now, tracks, deaf);
	}

	/** What is known, or expected, of a driver at a block. */
	@FunctionalInterface
	interface Driving {
		double at(SeriesId driver, long block);
	}

	/** A candidate has not asked for what it was told: it never will. */
	void hearsNothing(String candidate) {
		deaf.add(candidate);
	}

	/** Whether it is worth while to tell a candidate of drivers. */
	boolean hears(String candidate) {
		return !deaf.contains(candidate);
	}

	/** Makes a series known, which may drive others. */
	void know(Track track) {
		tracks.put(track.id, track);
	}

	/** A series that may drive others; {@code null} when it is not known. */
	Track track(SeriesId id) {
		return tracks.get(id);
	}

	/** The series that may drive one and are known, the likeliest first. */
	List<SeriesId> drivers(SeriesId id) {
		return around.drivers().apply(id).stream().filter(driver -> !driver.equals(id) && tracks.containsKey(driver)).distinct().toList();
	}

	private Instant begin(long block) {
		return Instant.ofEpochMilli(block * plan.block);
	}

	/** The events that concern a series from one block up to before another. */
	List<Event> events(SeriesId id, long from, long to, Instant known) {
		return around.events().events(id, begin(from), begin(to), known);
	}

	/** The events that explain the first blocks of a history, as far as they were known at the end of those. */
	List<Cause> events(SeriesId id, Past past, int until) {
		long end = past.firstBlock + until;
		List<Event> events = until == 0 ? List.of() : events(id, past.firstBlock, end, begin(end));
		return events.isEmpty() ? List.of()
				: EventRegressors.of(events, begin(past.firstBlock), plan.blockDuration(), until).stream().map(regressor -> Cause.event(regressor.id())).toList();
	}

	/** The regressors of a training on the first blocks of a history. */
	List<Regressor> training(SeriesId id, List<Cause> causes, Past past, int until, Driving measured) {
		if (causes.isEmpty()) {
			return List.of();
		}
		long end = past.firstBlock + until;
		double[][] rows = rows(causes, past.firstBlock, until, events(id, past.firstBlock, end, begin(end)), measured);
		return IntStream.range(0, rows.length).mapToObj(row -> causes.get(row).with(rows[row])).toList();
	}

	/**
	 * The values of causes over blocks, by cause.
	 *
	 * @param events those that are known
	 */
	double[][] rows(List<Cause> causes, long first, int count, List<Event> events, Driving driving) {
		double[][] rows = new double[causes.size()][];
		for (int row = 0; row < rows.length; row++) {
			Cause cause = causes.get(row);
			if (cause.isDriver()) {
				rows[row] = new double[count];
				for (int i = 0; i < count; i++) {
					double value = driving.at(cause.driver(), first + i - cause.lag());
					rows[row][i] = Double.isFinite(value) ? value : NOTHING;
				}
			} else {
				rows[row] = EventRegressors.values(cause.id(), events, begin(first), plan.blockDuration(), count);
			}
		}
		return rows;
	}

	/**
	 * What models are told in life, at the block that they have seen or are being shown.
	 *
	 * @param causes by slot
	 * @param series by slot
	 * @param origin by slot: the number of that block
	 * @param ahead  the farthest lead that is asked for
	 */
	Regressors live(Function<Integer, List<Cause>> causes, Function<Integer, SeriesId> series, Function<Integer, Long> origin, int ahead) {
		Map<Integer, double[][]> bySlot = new HashMap<>();
		return (slot, regressor, lead) -> {
			double[][] rows = bySlot.computeIfAbsent(slot, of -> {
				long block = origin.apply(of);
				Instant end = begin(block + 1);
				Instant known = now.get().isAfter(end) ? now.get() : end;
				return rows(causes.apply(of), block, ahead + 1, events(series.apply(of), block - FADING / plan.block, block + ahead + 1, known),
						measuredUpTo(block));
			});
			return regressor < rows.length ? rows[regressor][lead] : NOTHING;
		};
	}

	/** Drivers as measured up to a block, and as they are forecast now behind it. */
	Driving measuredUpTo(long block) {
		Map<SeriesId, double[]> read = new HashMap<>();
		return (driver, at) -> {
			Optional<Curve> curve = Optional.ofNullable(tracks.get(driver)).map(Track::curve);
			if (at <= block && at > block - BEHIND) {
				double[] blocks = read.computeIfAbsent(driver, id -> read(id, block));
				double value = blocks[(int) (at - (block - BEHIND + 1))];
				if (Double.isFinite(value)) {
					return value;
				}
			}
			return curve.map(known -> tracks.get(driver).transform().from(known.at(plan.centre(at)))).orElse(NOTHING);
		};
	}

	/** The last blocks of a driver, gaps filled from before. */
	private double[] read(SeriesId driver, long block) {
		long first = block - BEHIND + 1;
		Series series = history.range(driver, begin(first), begin(block + 1));
		double[] blocks = Grid.means(series.start(), plan.step, series.values(), plan.block, first, BEHIND);
		for (int i = 1; i < blocks.length; i++) {
			blocks[i] = Double.isFinite(blocks[i]) ? blocks[i] : blocks[i - 1];
		}
		return blocks;
	}
}
