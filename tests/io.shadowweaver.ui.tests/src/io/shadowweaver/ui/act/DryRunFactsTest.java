// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.properties.Fact;

class DryRunFactsTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final Names NAMES = Names.of(WeaverState.initial("e", "E", NOW, Duration.ofMinutes(1)), List.of(new AccountInfo("cloud", "simulated", "The cloud", Map.of(), List.of())));

	private static DryRun run(String trouble, DryRun.Step... steps) {
		return new DryRun("p1", NOW, List.of(steps), List.of(new GuardOutcome("kill switch", true, "is off"), new GuardOutcome("budget", false, "the day is spent")), "2 × 0.05 EUR = 0.10 EUR/h",
				List.of("cloud: 7 of m1 left, 5 afterwards"), List.of("delete the second", "delete the first"), trouble);
	}

	@Test
	void everyCallGuardQuotaAndTheWayBackAreTold() {
		DryRun run = run("Refused by budget: the day is spent", new DryRun.Step("t1", "cloud", List.of("POST /servers {…}", "GET /servers/1"), ""),
				new DryRun.Step("t2", "cloud", List.of(), "no image"));
		List<String> lines = DryRunFacts.of(run, NAMES).stream().map(fact -> fact.category() + " | " + fact.name() + " | " + fact.value()).toList();
		for (String expected : List.of("Guards | kill switch | passes: is off", "Guards | budget | refuses: the day is spent", "Cost | Arithmetic | 2 × 0.05 EUR = 0.10 EUR/h",
				"Quota | Before and after | cloud: 7 of m1 left, 5 afterwards", "Step 1 of 2, at The cloud | Call 1 | POST /servers {…}", "Step 1 of 2, at The cloud | Call 2 | GET /servers/1",
				"Step 2 of 2, at The cloud | Trouble | no image", "Roll-back, in this order | 1 | delete the second")) {
			assertTrue(lines.contains(expected), expected + " is missing in " + lines);
		}
		assertEquals("Result", DryRunFacts.of(run, NAMES).getFirst().category());
		assertEquals(List.of("Result", "Result"), DryRunFacts.of(run, NAMES).stream().map(Fact::category).limit(2).toList());
	}

	@Test
	void theVerdictSaysWhatWouldHappen() {
		DryRun.Step fine = new DryRun.Step("t1", "cloud", List.of("POST"), "");
		assertEquals("It would be carried out: 1 step, and every guard passes.", DryRunFacts.verdict(run("", fine)));
		assertEquals("It would not be carried out: Refused by budget", DryRunFacts.verdict(run("Refused by budget", fine)));
		assertEquals("1 of 2 steps would fail.", DryRunFacts.verdict(run("", fine, new DryRun.Step("t2", "cloud", List.of(), "no image"))));
	}
}
