// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.Status;

class StatusesTest {
	private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

	@Test
	void whatIsNotTroubledAnyMoreHasNoStatus() {
		Statuses statuses = new Statuses("e", () -> NOON);
		statuses.set("source:a", Status.State.OK, "", "It reports.");
		Status halted = new Status(Status.State.FAILED, "HALTED", "It is halted.", NOON);
		statuses.replace("provisioning:", Map.of("group:web", halted, "journal", new Status(Status.State.OK, "", "It is whole.", NOON)));
		assertEquals(halted, statuses.all().get("provisioning:group:web"));
		statuses.replace("provisioning:", Map.of("journal", new Status(Status.State.OK, "", "It is whole.", NOON.plusSeconds(60))));
		assertEquals(Set.of("source:a", "provisioning:journal"), statuses.all().keySet());
		assertEquals(NOON, statuses.all().get("provisioning:journal").since(), "a repetition keeps its time");
	}
}
