// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.AlertNotice.Change;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.topology.Selector;

class AlertBookTest {
	private static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");
	private static final Threshold RULE = new Threshold("r", "cpu", "", new Selector(Map.of()), .75, .9, .7, .9, "do");
	private final AlertBook book = new AlertBook("e");

	/** Levels lie at median + (level − .5), so the .9 quantile is the median + .04. */
	private static Bands bands(Instant origin, double... medians) {
		float[] values = new float[medians.length * Levels.COUNT];
		long[] leads = new long[medians.length];
		for (int lead = 0; lead < medians.length; lead++) {
			leads[lead] = (lead + 1) * 600_000L;
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (medians[lead] + (Levels.level(level) - .5) * .1);
			}
		}
		return new Bands(origin, leads, values);
	}

	private void probe(Instant now, double value, double... medians) {
		book.probe(new AlertBook.Probe("group:web", "web", RULE, value, bands(now, medians), Duration.ofMinutes(8), "because", v -> "" + v), now);
	}

	private List<Change> changes() {
		return book.takeNotices().stream().map(AlertNotice::change).toList();
	}

	@Test
	void oneTickIsNoAlertTwoAre() {
		probe(T0, .5, .55, .95);
		assertTrue(book.alerts().isEmpty());
		probe(T0.plusSeconds(60), .5, .6, .3);
		probe(T0.plusSeconds(120), .5, .55, .95);
		assertTrue(book.alerts().isEmpty(), "a calm tick in between starts the count again");
		probe(T0.plusSeconds(180), .5, .55, .95);
		Alert alert = book.alerts().getFirst();
		assertEquals(Severity.CRITICAL, alert.severity());
		// the .9 quantile goes from .59 at 10 min to .99 at 20 min and crosses .9 in between
		assertEquals(T0.plusSeconds(180 + 600 + 465), alert.breachAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
		assertEquals(alert.breachAt().minus(Duration.ofMinutes(8)), alert.startBy());
		assertEquals(List.of(Change.RAISED), changes());
	}

	@Test
	void aSilenceStandsInTheLogWithWhoAndUntilAndSoDoesItsEnd() {
		probe(T0, .95, .95, .95);
		Alert alert = book.alerts().getFirst();
		Silence silence = new Silence(alert.id(), "ada", T0.plusSeconds(7200), "moving");
		book.silence("Pager", List.of(silence, new Silence("other", "ada", T0, "")), T0);
		book.silence("Pager", List.of(silence), T0.plusSeconds(60));
		List<String> log = book.alerts().getFirst().log();
		assertEquals(T0 + " silenced at Pager by ada until " + T0.plusSeconds(7200) + ": moving", log.getLast());
		assertEquals(alert.log().size() + 1, log.size(), "told once");
		assertEquals(List.of(new Alert.Silenced("Pager", "ada", T0.plusSeconds(7200), "moving")), book.alerts().getFirst().silences());
		book.silence("Pager", List.of(), T0.plusSeconds(120));
		assertEquals(T0.plusSeconds(120) + " no longer silenced at Pager", book.alerts().getFirst().log().getLast());
		assertEquals(List.of(), book.alerts().getFirst().silences());
		assertEquals(List.of(Change.RAISED), changes());
	}

	@Test
	void aSilenceOutlivesWhatHappensToTheAlertAndARestart() {
		probe(T0, .95, .95, .95);
		String id = book.alerts().getFirst().id();
		List<Alert.Silenced> both = List.of(new Alert.Silenced("Pager", "ada", T0.plusSeconds(7200), "moving"), new Alert.Silenced("Chat", "bob", T0.plusSeconds(60), ""));
		book.silence("Pager", List.of(new Silence(id, "ada", T0.plusSeconds(7200), "moving")), T0);
		book.silence("Chat", List.of(new Silence(id, "bob", T0.plusSeconds(60), "")), T0);
		probe(T0.plusSeconds(60), .96, .97, .97);
		book.acknowledge(id, "ada", T0.plusSeconds(61));
		assertEquals(both, book.alerts().getFirst().silences());
		AlertBook next = new AlertBook("e");
		next.restore(book.alerts());
		int lines = book.alerts().getFirst().log().size();
		next.silence("Pager", List.of(new Silence(id, "ada", T0.plusSeconds(7200), "moving")), T0.plusSeconds(90));
		assertEquals(lines, next.alerts().getFirst().log().size(), "nothing has changed there");
		next.silence("Chat", List.of(), T0.plusSeconds(90));
		assertEquals(both.subList(0, 1), next.alerts().getFirst().silences());
	}

	@Test
	void whatCannotWaitIsRaisedAtOnce() {
		probe(T0, .85, .95, .95);
		assertEquals(1, book.alerts().size());
	}

	@Test
	void latchedUntilCalmForFiveTicksAndThenWithALine() {
		probe(T0, .95, .95, .95);
		for (int i = 1; i <= 3; i++) {
			probe(T0.plusSeconds(60 * i), .72, .7, .7);
		}
		for (int i = 4; i <= 7; i++) {
			probe(T0.plusSeconds(60 * i), .5, .5, .5);
			assertTrue(book.alerts().getFirst().isActive());
		}
		probe(T0.plusSeconds(480), .5, .5, .5);
		Alert gone = book.alerts().getFirst();
		assertEquals(Alert.State.WITHDRAWN, gone.state());
		assertTrue(gone.log().getLast().contains("withdrawn"), gone.log()::toString);
		assertEquals(List.of(Change.RAISED, Change.WITHDRAWN), changes());
	}

	@Test
	void aPlanCoversAndNeverWithdraws() {
		probe(T0, .95, .95, .95);
		book.cover(alert -> Optional.of("p1"), T0);
		probe(T0.plusSeconds(60), .95, .95, .95);
		assertEquals(Alert.State.COVERED, book.alerts().getFirst().state());
		book.cover(alert -> Optional.empty(), T0.plusSeconds(120));
		assertEquals(Alert.State.OPEN, book.alerts().getFirst().state());
		assertEquals(List.of(Change.RAISED, Change.COVERED, Change.UNCOVERED), changes());
	}

	@Test
	void acknowledgedStaysSoUntilItGetsWorse() {
		probe(T0, .5, .72, .75);
		probe(T0.plusSeconds(60), .5, .72, .75);
		Alert warning = book.alerts().getFirst();
		assertEquals(Severity.WARNING, warning.severity());
		book.acknowledge(warning.id(), "ann", T0.plusSeconds(60));
		probe(T0.plusSeconds(120), .5, .72, .75);
		assertEquals(Alert.State.ACKNOWLEDGED, book.alerts().getFirst().state());
		assertEquals("ann", book.alerts().getFirst().acknowledgedBy());
		probe(T0.plusSeconds(180), .5, .75, .95);
		assertEquals(Alert.State.OPEN, book.alerts().getFirst().state());
		assertEquals(List.of(Change.RAISED, Change.ACKNOWLEDGED, Change.CHANGED), changes());
	}

	@Test
	void tomorrowsBreachIsAnotherAlert() {
		probe(T0, .95, .95, .95);
		String first = book.alerts().getFirst().id();
		double[] day = new double[40];
		java.util.Arrays.fill(day, .4);
		day[39] = 1;
		for (int i = 1; i <= 5; i++) {
			probe(T0.plusSeconds(60 * i), .5, day);
		}
		assertNotEquals(first, book.alerts().getFirst().id());
		assertTrue(book.alerts().getFirst().isActive());
		assertEquals(Alert.State.WITHDRAWN, book.alerts().get(1).state());
	}

	@Test
	void restoredAlertsKeepTheirNumber() {
		probe(T0, .95, .95, .95);
		AlertBook other = new AlertBook("e");
		other.restore(book.alerts());
		other.probe(new AlertBook.Probe("group:app", "app", RULE, .95, bands(T0, .95), Duration.ZERO, "", v -> ""), T0);
		assertEquals(2, other.alerts().stream().map(Alert::id).distinct().count());
	}

	@Test
	void itSaysHowProbableABreachIsBeforeHelpCouldBeReady() {
		for (int minute = 0; minute < 2; minute++) {
			Instant now = T0.plusSeconds(60 * minute);
			// the quantile crosses in the first ten minutes, help takes half an hour
			book.probe(new AlertBook.Probe("group:web", "web", RULE, .5, bands(now, .95, .96), Duration.ofMinutes(30), "Because.", v -> "" + v,
					(limit, until) -> until.equals(now.plusSeconds(1800)) ? .83 : Double.NaN), now);
		}
		assertEquals("Because. It is reached within 30 min with a probability of 83 %.", book.alerts().getFirst().explanation());
		probe(T0.plusSeconds(120), .5, .95, .96);
		assertEquals("because", book.alerts().getFirst().explanation(), "nothing is said where nothing is known");
	}
}
