// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;

class ComingTest {
	@TempDir
	Path directory;

	private static Intent intent(String token, Action.Kind kind, String target) {
		Instant then = Bed.START;
		CreateRequest request = new CreateRequest("sw-1", "web-1", "web", "small", "a", "", "", "", Map.of(), "", then);
		return new Intent(token, "web-1", "web", kind, "cloud", "small", "a", 1, target, "i1", "vm-i1", request, "vm", "", Map.of(), then, then, then, then.plusSeconds(3600), Price.UNKNOWN, "", Double.NaN, 0);
	}

	@Test
	void aMachineThatIsReadyCountsHoweverLateASourceReportsIt() {
		Bed bed = new Bed(directory);
		Ledger ledger = new Ledger(new LeadTimes(Duration.ofMinutes(3), Duration.ofMinutes(5)));
		ledger.apply(new JournalRecord.Intended(Bed.START, intent("sw-1", Action.Kind.CREATE, "")));
		ledger.apply(new JournalRecord.Called(Bed.START, "sw-1", 1, 0));
		ledger.apply(new JournalRecord.Acknowledged(Bed.START, "sw-1", "i1", "vm-i1"));
		ledger.apply(new JournalRecord.Moved(Bed.START, "sw-1", QueueEntry.State.READY, ""));
		assertEquals(5, Coming.of(bed.groupView(), ledger.of("web")).members(4), "the journal knows it, no source does");
		ledger.apply(new JournalRecord.Intended(Bed.START, intent("sw-2", Action.Kind.DELETE, "sw-1")));
		assertEquals(4, Coming.of(bed.groupView(), ledger.of("web")).members(4), "it is being removed");
		ledger.apply(new JournalRecord.Moved(Bed.START, "sw-2", QueueEntry.State.FAILED, ""));
		assertEquals(5, Coming.of(bed.groupView(), ledger.of("web")).members(4), "it was not removed");
		ledger.apply(new JournalRecord.Gone(Bed.START, "sw-1", ""));
		assertEquals(List.of(), Coming.of(bed.groupView(), ledger.of("web")).entries(), "the provider lists it no more");
		assertEquals(List.of(), List.copyOf(bed.cloud.log));
	}
}
