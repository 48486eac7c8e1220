// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.nio.file.Path;
import java.util.Arrays;

import io.shadowweaver.api.plugin.PluginException;

/**
 * The grid of a file, found by reading its times once.
 *
 * @param first time of the first row in milliseconds, where the grid begins
 * @param last  time of the last slot that has a row
 * @param step  milliseconds between two slots
 */
record CsvShape(long first, long last, long step) {
	private static final int DIFFERENCES = 100_000;
	private static final long STEP_OF_ONE_ROW = 60_000;

	/**
	 * @param step 0 for the median distance of the rows
	 * @throws PluginException when there is no row that can be used
	 */
	static CsvShape of(Path file, long step) throws PluginException {
		long[] differences = new long[1024];
		int count = 0;
		long first = Long.MIN_VALUE;
		long last = Long.MIN_VALUE;
		Problems.Collected problems = new Problems.Collected();
		try (CsvRows rows = new CsvRows(file, problems)) {
			while (rows.next()) {
				if (first == Long.MIN_VALUE) {
					first = rows.time();
				} else if (count < DIFFERENCES) {
					if (count == differences.length) {
						differences = Arrays.copyOf(differences, count * 2);
					}
					differences[count++] = rows.time() - last;
				}
				last = rows.time();
			}
		}
		if (first == Long.MIN_VALUE) {
			throw new PluginException(problems.take().stream().findFirst().orElse(file + ":2: there is no row below the header."));
		}
		Arrays.sort(differences, 0, count);
		long found = step > 0 ? step : count == 0 ? STEP_OF_ONE_ROW : Math.max(1, differences[count / 2]);
		CsvShape shape = new CsvShape(first, last, found);
		return new CsvShape(first, shape.time(shape.slot(last)), found);
	}

	/** The nearest slot. */
	long slot(long time) {
		return Math.floorDiv(time - first + step / 2, step);
	}

	/** The time of a slot. */
	long time(long slot) {
		return first + slot * step;
	}
}
