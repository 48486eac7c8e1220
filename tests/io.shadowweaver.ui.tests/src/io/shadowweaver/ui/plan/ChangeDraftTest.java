// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.When;

class ChangeDraftTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final WeaverState STATE = WeaverState.initial("t", "T", NOW, Duration.ofMinutes(1));
	private static final List<Change> ALL = List.of(new Change.Traffic("group:web", 2.5, 10., When.in(Duration.ofHours(2)), Change.Shape.SPIKE, Duration.ofHours(14)),
			new Change.Traffic("estate", 1., 5., null, null, null), new Change.Growth("estate", -.1), new Change.Add("web", 3, Map.of("cpu", 4.), Optional.of("b"), Optional.of(.25), When.in(Duration.ofMinutes(90))),
			new Change.Remove("web-1", new When(Optional.of(NOW.plusSeconds(3600)), Duration.ZERO)), new Change.Resize("db-1", Map.of("cpu", 16., "memory", 34359738368.)),
			new Change.Scale("app", 1.5), new Change.InstanceType("app", Map.of("cpu", 8.), Optional.empty()),
			new Change.Loss("zone", "a", When.in(Duration.ofDays(1)), Optional.of(When.in(Duration.ofHours(30)))), new Change.PriceOf("provider", "cloud", 1.1),
			new Change.PriceOf("", "", 2.), new Change.LatencyTarget("web", .2));

	@Test
	void whatIsFilledInFromAChangeComesToThatChange() {
		for (Change change : ALL) {
			assertEquals(change, ChangeDraft.of(change).change());
		}
	}

	@Test
	void eachKindIsToldInOneLine() {
		assertEquals(List.of("2.5 × the traffic of web and 10 requests a second, in 2 h, for 14 h", "5 more requests a second to the whole estate", "Traffic of the whole estate shrinks by 10 % a month",
				"3 more in web with cpu 4, in b, at 0.25 an hour, in 1 h 30 min"), ALL.stream().filter(change -> ChangeKind.of(change).ordinal() < 3).map(change -> ChangeText.of(change, STATE).replace('\u00a0', ' ')).toList());
		ALL.forEach(change -> assertTrue(!ChangeText.of(change, STATE).isBlank(), change.toString()));
	}

	@Test
	void aNewChangeIsTwiceTheTraffic() {
		assertEquals(Change.Traffic.of("group:web", 2), ChangeDraft.of(ChangeKind.TRAFFIC, "group:web").change());
	}

	@Test
	void whatIsWrongIsNamedWithItsField() {
		assertSaid("Times must be", ChangeKind.TRAFFIC, ChangeDraft.FACTOR.key(), "-1");
		assertSaid("Times must be", ChangeKind.TRAFFIC, ChangeDraft.FACTOR.key(), "1e9");
		assertSaid("a spike needs a positive span", ChangeKind.TRAFFIC, ChangeDraft.SHAPE, "SPIKE");
		assertSaid("'tomorrow' is no moment", ChangeKind.REMOVE, ChangeDraft.FROM, "tomorrow");
		assertSaid("Capacity: '8 cores' is not of the form metric=number.", ChangeKind.RESIZE, ChangeDraft.CAPACITY, "8 cores");
		assertSaid("How many must be", ChangeKind.ADD, ChangeDraft.COUNT.key(), "0");
		assertSaid("Group: choose one.", ChangeKind.SCALE, ChangeDraft.ON, " ");
		assertSaid("Value: choose one.", ChangeKind.LOSS, ChangeDraft.VALUE, "");
	}

	private static void assertSaid(String part, ChangeKind kind, String key, String value) {
		Map<String, String> fields = new HashMap<>(ChangeDraft.of(kind, "x").fields());
		fields.put(key, value);
		ChangeDraft draft = new ChangeDraft(kind, fields);
		String message = assertThrows(IllegalArgumentException.class, draft::change).getMessage();
		assertTrue(message.contains(part), message);
	}
}
