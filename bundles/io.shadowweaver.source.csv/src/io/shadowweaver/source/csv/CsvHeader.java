// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginException;

/**
 * The columns of a file that can be used.
 *
 * @param cells   the number of cells of a row, the time included
 * @param series  the series, one for each usable column
 * @param units   in what their values are written
 * @param at      in which cell they are
 * @param metrics what is measured, each once
 */
record CsvHeader(int cells, List<SeriesId> series, List<Unit> units, int[] at, List<Metric> metrics) {
	private static final Pattern COLUMN = Pattern.compile("(.+)/([^/\\[\\]]+?)\\s*(?:\\[([^\\[\\]]*)\\])?");
	/** A column that names no metric, as most public traces have them. */
	private static final Pattern BARE = Pattern.compile("([^/\\[\\]]+?)\\s*(?:\\[([^\\[\\]]*)\\])?");
	private static final String VALUE = "value";
	private static final Set<String> TIMES = Set.of("time", "timestamp", "date", "datetime", "period");

	/**
	 * Reads the first line.
	 *
	 * @param names    its cells
	 * @param where    file and line
	 * @param problems takes what is wrong with single columns
	 * @throws PluginException when the first cell is not the time, or no column can be used
	 */
	static CsvHeader parse(List<String> names, String where, Problems problems) throws PluginException {
		String first = names.isEmpty() ? "" : names.getFirst().strip();
		if (!TIMES.contains(first.toLowerCase(Locale.ROOT))) {
			throw new PluginException(where + ": the first column must be 'time', it is '" + first + "'.");
		}
		List<SeriesId> series = new ArrayList<>();
		List<Unit> units = new ArrayList<>();
		List<Integer> at = new ArrayList<>();
		Map<String, Metric> metrics = new LinkedHashMap<>();
		Set<SeriesId> known = new HashSet<>();
		String refused = "";
		for (int cell = 1; cell < names.size(); cell++) {
			String name = names.get(cell).strip();
			String reason = "";
			Matcher matcher = COLUMN.matcher(name);
			Matcher bare = BARE.matcher(name);
			if (!matcher.matches() && !bare.matches()) {
				reason = "is not <resource>/<metric>[unit]";
			} else {
				boolean full = matcher.matches();
				String subject = (full ? matcher : bare).group(1).strip();
				String id = full ? matcher.group(2).strip() : VALUE;
				String unitText = full ? matcher.group(3) : bare.group(2);
				reason = wrong(subject, id, unitText, metrics);
				if (reason.isEmpty() && !known.add(new SeriesId(subject, id))) {
					reason = "is there twice";
				}
				if (reason.isEmpty()) {
					Unit unit = unit(id, unitText).orElseThrow();
					metrics.putIfAbsent(id, Metric.of(id, unit));
					series.add(new SeriesId(subject, id));
					units.add(unit);
					at.add(cell);
				}
			}
			if (!reason.isEmpty()) {
				String sentence = where + ": column " + (cell + 1) + " '" + name + "' " + reason + "; it is left out.";
				refused = refused.isEmpty() ? sentence : refused;
				problems.add(sentence);
			}
		}
		if (series.isEmpty()) {
			throw new PluginException(refused.isEmpty() ? where + ": there is no column besides the time." : refused + " No other can be used.");
		}
		return new CsvHeader(names.size(), List.copyOf(series), List.copyOf(units), at.stream().mapToInt(Integer::intValue).toArray(),
				List.copyOf(metrics.values()));
	}

	private static String wrong(String subject, String id, String unitText, Map<String, Metric> metrics) {
		if (subject.isEmpty() || subject.startsWith(SeriesId.GROUP_PREFIX)) {
			return "names no resource";
		}
		if (!id.matches("[a-z][a-z0-9_.-]*")) {
			return "has the metric '" + id + "', which must be lower case letters, digits, dot, hyphen or underscore";
		}
		Optional<Unit> unit = unit(id, unitText);
		if (unit.isEmpty()) {
			return "has the unknown unit '" + unitText + "'";
		}
		Metric metric = metrics.getOrDefault(id, Metric.of(id, unit.get()));
		if (metric.unit().dimension() != unit.get().dimension()) {
			return "has the unit " + unitText + ", which does not fit " + id + " (" + dimension(metric.unit()) + ")";
		}
		return "";
	}

	private static String dimension(Unit base) {
		return base == Unit.RATIO ? "a ratio or %" : "in " + base.symbol();
	}

	/** The stated unit; without one the base unit of a standard metric, or a plain number. */
	private static Optional<Unit> unit(String metric, String text) {
		return text == null || text.isBlank() ? Optional.of(Metric.of(metric, Unit.COUNT).unit()) : Unit.parse(text);
	}
}
