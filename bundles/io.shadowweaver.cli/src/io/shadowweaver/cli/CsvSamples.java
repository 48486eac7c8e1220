// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.shadowweaver.api.plugin.PluginException;

/**
 * The samples of a CSV file one after the other, as they stand there: no grid, no means, no units. The first column is the time
 * (ISO 8601, with a blank instead of the T where wanted, UTC where it names no offset; or seconds or milliseconds of the epoch),
 * each other one a series. What cannot be read is told and left out.
 */
final class CsvSamples {
	private static final Set<String> TIMES = Set.of("time", "timestamp", "date", "datetime", "period");
	private static final Pattern UNIT = Pattern.compile("\\s*\\[[^\\[\\]]*]$");
	/** Numbers of the epoch from here on are milliseconds: as seconds it would be the year 5138. */
	private static final long MILLISECONDS = 100_000_000_000L;

	/** Takes what is in the file. */
	interface Sink {
		/**
		 * A sample.
		 *
		 * @param time   as in the file
		 * @param column the number of the series
		 * @param text   the value as it is written
		 * @param value  finite
		 */
		void sample(Instant time, int column, String text, double value);

		/** A sentence about a row. */
		void problem(String sentence);
	}

	private final Path file;
	private final List<String> series = new ArrayList<>();

	private CsvSamples(Path file) {
		this.file = file;
	}

	/**
	 * Reads a whole file.
	 *
	 * @param file  the file
	 * @param start takes the names of the series, once, before the first sample; answers who takes the samples
	 * @throws PluginException when it cannot be read or has no usable header
	 */
	static void read(Path file, Function<List<String>, Sink> start) throws PluginException {
		if (!Files.isReadable(file) || Files.isDirectory(file)) {
			throw new PluginException(file + ": cannot be read.");
		}
		CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();
		try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
			Iterator<CSVRecord> rows = parser.iterator();
			if (!rows.hasNext()) {
				throw new PluginException(file + ": is empty.");
			}
			CsvSamples samples = new CsvSamples(file);
			samples.header(rows.next());
			Sink sink = start.apply(List.copyOf(samples.series));
			Instant last = Instant.MIN;
			while (rows.hasNext()) {
				CSVRecord row = rows.next();
				last = samples.row(row, parser.getCurrentLineNumber(), last, sink);
			}
		} catch (IOException | UncheckedIOException e) {
			throw new PluginException(file + ": cannot be read: " + e.getMessage(), e);
		}
	}

	private void header(CSVRecord names) throws PluginException {
		String first = names.get(0).replace("\uFEFF", "").strip();
		if (!TIMES.contains(first.toLowerCase(Locale.ROOT))) {
			throw new PluginException(file + ":1: the first column must be called time or timestamp, not '" + first + "'.");
		}
		if (names.size() < 2) {
			throw new PluginException(file + ":1: there is no column beside the time.");
		}
		Set<String> known = new HashSet<>();
		for (int i = 1; i < names.size(); i++) {
			String name = UNIT.matcher(names.get(i)).replaceFirst("");
			if (name.isBlank() || !known.add(name)) {
				throw new PluginException(file + ":1: column " + (i + 1) + " has " + (name.isBlank() ? "no name." : "the name of another, '" + name + "'."));
			}
			series.add(name);
		}
	}

	private Instant row(CSVRecord row, long line, Instant last, Sink sink) {
		String where = file + ":" + line + ": ";
		Instant time;
		try {
			time = time(row.get(0));
		} catch (DateTimeException | NumberFormatException e) {
			sink.problem(where + "'" + row.get(0) + "' is no time; the row is left out.");
			return last;
		}
		if (time.equals(last)) {
			sink.problem(where + time + " is there twice; both are scored.");
		} else if (time.isBefore(last)) {
			sink.problem(where + time + " is before " + last + "; it is scored as if it were at that time.");
		}
		if (row.size() != series.size() + 1) {
			sink.problem(where + "the row has " + row.size() + " cells, the header has " + (series.size() + 1) + "; what is there is scored.");
		}
		for (int i = 0; i < Math.min(series.size(), row.size() - 1); i++) {
			cell(time, i, row.get(i + 1), where, sink);
		}
		return time.isBefore(last) ? last : time;
	}

	private void cell(Instant time, int column, String text, String where, Sink sink) {
		if (text.isEmpty()) {
			sink.problem(where + series.get(column) + " is empty; it is a gap.");
			return;
		}
		double value;
		try {
			value = Double.parseDouble(text);
		} catch (NumberFormatException e) {
			value = Double.NaN;
		}
		if (Double.isFinite(value)) {
			sink.sample(time, column, text, value);
		} else {
			sink.problem(where + "'" + text + "' of " + series.get(column) + " is not a finite number; it is a gap.");
		}
	}

	private static Instant time(String text) {
		if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
			long number = Long.parseLong(text);
			return number >= MILLISECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
		}
		String iso = text.replace(' ', 'T');
		if (iso.length() == "2026-03-02".length()) {
			iso += "T00:00";
		}
		boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
		return offset ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
	}
}
