// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.SceneModel.Headline;

class HeadlineTest {
	private static Headline headline(TestEstate estate) {
		return new HeadlineWriter(estate.state(), ViewSettings.defaults(ZoneOffset.UTC)).write(Duration.ZERO);
	}

	@Test
	void saysWhatBreaksFirstWhenWhetherItIsCoveredTheLastMomentAndHowFreshTheDataIs() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .95, .01);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		estate.alerts.add(TestEstate.alert("web-2", Severity.CRITICAL, Alert.State.OPEN, 50));
		estate.alerts.add(TestEstate.alert("web-3", Severity.WARNING, Alert.State.OPEN, 5));
		estate.alerts.add(TestEstate.alert("web-4", Severity.CRITICAL, Alert.State.WITHDRAWN, 1));
		Headline headline = headline(estate);
		assertEquals("web-1: CPU crosses critical (90\u00a0%) at 14:05, in 43\u00a0min.", headline.what());
		assertEquals("Not covered. Act by 13:50 (28\u00a0min left). 2 more, 2 open. Data is fresh (4\u00a0s old).", headline.rest());
		assertEquals(Optional.of(Severity.CRITICAL), headline.severity());
	}

	@Test
	void whileTheServerCannotBeReachedNothingElseIsSaid() {
		TestEstate estate = TestEstate.fleet(4);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		estate.statuses.put(WeaverState.SERVER + "far", new Status(Status.State.FAILED, "", "Not connected to far since 13:20.", TestEstate.NOW));
		Headline headline = headline(estate);
		assertEquals("Not connected to far since 13:20.", headline.what());
		assertFalse(headline.fresh());
		estate.statuses.put(WeaverState.SERVER + "far", new Status(Status.State.OK, "", "Attached to far.", TestEstate.NOW));
		assertTrue(headline(estate).what().startsWith("web-1: "), headline(estate).what());
	}

	@Test
	void namesWhatCoversIt() {
		TestEstate estate = TestEstate.fleet(4);
		estate.alerts.add(TestEstate.alert("group:web", Severity.CRITICAL, Alert.State.COVERED, 43));
		estate.queue.add(new QueueEntry("t", "plan-1", "web", Action.Kind.CREATE, "sim", "m1", "z", QueueEntry.State.CALLED, "new:t", TestEstate.NOW,
				TestEstate.NOW.plusSeconds(2580), TestEstate.NOW.plusSeconds(1800), .1, 1, Price.of(.1, "EUR"), "called"));
		assertTrue(headline(estate).rest().startsWith("Covered: 1 resource on the way, ready 13:52. "), headline(estate).rest());
	}

	@Test
	void saysWhenItIsTooLateOrThereAlready() {
		TestEstate late = TestEstate.fleet(2);
		late.alerts.add(TestEstate.alert("web-1", Severity.WARNING, Alert.State.OPEN, 10));
		assertTrue(headline(late).rest().contains("The last moment to act was 13:17."), headline(late).rest());
		TestEstate over = TestEstate.fleet(2);
		over.alerts.add(TestEstate.alert("web-1", Severity.WARNING, Alert.State.OPEN, -10));
		assertEquals("web-1: CPU is over the warning (75\u00a0%) since 13:12.", headline(over).what());
	}

	@Test
	void saysThatNothingBreaks() {
		Headline headline = headline(TestEstate.fleet(4).forecast("web-1", .4, .01));
		assertTrue(headline.what().startsWith("Nothing breaks"), headline.what());
		assertEquals(Optional.empty(), headline.severity());
		assertTrue(headline.fresh());
	}

	@Test
	void whatBreaksInAMonthIsNotWhatBreaksFirst() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .4, .01);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 30 * 1440));
		assertTrue(headline(estate).what().startsWith("Nothing breaks within"), headline(estate).what());
		estate.alerts.add(TestEstate.alert("web-2", Severity.WARNING, Alert.State.OPEN, 10));
		assertTrue(headline(estate).what().startsWith("web-2: CPU crosses the warning"), headline(estate).what());
	}

	@Test
	void staleDataIsSaidAndSoIsSilence() {
		TestEstate estate = TestEstate.fleet(1);
		estate.values.keySet().forEach(id -> estate.times.put(id, TestEstate.NOW.minus(Duration.ofHours(2))));
		assertFalse(headline(estate).fresh());
		assertTrue(headline(estate).rest().contains("Data is stale: the newest is 2\u00a0h old."), headline(estate).rest());
		Headline silent = new HeadlineWriter(TestEstate.fleet(1).state(), ViewSettings.defaults(ZoneOffset.UTC)).write(Duration.ofSeconds(50));
		assertTrue(silent.rest().contains("No news for 50\u00a0s."), silent.rest());
	}

	@Test
	void beforeTheFirstTickItWaits() {
		WeaverState state = WeaverState.initial("e", "My estate", TestEstate.NOW, Duration.ofMinutes(1));
		assertTrue(new HeadlineWriter(state, ViewSettings.defaults(ZoneOffset.UTC)).write(Duration.ZERO).what().contains("My estate"));
	}

	@Test
	void comparesDoingNothingWithThePlans() {
		TestEstate estate = TestEstate.fleet(2);
		estate.unattended.put(new SeriesId("web-1", "cpu"), TestEstate.flat(.95, 0));
		estate.unattended.put(new SeriesId("web-2", "cpu"), TestEstate.flat(.95, 0));
		estate.planned.put(new SeriesId("web-1", "cpu"), TestEstate.flat(.5, 0));
		SceneModel.Consequence consequence = Consequences.of(estate.state(), .9);
		assertEquals(Duration.ofDays(1), consequence.unattended());
		assertEquals(Duration.ZERO, consequence.planned());
		SceneModel scene = new SceneBuilder().build(estate.state(), ViewSettings.defaults(ZoneOffset.UTC).withCompare(true), PastValues.NONE,
				Duration.ZERO);
		assertTrue(scene.headline().rest().startsWith("Doing nothing: 1440 breach minutes"), scene.headline().rest());
	}

	private static Headline at(TestEstate estate, int minutes, PastValues past, double unattended) {
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC).withCursor(Optional.of(TestEstate.NOW.plusSeconds(minutes * 60L))).withUnattended(unattended);
		return new SceneBuilder().build(estate.state(), view, past, Duration.ZERO).headline();
	}

	@Test
	void ofThePastItSaysWhenWhatWasAndThenWhatIsNow() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .95, .01);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		Headline over = at(estate, -77, id -> id.subject().equals("web-2") ? .97 : id.subject().equals("web-3") ? .8 : .4, 1);
		assertEquals("At 12:05, 77\u00a0min ago: web-2: CPU was over critical (90\u00a0%) at 97\u00a0%, 1 more over a threshold.", over.what());
		assertTrue(over.rest().startsWith("Now: web-1: CPU crosses critical (90\u00a0%) at 14:05, in 43\u00a0min. Not covered."), over.rest());
		assertEquals("web-2", over.subject());
		Headline calm = at(estate, -77, id -> id.subject().equals("web-2") ? .6 : .4, 1);
		assertEquals("At 12:05, 77\u00a0min ago: no CPU was over a threshold; the highest was web-2 (60\u00a0%).", calm.what());
		assertEquals(Optional.empty(), calm.severity(), "what breaks now is not the colour of then");
		assertEquals("At 12:05, 77\u00a0min ago: nothing is known of CPU (yet).", at(estate, -77, PastValues.NONE, 1).what());
	}

	@Test
	void ofTheFutureItSaysHowFarAheadAndWhatIsPredictedThere() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .95, .01).forecast("web-2", .5, .01);
		estate.planned.put(new SeriesId("web-1", "cpu"), TestEstate.flat(.6, .01));
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		estate.alerts.add(TestEstate.alert("web-2", Severity.CRITICAL, Alert.State.OPEN, 20));
		Headline there = at(estate, 120, PastValues.NONE, 1);
		assertEquals("In 2\u00a0h, at 15:22: web-1: CPU is predicted over critical (90\u00a0%), if nobody acts, since 14:05.", there.what());
		assertEquals("Not covered. Act by 13:50 (28\u00a0min left). Data is fresh (4\u00a0s old).", there.rest(), "what is over by then does not count");
		Headline planned = at(estate, 120, PastValues.NONE, 0);
		assertEquals("In 2\u00a0h, at 15:22: nothing is predicted to be over a threshold with what is planned.", planned.what());
		Headline before = at(estate, 10, PastValues.NONE, 1);
		assertEquals("In 10\u00a0min, at 13:32: nothing is predicted to be over a threshold.", before.what());
		assertTrue(before.rest().startsWith("Now: web-2: CPU crosses critical"), before.rest());
		assertEquals(Optional.empty(), before.severity());
		Headline beyond = at(estate, 3 * 24 * 60, PastValues.NONE, 1);
		assertEquals("In 3\u00a0d, at Fri 13:22: nothing is predicted so far ahead yet; forecasts end Wed 13:22.", beyond.what());
	}

	@Test
	void atTheVeryMomentOfABreachItIsThere() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .899, .0001);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		assertEquals("In 43\u00a0min, at 14:05: web-1: CPU is predicted over critical (90\u00a0%), if nobody acts, since 14:05.", at(estate, 43, PastValues.NONE, 1).what());
		assertTrue(at(estate, 60, PastValues.NONE, 1).what().endsWith("nothing is predicted to be over a threshold."), "rounding is no breach later");
	}

	@Test
	void atNowItSpeaksOfNow() {
		TestEstate estate = TestEstate.fleet(4).forecast("web-1", .95, .01);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		assertEquals(headline(estate), at(estate, 0, PastValues.NONE, 1));
	}
}
