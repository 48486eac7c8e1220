// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.provisioning.cost.CostSettings;

class GuardExamplesTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final ProvisioningSettings USUAL = ProvisioningSettings.defaults();

	private static List<GuardOutcome> of(ProvisioningSettings settings, String guard) {
		return GuardExamples.of(settings, NOW).stream().filter(outcome -> outcome.guard().equals(guard)).toList();
	}

	private static ProvisioningSettings limits(Duration cooldown, int perHour, double blastShare, List<FreezeWindow> freezes, int canary) {
		return USUAL.with(new ProvisioningSettings.Limits(1, -.1, .5, cooldown, perHour, 100, 10, blastShare, 200, Double.POSITIVE_INFINITY, "", freezes, canary));
	}

	@Test
	void everyGuardRefusesWhatIsBeyondItsLimitAndSaysTheLimit() {
		List<GuardOutcome> all = GuardExamples.of(USUAL.with(USUAL.cost().withCaps(2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, "EUR")), NOW);
		assertEquals(List.of("kill switch", "mode", "freshness", "skill", "fencing", "cooldown", "rate", "canary", "blast radius", "cap", "budget", "freeze window"),
				all.stream().map(GuardOutcome::guard).distinct().toList(), "in the order in which they are asked");
		assertEquals(List.of(), all.stream().filter(GuardOutcome::passed).toList());
		assertTrue(of(USUAL, "freshness").getFirst().sentence().contains("at most 45 % may be"), of(USUAL, "freshness").toString());
		assertTrue(of(USUAL, "rate").getFirst().sentence().contains("over 30"), of(USUAL, "rate").toString());
		assertTrue(of(USUAL, "rate").getLast().sentence().contains("over 100"), of(USUAL, "rate").toString());
		assertTrue(of(USUAL, "cap").getLast().sentence().contains("at most 200 may be"), of(USUAL, "cap").toString());
	}

	@Test
	void theSentencesFollowTheSettings() {
		ProvisioningSettings other = limits(Duration.ofMinutes(10), 0, .2, List.of(), 0);
		assertTrue(of(other, "cooldown").getFirst().sentence().contains("10 min must pass"), of(other, "cooldown").toString());
		assertTrue(of(other, "rate").getFirst().sentence().contains("never allowed"), of(other, "rate").toString());
		assertEquals("3 of 10 members would change at once, at most 2 may (10, and 20 % of them).", of(other, "blast radius").getFirst().sentence());
		assertTrue(of(other, "freshness").getFirst().passed(), "a limit of 100 % refuses nothing");
		assertEquals("Nothing has to be tried first.", of(other, "canary").getFirst().sentence());
		assertEquals("There is no budget.", of(USUAL.with(CostSettings.DEFAULT), "budget").getFirst().sentence());
	}

	@Test
	void aWindowThatIsSetIsTheExample() {
		FreezeWindow past = new FreezeWindow(NOW.minusSeconds(7200), NOW.minusSeconds(3600), "over");
		FreezeWindow weekly = new FreezeWindow(new FreezeWindow.Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC")), "nights");
		GuardOutcome said = of(limits(Duration.ZERO, 1, 1, List.of(past, weekly), 1), "freeze window").getFirst();
		assertFalse(said.passed());
		assertTrue(said.sentence().contains("until 2026-03-07T06:00:00Z: nights"), said.sentence());
		FreezeWindow later = new FreezeWindow(Optional.of(NOW.plus(Duration.ofDays(30))), Optional.of(NOW.plus(Duration.ofDays(31))), Optional.empty(), "far");
		assertTrue(of(limits(Duration.ZERO, 1, 1, List.of(later), 1), "freeze window").getFirst().sentence().contains(": far"));
		assertTrue(of(limits(Duration.ZERO, 1, 1, List.of(past), 1), "freeze window").getFirst().sentence().contains("the reason that the window has"), "what is over is no example");
	}
}
