// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.search.QueryException;

class SearchFilterTest {
	private static final WeaverState STATE = WeaverState.initial("t", "T", FeedEstate.START, Duration.ofMinutes(1));
	private static Display display;
	private static boolean own;
	private final List<Map<String, String>> kept = new ArrayList<>();
	private final SearchFilter filter = new SearchFilter(Map.of("old", "kind:vm"), kept::add);
	private int changes;

	@BeforeAll
	static void open() {
		own = Display.getCurrent() == null;
		display = own ? new Display() : Display.getCurrent();
	}

	@AfterAll
	static void close() {
		if (own) {
			display.dispose();
		}
	}

	@Test
	void whatCannotBeUnderstoodChangesNothing() throws Exception {
		filter.listen(() -> changes++);
		filter.look("kind:vm", STATE);
		filter.look("kind:vm", STATE);
		assertEquals(1, changes);
		assertThrows(QueryException.class, () -> filter.look("kind:", STATE));
		assertThrows(QueryException.class, () -> filter.look("nope>1", STATE));
		assertEquals("kind:vm", filter.query().text());
		filter.clear();
		assertTrue(filter.query().isAll());
		assertEquals(2, changes);
	}

	@Test
	void itIsComputedOnceForAState() throws Exception {
		assertEquals(Optional.empty(), filter.matching(STATE, CursorPosition.START));
		filter.look("kind:vm", STATE);
		Set<String> first = filter.matching(STATE, CursorPosition.START).orElseThrow();
		assertSame(first, filter.matching(STATE, CursorPosition.START).orElseThrow());
	}

	@Test
	void filtersAreKeptUnderTheirNames() {
		filter.save("hot", "cpu>80%");
		assertEquals(Map.of("old", "kind:vm", "hot", "cpu>80%"), kept.getLast());
		filter.save("old", "");
		assertEquals(Map.of("hot", "cpu>80%"), filter.saved());
		assertEquals(filter.saved(), kept.getLast());
	}
}
