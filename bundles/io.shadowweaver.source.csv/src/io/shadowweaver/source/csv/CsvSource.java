// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * Replays a file. Its time is the file's own: the engine runs the clock from {@link SourceInfo#start()} on, and a poll
 * delivers the rows up to it. The file is streamed, at most a batch of it is in memory.
 */
final class CsvSource implements MetricSource {
	private static final int SAMPLES_A_BATCH = 200_000;

	private final Path file;
	private final Duration wantedStep;
	private final Warmup warmup;
	private final Grouping grouping;
	private final String kind;
	private final double cores;
	private final Totals totals;
	private CsvShape shape;
	private boolean described;
	private boolean backfilled;
	/** The rows that are polled, at the first that was not delivered; {@code null} before the first poll. */
	private CsvRows live;
	private boolean pending;
	private final Problems.Collected problems = new Problems.Collected();

	CsvSource(Path file, Duration wantedStep, Warmup warmup, Grouping grouping, String kind, double cores, Totals totals) {
		this.file = file;
		this.wantedStep = wantedStep;
		this.warmup = warmup;
		this.grouping = grouping;
		this.kind = kind;
		this.cores = cores;
		this.totals = totals;
	}

	private CsvShape shape() throws PluginException {
		if (shape == null) {
			shape = CsvShape.of(file, wantedStep.toMillis());
		}
		return shape;
	}

	@Override
	public SourceInfo info() throws PluginException {
		return new SourceInfo(Duration.ofMillis(shape().step()), Optional.of(Instant.ofEpochMilli(shape().first())),
				Optional.of(Instant.ofEpochMilli(shape().last())), Optional.of(Instant.ofEpochMilli(warmup.start(shape()))));
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) throws PluginException {
		CsvShape grid = shape();
		long first = Math.max(0, grid.slot(from.toEpochMilli()));
		long end = grid.slot(to.toEpochMilli());
		backfilled = true;
		try (CsvRows rows = new CsvRows(file, problems)) {
			int columns = rows.header().series().size();
			int most = Math.max(1, SAMPLES_A_BATCH / columns);
			double[][] values = new double[columns][most];
			long begin = Long.MIN_VALUE;
			int length = 0;
			while (rows.next() && !progress.isCancelled()) {
				long slot = grid.slot(rows.time());
				if (slot < first) {
					continue;
				}
				if (slot >= end) {
					break;
				}
				// A long gap in the file ends a batch too: it would be a batch of gaps.
				if (length > 0 && slot - begin >= most) {
					deliver(rows.header(), begin, length, values, sink);
					progress.report(share(slot, first, end), "Reading " + file.getFileName());
					length = 0;
				}
				if (length == 0) {
					begin = slot;
					for (double[] column : values) {
						Arrays.fill(column, Double.NaN);
					}
				}
				int at = (int) (slot - begin);
				for (int i = 0; i < columns; i++) {
					values[i][at] = Double.isNaN(rows.values()[i]) ? values[i][at] : rows.values()[i];
				}
				length = at + 1;
			}
			if (length > 0) {
				deliver(rows.header(), begin, length, values, sink);
			}
			List<String> rest = problems.take();
			if (!rest.isEmpty()) {
				sink.accept(new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), rest));
			}
		}
	}

	private static double share(long slot, long first, long end) {
		return Math.clamp((double) (slot - first) / Math.max(1, end - first), 0, 1);
	}

	private void deliver(CsvHeader header, long begin, int length, double[][] values, BatchSink sink) {
		List<Block> blocks = new ArrayList<>();
		for (int i = 0; i < values.length; i++) {
			double[] column = Arrays.copyOf(values[i], length);
			if (!Arrays.stream(column).allMatch(Double::isNaN)) {
				blocks.add(new Block(header.series().get(i), new Series(Instant.ofEpochMilli(shape.time(begin)), Duration.ofMillis(shape.step()), column, "")));
			}
		}
		sink.accept(new Batch(metrics(header), blocks, List.of(), topology(header), List.of(), problems.take(), totals.of(header)));
		described = true;
	}

	private List<Metric> metrics(CsvHeader header) {
		return described ? List.of() : totals.metrics(header);
	}

	private List<TopologyChange> topology(CsvHeader header) {
		return described ? List.of() : grouping.changes(header, kind, cores);
	}

	@Override
	public Batch poll(Instant now) throws PluginException {
		CsvShape grid = shape();
		if (live == null) {
			// What a back-fill read was told by it; without one nothing was told yet.
			live = new CsvRows(file, backfilled ? Problems.IGNORED : problems);
			long start = warmup.start(grid);
			do {
				pending = live.next();
			} while (pending && grid.time(grid.slot(live.time())) < start);
			live.tell(problems);
		}
		List<Tick> ticks = new ArrayList<>();
		int samples = 0;
		while (pending && samples < SAMPLES_A_BATCH && grid.time(grid.slot(live.time())) <= now.toEpochMilli()) {
			long slot = grid.slot(live.time());
			double[] values = live.values();
			pending = live.next();
			while (pending && grid.slot(live.time()) == slot) {
				for (int i = 0; i < values.length; i++) {
					values[i] = Double.isNaN(live.values()[i]) ? values[i] : live.values()[i];
				}
				pending = live.next();
			}
			ticks.add(new Tick(Instant.ofEpochMilli(grid.time(slot)), live.header().series(), values));
			samples += values.length;
		}
		List<String> told = problems.take();
		Batch batch = ticks.isEmpty() && told.isEmpty() && described ? Batch.EMPTY
				: new Batch(metrics(live.header()), List.of(), ticks, topology(live.header()), List.of(), told, totals.of(live.header()));
		described = true;
		return batch;
	}

	@Override
	public void close() {
		if (live != null) {
			live.close();
			live = null;
			pending = false;
		}
	}
}
