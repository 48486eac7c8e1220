// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class NaturalOrderTest {
	@Test
	void numbersInNamesCountAsNumbers() {
		List<String> ordered = List.of("", "7", "web", "web-", "web-2", "web-02", "web-10", "web-10-3", "web-10-20", "web-99999999999999999999",
				"web-100000000000000000000", "web-a", "web2");
		List<String> shuffled = new ArrayList<>(ordered);
		Collections.shuffle(shuffled, new Random(1));
		shuffled.sort(NaturalOrder.INSTANCE);
		assertEquals(ordered.stream().sorted(NaturalOrder.INSTANCE).toList(), shuffled);
		assertTrue(before("web-2", "web-10") && before("web-10-3", "web-10-20") && before("web-99999999999999999999", "web-100000000000000000000"));
		assertTrue(before("n-٢", "n-10"), "digits of any script");
	}

	private static boolean before(String one, String other) {
		return NaturalOrder.INSTANCE.compare(one, other) < 0 && NaturalOrder.INSTANCE.compare(other, one) > 0;
	}

	@Test
	void itIsTotalAndEqualOnlyForEqualNames() {
		Random random = new Random(2);
		List<String> names = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			StringBuilder name = new StringBuilder();
			for (int length = random.nextInt(6); length > 0; length--) {
				name.append("001a-9".charAt(random.nextInt(6)));
			}
			names.add(name.toString());
		}
		for (String a : names) {
			for (String b : names) {
				int order = Integer.signum(NaturalOrder.INSTANCE.compare(a, b));
				assertEquals(-order, Integer.signum(NaturalOrder.INSTANCE.compare(b, a)), a + " and " + b);
				assertEquals(a.equals(b), order == 0, a + " and " + b);
				for (String c : names) {
					assertTrue(order > 0 || NaturalOrder.INSTANCE.compare(b, c) > 0 || NaturalOrder.INSTANCE.compare(a, c) <= 0, () -> a + ", " + b + ", " + c);
				}
			}
		}
	}
}
