// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MatcherTest {
	@Test
	void patternsMatchTheWholeValue() {
		assertTrue(new Matcher("a", "=~", "web-.").matches("web-1"));
		assertFalse(new Matcher("a", "=~", "web-.").matches("web-12"));
		assertTrue(new Matcher("a", "!~", "web-.").matches("web-12"));
	}

	@Test
	void aPatternThatWouldTakeForEverIsGivenUp() {
		Matcher matcher = new Matcher("a", "=~", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)z");
		assertEquals(422, assertThrows(PromException.class, () -> matcher.matches("x".repeat(60))).status());
	}
}
