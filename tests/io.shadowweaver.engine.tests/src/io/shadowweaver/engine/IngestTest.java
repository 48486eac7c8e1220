// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

class IngestTest {
	private static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");
	private static final SeriesId A = new SeriesId("a", "cpu");
	private static final SeriesId B = new SeriesId("b", "cpu");
	private final Ingest ingest = new Ingest(Duration.ofSeconds(60));

	private void accept(Instant time, double... values) {
		ingest.accept(Batch.ofTicks(List.of(new Tick(time, List.of(A, B).subList(0, values.length), values))), time);
	}

	@Test
	void samplesOfOneCellAreAveraged() {
		accept(T0.plusSeconds(15), .2, .5);
		accept(T0.plusSeconds(30), .4);
		assertTrue(ingest.take(T0.plusSeconds(59)).isEmpty());
		Tick row = ingest.take(T0.plusSeconds(60)).getFirst();
		assertEquals(T0.plusSeconds(60), row.time());
		assertArrayEquals(new double[] { .3, .5 }, row.values(), 1e-12);
	}

	@Test
	void nonsenseIsCountedAndLeftOut() {
		accept(T0, .2, Double.POSITIVE_INFINITY);
		assertEquals(List.of(A), ingest.take(T0).getFirst().series());
		accept(T0, .3);
		ingest.accept(Batch.ofTicks(List.of(new Tick(T0.plusSeconds(3600), List.of(A), new double[] { .5 }))), T0);
		assertTrue(ingest.take(T0.plusSeconds(7200)).isEmpty());
		assertTrue(ingest.refusals().startsWith("3 samples refused"), ingest.refusals());
	}

	@Test
	void theSameSeriesGiveTheSameList() {
		accept(T0, .2, .3);
		accept(T0.plusSeconds(60), .2, .3);
		List<Tick> rows = ingest.take(T0.plusSeconds(60));
		assertSame(rows.get(0).series(), rows.get(1).series());
	}

	@Test
	void blocksComeOntoTheGrid() {
		Series fine = Series.of(T0.plusSeconds(15), Duration.ofSeconds(30), 1, 3, 5, Double.NaN, 9);
		List<Block> blocks = ingest.blocks(new Batch(List.of(), List.of(new Block(A, fine)), List.of(), List.of(), List.of(), List.of()));
		Series grid = blocks.getFirst().series();
		assertEquals(T0.plusSeconds(60), grid.start());
		assertArrayEquals(new double[] { 2, 5, 9 }, grid.values(), 1e-12);
		assertEquals(1, ingest.takeBackfilled().size());
		assertTrue(ingest.takeBackfilled().isEmpty());
	}
}
