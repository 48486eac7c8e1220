// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadTimesTest {
	private static final Duration MINUTE = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	@Test
	void theDeclaredLeadHoldsBelowTwentyObservationsAndIsOnlyRaised() {
		LeadTimes leads = new LeadTimes(MINUTE, MINUTE.multipliedBy(2));
		assertEquals(new LeadTimes.Lead(MINUTE, MINUTE.multipliedBy(2), 0), leads.of("cloud", "small"));
		leads = leads.declared("cloud", List.of(ListedCloud.offer("small", 1, 1, 1)));
		assertEquals(new LeadTimes.Lead(MINUTE.multipliedBy(3), MINUTE.multipliedBy(5), 0), leads.of("cloud", "small"));
		for (int i = 0; i < 19; i++) {
			leads = leads.observed("cloud", "small", MINUTE);
		}
		assertEquals(new LeadTimes.Lead(MINUTE.multipliedBy(3), MINUTE.multipliedBy(5), 19), leads.of("cloud", "small"));
		LeadTimes slow = new LeadTimes(MINUTE, MINUTE).observed("cloud", "small", MINUTE.multipliedBy(9));
		assertEquals(new LeadTimes.Lead(MINUTE.multipliedBy(9), MINUTE.multipliedBy(9), 1), slow.of("cloud", "small"));
		leads = leads.observed("cloud", "small", MINUTE);
		assertEquals(new LeadTimes.Lead(MINUTE, MINUTE, 20), leads.of("cloud", "small"));
		assertEquals(0, leads.of("cloud", "large").observations());
	}

	@Test
	void quantilesAreThoseOfWhatWasSeenLast() {
		LeadTimes leads = new LeadTimes(MINUTE, MINUTE);
		for (int i = 1; i <= 300; i++) {
			leads = leads.observed("cloud", "small", Duration.ofSeconds(i));
		}
		LeadTimes.Lead lead = leads.of("cloud", "small");
		assertEquals(200, lead.observations());
		assertEquals(Duration.ofMillis(200_500), lead.median());
		assertEquals(Duration.ofMillis(290_050), lead.p95());
	}

	@Test
	void whatWasLearnedOutlivesTheProcess() {
		Bed bed = new Bed(directory);
		bed.cloud.lead = Duration.ofMinutes(7);
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.run(40);
		LeadTimes.Lead before = bed.provisioner.leadTimes().of("cloud", "small");
		assertTrue(before.observations() >= 2);
		assertEquals(MINUTE.multipliedBy(7), before.p95(), "from the call to the first tick with healthy traffic");
		bed.close();
		bed.provisioner = null;
		bed.run(1);
		assertEquals(before, bed.provisioner.leadTimes().of("cloud", "small"));
		bed.close();
	}

	@Test
	void theLeadEndsWithTheFirstHealthyTrafficAndItsWarmUpIsMeasured() {
		Bed bed = new Bed(directory);
		bed.cloud.lead = Duration.ofMinutes(4);
		bed.cloud.warmUp = Duration.ofMinutes(3);
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.run(40);
		LeadTimes.Lead lead = bed.provisioner.leadTimes().of("cloud", "small");
		assertTrue(lead.observations() >= 2, lead.toString());
		assertEquals(MINUTE.multipliedBy(7), lead.median(), "not to the moment at which it runs");
		assertEquals(MINUTE.multipliedBy(3), lead.warmUp());
		assertTrue(lead.parts().contains("4 min until it runs and 3 min for registration and warm-up"), lead.parts());
		bed.crash();
		bed.run(1);
		assertEquals(lead, bed.provisioner.leadTimes().of("cloud", "small"), "also after a restart");
		bed.close();
	}
}
