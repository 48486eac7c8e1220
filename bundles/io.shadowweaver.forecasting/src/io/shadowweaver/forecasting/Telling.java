// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/** What candidates are told of causes in trainings and tests that end together. */
final class Telling {
	private final Trainer.Parts parts;
	private final LeadPlan plan;
	private final CauseBook book;
	private final Drivers drivers;
	private final Map<Known, List<Cause>> known = new HashMap<>();

	/** @param end the last block of all histories */
	Telling(Trainer.Parts parts, LeadPlan plan, long end) {
		this.parts = parts;
		this.plan = plan;
		book = parts.causes().on(plan);
		drivers = new Drivers(parts, plan, book, end);
	}

	/** Makes a new model of a candidate. */
	@FunctionalInterface
	interface Maker {
		ForecastModel create(int candidate) throws PluginException;
	}

	private record Known(SeriesId id, int until) {
	}

	/** The events that a candidate is told of in a training on the first blocks; none for parameters that series share. */
	List<Cause> events(int candidate, SeriesId id, Past past, int until) {
		return parts.cohorts().isShared(candidate) ? List.of() : known.computeIfAbsent(new Known(id, until), key -> book.events(id, past, until));
	}

	/** The first blocks of a series with its causes over them. */
	TrainingSeries training(SeriesId id, Past past, int slot, ModelNeeds needs, int until, List<Cause> causes) {
		TrainingSeries plain = Trainer.training(past, slot, needs, until);
		return causes.isEmpty() ? plain : new TrainingSeries(slot, plain.values(), plain.seasons(), plain.lower(), plain.upper(),
				book.training(id, causes, past, until, drivers::measured));
	}

	/**
	 * What a model is told in a test.
	 *
	 * @param expected of each driver among the causes
	 */
	BackTest.Told told(SeriesId id, Past past, List<Cause> causes, Map<SeriesId, BackTest> expected) {
		if (causes.isEmpty()) {
			return BackTest.Told.NOTHING;
		}
		int ahead = plan.nodes[plan.nodes.length - 1];
		long end = past.firstBlock + past.coarse.length;
		List<Event> all = book.events(id, past.firstBlock, end + ahead, Instant.ofEpochMilli(end * plan.block));
		return index -> {
			long block = past.firstBlock + index;
			Instant origin = Instant.ofEpochMilli((block + 1) * plan.block);
			// of an update, and of the times ahead, which are asked for at few blocks
			double[][][] rows = new double[2][][];
			return (slot, regressor, lead) -> {
				int of = lead == 0 ? 0 : 1;
				if (rows[of] == null) {
					List<Event> events = all.stream().filter(event -> !event.known().isAfter(origin)).toList();
					rows[of] = book.rows(causes, block, of * ahead + 1, events, drivers.at(expected, block));
				}
				return rows[of][regressor][lead];
			};
		};
	}

	/**
	 * Tries candidates again with what may drive a series. Those whose error it lowers where forecasts choose are judged with it from then on.
	 *
	 * @param test what all said without
	 * @param cost told what each candidate took, in nanoseconds
	 * @return what drives it, by candidate
	 */
	Map<Integer, List<Cause>> drive(SeriesId id, BackTest test, Maker maker, Progress progress, ObjLongConsumer<Integer> cost) {
		Map<Integer, List<Cause>> driven = new TreeMap<>();
		int until = test.until();
		List<Cause> found = drivers.of(id, test.past, until);
		if (found.isEmpty()) {
			return driven;
		}
		List<Cause> causes = Stream.concat(book.events(id, test.past, until).stream(), found.stream()).toList();
		BackTest.Told told = told(id, test.past, causes, drivers.expected(maker, found, test, progress));
		BackTest with = test.another();
		for (int candidate = 0; candidate < parts.candidates().size() && !progress.isCancelled(); candidate++) {
			if (test.answered(candidate) && book.hears(parts.candidates().get(candidate).id()) && !parts.cohorts().isShared(candidate)) {
				long from = Costs.now();
				if (asks(id, with, candidate, causes, told, maker, progress) && with.answered(candidate) && error(with, candidate) < error(test, candidate) * (1 - Selection.MARGIN)) {
					test.take(candidate, with);
					driven.put(candidate, found);
				}
				cost.accept(candidate, Costs.now() - from);
			}
		}
		return driven;
	}

	private double error(BackTest test, int candidate) {
		return new Judge(test).judged(Trial.of(candidate), 0, plan.leads.length).relative();
	}

	/** Moves a candidate through a test; whether it asked for what causes the series. */
	private boolean asks(SeriesId id, BackTest with, int candidate, List<Cause> causes, BackTest.Told told, Maker maker, Progress progress) {
		ModelNeeds needs = parts.candidates().get(candidate).factory().needs();
		boolean[] asked = new boolean[1];
		try (ForecastModel scratch = maker.create(candidate)) {
			if (scratch.train(List.of(training(id, with.past, 0, needs, with.until(), causes)), progress).isEmpty()) {
				with.run(candidate, scratch, 0, needs.toleratesGaps(), block -> {
					Regressors of = told.at(block);
					return (slot, regressor, lead) -> {
						asked[0] = true;
						return of.value(slot, regressor, lead);
					};
				});
				if (!asked[0] && with.answered(candidate)) {
					book.hearsNothing(parts.candidates().get(candidate).id());
				}
			}
		} catch (PluginException | RuntimeException e) {
			parts.health().health(candidate, false, "Training with what drives " + id + " failed: " + e.getMessage());
		}
		return asked[0];
	}
}
