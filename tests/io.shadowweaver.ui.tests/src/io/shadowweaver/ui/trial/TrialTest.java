// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.views.BackTested;

class TrialTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final SeriesId DEMAND = SeriesId.ofGroup("web", "cpu");
	private static final RuleTrialResult.Rule RULE = new RuleTrialResult.Rule(Duration.ofMinutes(10), .01, 1, Duration.ofHours(1));
	private final RuleTrialResult result = BackTested.trial(DEMAND, RULE, NOW);

	@Test
	void theSentenceCountsAndComparesCost() {
		double less = 1 - result.capacityHours() / result.capacityHoursBefore();
		assertTrue(less > .3, "the hand-made rule saves something: " + less);
		assertEquals("Over 2\u00a0d: of 3 rises 1 right, 1 late, 1 in vain; 1 missed. Too little 0\u00a0% of the time (before 0\u00a0%). It would have cost "
				+ Math.round(less * 100) + "\u00a0% less than what was there.", Trial.sentence(result));
	}

	@Test
	void whatCannotBeTriedSaysWhy() {
		Series none = Series.empty(NOW, Duration.ofMinutes(5), "The past is too short.");
		RuleTrialResult empty = new RuleTrialResult(DEMAND, RULE, none, none, none, Optional.empty(), Optional.empty(), List.of(), List.of());
		assertEquals("Nothing can be tried: The past is too short.", Trial.sentence(empty));
		assertEquals(List.of(), Trial.figures(empty, Unit.CORES));
	}

	@Test
	void figuresStandBesideWhatWasThere() {
		List<Trial.Figure> figures = Trial.figures(result, Unit.CORES);
		assertEquals(7, figures.size());
		Trial.Figure cost = figures.get(4);
		assertEquals("288\u00a0cores\u00a0h", cost.before(), "six cores for two days");
		RuleTrialResult unknown = new RuleTrialResult(DEMAND, RULE, result.demand(), result.capacity(), Series.empty(NOW, Duration.ofMinutes(5), "not kept"),
				result.outcome(), Optional.empty(), result.actions(), result.missed());
		assertTrue(Trial.figures(unknown, Unit.CORES).stream().allMatch(figure -> figure.before().equals("not known")));
		assertTrue(Trial.sentence(unknown).endsWith("of the time."), Trial.sentence(unknown));
	}

	@Test
	void deedsComeByTimeAndLookAsTheyTurnedOut() {
		List<Trial.Deed> deeds = Trial.deeds(result, Unit.CORES, NOW);
		assertEquals(List.of("right", "late", "in vain", "missed"), deeds.stream().map(Trial.Deed::turned).toList());
		assertEquals("3\u00a0cores → 4\u00a0cores", deeds.getFirst().what());
		assertEquals(Palette.SAFE_LIGHT.stop(4), TrialChart.colour(Palette.SAFE_LIGHT, deeds.getLast()));
	}

	@Test
	void smallTargetsKeepTheirDigits() {
		assertEquals(List.of("0\u00a0%", "0.10\u00a0%", "0.30\u00a0%", "1.0\u00a0%", "12\u00a0%", "–"),
				List.of(0., .001, .003, .01, .12, Double.NaN).stream().map(Trial::share).toList());
	}
}
