// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Promotion;

class ModeHandlerTest {
	@Test
	void theQuestionSaysWhatTheGroupHasEarned() {
		List<Promotion> promotions = List.of(new Promotion("web", true, 1, "14 days with skill 30 %."), new Promotion("db", false, .2, "3 of 14 days."), new Promotion("app", true, 1, "fine"));
		assertEquals("\n\nweb has earned it: 14 days with skill 30 %.\n\ndb has not earned it yet: 3 of 14 days.", ModeHandler.earned(promotions, List.of("web", "db")));
		assertEquals("", ModeHandler.earned(List.of(), List.of("web")));
	}
}
