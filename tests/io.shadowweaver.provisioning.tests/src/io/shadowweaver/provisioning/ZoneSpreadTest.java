// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Price;

class ZoneSpreadTest {
	private final List<Entry> newestFirst = new ArrayList<>();

	private void member(String token, String zone, double price) {
		Instant now = Bed.START;
		CreateRequest request = new CreateRequest(token, token, "web", "o", zone, "", "", "", Map.of(), "", now);
		Intent intent = new Intent(token, "web-1", "web", Action.Kind.CREATE, "cloud", "o", zone, 1, "", "", token, request, "vm", "", Map.of(), now, now, now, now,
				Double.isNaN(price) ? Price.UNKNOWN : Price.of(price, "EUR"), "requests", 0, 80);
		newestFirst.add(Entry.of(intent));
	}

	private List<String> removed(int count, Map<String, Integer> members, int maxSkew) {
		return ZoneSpread.remove(count, newestFirst, members, maxSkew).stream().map(Entry::token).toList();
	}

	@Test
	void theDearestGoFirst() {
		member("cheap", "a", .1);
		member("unpriced", "a", Double.NaN);
		member("dear", "a", .3);
		member("middle", "a", .2);
		assertEquals(List.of("dear", "middle", "cheap", "unpriced"), removed(9, Map.of("a", 6), 1));
	}

	@Test
	void butNotWhereTheirZoneWouldHaveTooFewLeft() {
		member("cheap", "a", .1);
		member("dear-1", "b", .3);
		member("dear-2", "b", .3);
		assertEquals(List.of("cheap", "dear-1"), removed(2, Map.of("a", 4, "b", 3), 1), "b has one less already");
		assertEquals(List.of("dear-1", "cheap"), removed(2, Map.of("a", 4, "b", 3), 2));
		assertEquals(List.of("dear-1", "dear-2"), removed(2, Map.of("a", 4, "b", 3), 3));
	}

	@Test
	void ofEquallyDearOnesTheFullestZoneLosesItsNewest() {
		member("new-b", "b", .1);
		member("new-a", "a", .1);
		member("old-a", "a", .1);
		assertEquals(List.of("new-a", "new-b", "old-a"), removed(3, Map.of("a", 3, "b", 2), 1));
	}

	@Test
	void newOnesFillTheEmptiestZone() {
		assertEquals(Map.of("b", 3, "c", 1), ZoneSpread.spread(4, List.of("a", "b", "c"), Map.of("a", 4, "b", 1, "c", 3)));
	}
}
