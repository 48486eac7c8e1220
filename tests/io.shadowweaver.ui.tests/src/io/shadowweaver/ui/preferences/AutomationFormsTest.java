// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.provisioning.FreezeWindow;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.provisioning.GroupLimits;
import io.shadowweaver.provisioning.GuardExamples;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.cost.CostSettings;
import io.shadowweaver.ui.act.Quantity;

class AutomationFormsTest {
	private static final ProvisioningSettings STANDARD = ProvisioningSettings.defaults();

	private static String problem(String key, String text) {
		Map<String, String> texts = new HashMap<>(GuardForm.texts(STANDARD));
		texts.put(key, text);
		return assertThrows(IllegalArgumentException.class, () -> GuardForm.read(STANDARD, texts::get, ""), key + " " + text).getMessage();
	}

	@Test
	void theDefaultsGoThroughTheFormUnchanged() {
		assertEquals(STANDARD, GuardForm.read(STANDARD, GuardForm.texts(STANDARD)::get, ""));
		assertEquals(CostSettings.DEFAULT, BudgetForm.read(CostSettings.DEFAULT, BudgetForm.texts(CostSettings.DEFAULT)::get));
		assertEquals(STANDARD, AutomationForm.read(STANDARD, AutomationForm.texts(STANDARD)::get));
		assertEquals(GroupLimits.NONE, GuardForm.read(GuardForm.texts(GroupLimits.NONE)::get, ""));
	}

	@Test
	void everyFieldIsReadAndRefusesWhatIsOutsideItsRange() {
		for (Quantity field : GuardForm.ESTATE) {
			Map<String, String> texts = new HashMap<>(GuardForm.texts(STANDARD));
			texts.put(field.key(), field.text(field.least()));
			assertTrue(!STANDARD.equals(GuardForm.read(STANDARD, texts::get, "")), field.key() + " is not read");
			String problem = problem(field.key(), field.kind() == Quantity.Kind.SPAN ? "9999d" : "-1000");
			assertTrue(problem.startsWith(field.label() + " must be ") && problem.contains("from " + field.text(field.least())), problem);
		}
		assertEquals("Cooldown must be a span (90s, 5m, 2h, 14d) from 0s to 1d, not '25h'.", problem("cooldown", "25h"));
		assertEquals("Stale inputs must be a share in per cent from 0 to 100, not '101'.", problem("stale", "101"));
	}

	@Test
	void everyFieldOfPlanningIsReadAndRefusesWhatIsOutsideItsRange() {
		for (Quantity field : AutomationForm.all().toList()) {
			Map<String, String> texts = new HashMap<>(AutomationForm.texts(STANDARD));
			texts.put(field.key(), field.text(field.least()));
			ProvisioningSettings read = AutomationForm.read(STANDARD, texts::get);
			assertTrue(!STANDARD.equals(read) || field.standard().orElseThrow() == field.least(), field.key() + " is not read");
			texts.put(field.key(), field.kind() == Quantity.Kind.SPAN ? "9999d" : "-1000");
			assertThrows(IllegalArgumentException.class, () -> AutomationForm.read(STANDARD, texts::get), field.key());
		}
	}

	@Test
	void everyGuardIsThereInItsOrderWithWhatItSays() {
		List<String> asked = GuardExamples.of(STANDARD, Instant.EPOCH).stream().map(GuardOutcome::guard).distinct().toList();
		assertEquals(asked, GuardForm.SECTIONS.stream().map(GuardForm.Section::guard).filter(guard -> !guard.equals("persons")).toList());
		assertEquals("Refuses with: Too much.\nRefuses nothing: There is none.", GuardForm.says(List.of(new GuardOutcome("cap", false, "Too much."), new GuardOutcome("cap", true, "There is none.")), Instant.EPOCH));
	}

	@Test
	void aGroupHasItsOwnOrThoseOfAll() {
		Map<String, String> texts = new HashMap<>(GuardForm.texts(GroupLimits.NONE));
		texts.put("cooldown", "10m");
		texts.put("second", "2.5");
		GroupLimits own = GuardForm.read(texts::get, "");
		assertEquals(Optional.of(Duration.ofMinutes(10)), own.cooldown());
		assertEquals(Optional.of(2.5), own.secondPersonAbove());
		assertEquals(Optional.empty(), own.blastCount());
		assertEquals(own, GuardForm.read(GuardForm.texts(own)::get, ""));
	}

	@Test
	void aBudgetNeedsACurrencyThatThereIs() {
		Map<String, String> texts = new HashMap<>(BudgetForm.texts(CostSettings.DEFAULT));
		texts.put("day", "40");
		assertEquals("Currency must be given where a cap or the cost of a breach is.",
				assertThrows(IllegalArgumentException.class, () -> BudgetForm.read(CostSettings.DEFAULT, texts::get)).getMessage());
		texts.put("currency", "euro");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> BudgetForm.read(CostSettings.DEFAULT, texts::get)).getMessage().startsWith("Currency must be a code of ISO 4217"));
		texts.put("currency", "eur");
		texts.put("prices", " /srv/prices.csv ");
		CostSettings cost = BudgetForm.read(CostSettings.DEFAULT, texts::get);
		assertEquals("EUR", cost.currency());
		assertEquals(Optional.of(40.), cost.dayCap());
		assertEquals(Optional.of("/srv/prices.csv"), cost.priceList());
		assertEquals(cost, BudgetForm.read(cost, BudgetForm.texts(cost)::get));
		texts.put("hour", "-1");
		assertEquals("Cap of an hour must be a number from 0, not '-1'.", assertThrows(IllegalArgumentException.class, () -> BudgetForm.read(CostSettings.DEFAULT, texts::get)).getMessage());
	}

	@Test
	void freezeWindowsAreLines() {
		FreezeWindow once = new FreezeWindow(Instant.parse("2026-12-24T00:00:00Z"), Instant.parse("2026-12-27T00:00:00Z"), "Christmas");
		FreezeWindow.Weekly nights = new FreezeWindow.Weekly(Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"));
		FreezeWindow weekly = new FreezeWindow(nights, "no changes at night");
		FreezeWindow both = new FreezeWindow(Optional.empty(), Optional.of(Instant.parse("2027-01-01T00:00:00Z")), Optional.of(nights), "this year");
		String text = FreezeText.text(List.of(once, weekly, both));
		assertEquals("""
				2026-12-24T00:00:00Z/2026-12-27T00:00:00Z Christmas
				FRI,SAT 22:00-06:00 Europe/Berlin no changes at night
				FRI,SAT 22:00-06:00 Europe/Berlin /2027-01-01T00:00:00Z this year""", text);
		assertEquals(List.of(once, weekly, both), FreezeText.read("\n" + text + "\n  \n"));
		for (String wrong : List.of("tomorrow", "FRI 22:00 Europe/Berlin", "FRY 22:00-06:00 Europe/Berlin", "FRI 25:00-06:00 UTC", "FRI 22:00-06:00 Nowhere", "2026-12-24/2026-12-27 x",
				"2026-12-27T00:00:00Z/2026-12-24T00:00:00Z x")) {
			String problem = assertThrows(IllegalArgumentException.class, () -> FreezeText.read(wrong), wrong).getMessage();
			assertTrue(problem.startsWith("Freeze window '" + wrong + "': "), problem);
		}
	}
}
