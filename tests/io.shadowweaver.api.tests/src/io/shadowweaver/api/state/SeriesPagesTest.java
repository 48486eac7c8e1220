// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.SeriesId;

class SeriesPagesTest {
	private static SeriesId id(int number) {
		return new SeriesId("r" + number, "cpu");
	}

	private static SeriesPages filled(SeriesPages base, int count, double value) {
		SeriesPages.Builder builder = base.next();
		for (int i = 0; i < count; i++) {
			builder.value(builder.slot(id(i)), 1000, value);
		}
		return builder.build();
	}

	@Test
	void anOlderStateDoesNotChange() {
		SeriesPages first = filled(SeriesPages.empty(new SeriesIndex()), 3000, 1);
		SeriesPages.Builder builder = first.next();
		builder.value(builder.slot(id(2000)), 2000, 7);
		SeriesPages second = builder.build();
		assertEquals(1, first.value(id(2000)));
		assertEquals(7, second.value(id(2000)));
		assertEquals(2000, second.time(second.slot(id(2000))));
		assertEquals(List.of(1), second.dirtyPages(first), "only the page that was written differs");
		assertEquals(List.of(), second.dirtyPages(second));
	}

	@Test
	void aSeriesThatCameLaterIsNotInAnOlderState() {
		SeriesPages first = filled(SeriesPages.empty(new SeriesIndex()), 10, 1);
		SeriesPages second = filled(first, 11, 1);
		assertEquals(-1, first.slot(id(10)));
		assertTrue(Double.isNaN(first.value(id(10))));
		assertEquals(10, second.slot(id(10)));
		assertTrue(second.forecast(id(10)).isEmpty());
		assertEquals(List.of(0), second.dirtyPages(first));
	}
}
