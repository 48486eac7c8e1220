// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** The simulated fleet farther ahead than its forecasts of every tick. */
class FarViewTest {
	private static final SeriesId WEB = SeriesId.ofGroup("web", "cpu");

	@TempDir
	Path directory;

	private Weaver weaver;

	private interface Asked<T> {
		T ask() throws Exception;
	}

	@BeforeEach
	void open() throws Exception {
		weaver = new FleetRun(directory, 7).quiet().with(Map.of("web", Mode.OBSERVE), ProvisioningSettings.defaults()).open();
		weaver.prepare();
		for (int i = 0; i < 10; i++) {
			weaver.step();
		}
	}

	@AfterEach
	void close() {
		weaver.close();
	}

	/** Asks in a thread of its own, as a job does, while the estate goes on. */
	private <T> T answer(Asked<T> asked) {
		CompletableFuture<T> answer = CompletableFuture.supplyAsync(() -> {
			try {
				return asked.ask();
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		});
		while (!answer.isDone()) {
			weaver.step();
			Thread.onSpinWait();
		}
		return answer.join();
	}

	@Test
	void shadowsReachAsFarAsSomebodyLooks() {
		WeaverState near = weaver.state();
		Instant until = near.time().plus(Duration.ofDays(90));
		WeaverState far = answer(() -> weaver.far().state(until));
		String member = far.topology().liveMembers("web").getFirst().id();
		for (Shadow shadow : new Shadow[] { far.unattended(), far.planned() }) {
			for (SeriesId id : new SeriesId[] { WEB, new SeriesId(member, "cpu") }) {
				Bands bands = shadow.projected().get(id);
				assertTrue(bands.end().isAfter(until.minus(Duration.ofHours(6))), id + " ends at " + bands.end());
				Instant tomorrow = near.time().plus(Duration.ofHours(23));
				Instant late = tomorrow.plus(Duration.ofDays(84));
				assertTrue(width(bands, late) > .9 * width(bands, tomorrow), id + " is known no better then: " + width(bands, late) + " and " + width(bands, tomorrow));
			}
		}
	}

	private static double width(Bands bands, Instant time) {
		return bands.at(time, .9) - bands.at(time, .1);
	}

	@Test
	void theCourseOfADayIsSeenInAWeek() {
		WeaverState far = answer(() -> weaver.far().state(weaver.state().time().plus(Duration.ofDays(8))));
		Instant day = far.time().plus(Duration.ofDays(6)).atZone(ZoneOffset.UTC).with(LocalTime.MIDNIGHT).toInstant();
		Bands demand = far.series().forecast(WEB).flatMap(Forecast::bands).orElseThrow();
		assertTrue(demand.at(day.plus(Duration.ofHours(14)), .5) > 1.5 * demand.at(day.plus(Duration.ofHours(4)), .5), "noon is busier than night");
	}

	@Test
	void whatIsNearStaysAsItIsAndNothingIsConcludedFromWhatIsFar() {
		WeaverState far = answer(() -> weaver.far().state(weaver.state().time().plus(Duration.ofDays(30))));
		weaver.step();
		WeaverState near = weaver.state();
		Instant hour = near.time().plus(Duration.ofMinutes(30));
		Bands own = near.unattended().projected().get(WEB);
		assertEquals(own.at(hour, .9), far.unattended().projected().get(WEB).at(hour, .9), .1 * own.at(hour, .9));
		assertEquals(near.alerts().stream().map(alert -> alert.id()).toList(), far.alerts().stream().filter(alert -> !FarView.isFar(far.time(), alert.breachAt())).map(alert -> alert.id()).toList());
		assertEquals(near.plans().stream().map(plan -> plan.id()).toList(), far.plans().stream().map(plan -> plan.id()).toList());
		WeaverState both = FarView.over(near, far);
		Bands joined = both.unattended().projected().get(WEB);
		assertEquals(own.at(hour, .9), joined.at(hour, .9), "what is near is the newest");
		Instant month = near.time().plus(Duration.ofDays(29));
		assertEquals(far.unattended().projected().get(WEB).at(month, .9), joined.at(month, .9), 1e-6, "what is far is that which was read");
		assertEquals(near.time(), both.time());
		assertFalse(near.series().forecast(WEB).flatMap(Forecast::bands).orElseThrow().end().isAfter(near.time().plus(Duration.ofDays(2))), "the estate itself looks no farther");
	}

	@Test
	void growthByTheMonthShowsInTheMonth() {
		Instant until = weaver.state().time().plus(Duration.ofDays(60));
		Scenario growth = Scenario.of("growth", new Change.Growth("estate", .5));
		Imagined grown = answer(() -> Imagined.of(weaver.far().base(until), growth));
		WeaverState plain = answer(() -> weaver.far().state(until));
		Instant noon = until.minus(Duration.ofHours(6));
		double before = plain.unattended().projected().get(WEB).at(noon, .5);
		double after = grown.state().unattended().projected().get(WEB).at(noon, .5);
		assertTrue(after > 1.8 * before, after + " after two months of half as much again, " + before + " without");
	}
}
