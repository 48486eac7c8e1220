// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.ui.core.AuditReading;

class AuditRowTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final AuditEntry FIRST = new AuditEntry(1, NOW.minusSeconds(600), 1, "ann", "approved, after a look", "web needs 2", "", AuditTrail.FIRST, "a".repeat(64));
	private static final AuditEntry SECOND = new AuditEntry(2, NOW, 2, "cloud", "made t1", "plan p1", "i-1", "a".repeat(64), "b".repeat(64));

	@TempDir
	Path directory;

	@Test
	void theNewestIsOnTopAndTheChainSaysHowItIs() {
		AuditReading whole = new AuditReading(List.of(FIRST, SECOND), new AuditCheck(2, 2, 0, ""), "");
		assertEquals(List.of("cloud", "ann"), AuditRow.of(whole, NOW).stream().sorted(AuditRow.NEWEST).map(row -> row.entry().who()).toList());
		assertTrue(AuditRow.of(whole, NOW).getFirst().when().endsWith("(10\u00a0min ago)"));
		assertEquals("The chain is whole: 2 entries, the last with hash bbbbbbbbbbbb….", AuditRow.chain(whole));
		String broken = AuditRow.chain(new AuditReading(List.of(FIRST), new AuditCheck(1, 1, 2, "its hash is wrong"), ""));
		assertTrue(broken.startsWith("The chain is broken at line 2: its hash is wrong."), broken);
	}

	@Test
	void anExportHoldsEveryEntryWithItsHash() throws Exception {
		AuditReading reading = new AuditReading(List.of(FIRST, SECOND), new AuditCheck(2, 2, 0, ""), "");
		reading.export(directory.resolve("trail.csv"));
		List<String> csv = Files.readAllLines(directory.resolve("trail.csv"));
		assertEquals(3, csv.size());
		assertTrue(csv.get(1).contains("\"approved, after a look\"") && csv.get(1).endsWith("a".repeat(64)), csv.get(1));
		reading.export(directory.resolve("trail.jsonl"));
		assertEquals(2, Files.readAllLines(directory.resolve("trail.jsonl")).size());
		reading.export(directory.resolve("trail.jsonl"));
		try (var files = Files.list(directory)) {
			assertEquals(2, files.count(), "nothing else is left there");
		}
	}
}
