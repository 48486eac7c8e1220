// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;

/**
 * A whole file in memory: for commands that work on a file at once.
 *
 * @param step    the distance of two samples
 * @param metrics what is measured, each once
 * @param blocks  a block for each column, all on one grid, in the order of the columns; gaps where a cell was empty
 */
public record CsvTrace(Duration step, List<Metric> metrics, List<Block> blocks) {
	/** Copies the lists. */
	public CsvTrace {
		metrics = List.copyOf(metrics);
		blocks = List.copyOf(blocks);
	}

	/**
	 * Reads a file of which everything must be right.
	 *
	 * @param file plain or packed by gzip
	 * @return the trace
	 * @throws PluginException {@code file:line: reason} of the first thing that is wrong
	 */
	public static CsvTrace read(Path file) throws PluginException {
		return read(file, Duration.ZERO, Problems.STRICT);
	}

	/**
	 * Reads a file of which everything must be right, on a given grid.
	 *
	 * @param step the distance of two samples; zero for the median distance of the rows
	 * @throws PluginException {@code file:line: reason} of the first thing that is wrong
	 */
	public static CsvTrace read(Path file, Duration step) throws PluginException {
		return read(file, step, Problems.STRICT);
	}

	/**
	 * Reads what is right of a file.
	 *
	 * @param step     the distance of two samples; zero for the median distance of the rows
	 * @param problems takes {@code file:line: reason} of what is left out
	 * @throws PluginException when the file cannot be read, or has no usable header or row
	 */
	public static CsvTrace readLenient(Path file, Duration step, Consumer<String> problems) throws PluginException {
		return read(file, step, problems::accept);
	}

	private static CsvTrace read(Path file, Duration step, Problems problems) throws PluginException {
		CsvShape shape = CsvShape.of(file, step.toMillis());
		try (CsvRows rows = new CsvRows(file, problems)) {
			CsvHeader header = rows.header();
			double[][] columns = new double[header.series().size()][0];
			int length = 0;
			while (rows.next()) {
				int slot = slot(shape, rows.time(), columns.length, file);
				for (int i = 0; i < columns.length; i++) {
					if (slot >= columns[i].length) {
						int old = columns[i].length;
						columns[i] = Arrays.copyOf(columns[i], Math.max(slot + 1, old * 2));
						Arrays.fill(columns[i], old, columns[i].length, Double.NaN);
					}
					columns[i][slot] = Double.isNaN(rows.values()[i]) ? columns[i][slot] : rows.values()[i];
				}
				length = slot + 1;
			}
			List<Block> blocks = new ArrayList<>();
			for (int i = 0; i < columns.length; i++) {
				SeriesId id = header.series().get(i);
				blocks.add(new Block(id, new Series(Instant.ofEpochMilli(shape.first()), Duration.ofMillis(shape.step()),
						Arrays.copyOf(columns[i], length), "")));
			}
			return new CsvTrace(Duration.ofMillis(shape.step()), header.metrics(), blocks);
		}
	}

	/** A row years behind the others must not take all memory. */
	private static int slot(CsvShape shape, long time, int columns, Path file) throws PluginException {
		long slot = shape.slot(time);
		if ((slot + 1) * columns > Integer.MAX_VALUE / 4) {
			throw new PluginException(file + ": from " + Instant.ofEpochMilli(shape.first()) + " to " + Instant.ofEpochMilli(time) + " at a step of "
					+ Duration.ofMillis(shape.step()) + " are too many samples for the memory.");
		}
		return (int) slot;
	}
}
