// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.shadowweaver.api.plugin.PluginException;

/** Reads a file row by row; of a row only what is asked for is kept. What cannot be used is told and left out. */
final class CsvRows implements AutoCloseable {
	private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true)
			.setCommentMarker('#').get();

	private final Path file;
	private final CSVParser parser;
	private final Iterator<CSVRecord> records;
	private final CsvHeader header;
	private Problems problems;
	private long before = Long.MIN_VALUE;
	private long time;
	private double[] values;

	/**
	 * Opens a file and reads its header.
	 *
	 * @throws PluginException when it cannot be read or has no usable header
	 */
	CsvRows(Path file, Problems problems) throws PluginException {
		this.file = file;
		this.problems = problems;
		try {
			parser = CSVParser.builder().setReader(reader(file)).setFormat(FORMAT).get();
		} catch (NoSuchFileException e) {
			throw new PluginException("There is no file " + file.toAbsolutePath() + ".", e);
		} catch (IOException e) {
			throw new PluginException("The file " + file.toAbsolutePath() + " cannot be read: " + e.getMessage() + ".", e);
		}
		CsvHeader read = null;
		try {
			records = parser.iterator();
			if (!records.hasNext()) {
				throw new PluginException(where(1) + ": the file is empty.");
			}
			read = CsvHeader.parse(records.next().toList(), where(1), problems);
		} catch (UncheckedIOException | IllegalStateException e) {
			throw new PluginException(where(1) + ": the header cannot be read: " + reason(e) + ".", e);
		} finally {
			if (read == null) {
				close();
			}
		}
		header = read;
	}

	private static Reader reader(Path file) throws IOException {
		if (Files.isDirectory(file)) {
			throw new IOException("it is a folder");
		}
		InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
		try {
			in.mark(3);
			// Spreadsheets begin UTF-8 with a byte order mark.
			if (!Arrays.equals(in.readNBytes(3), new byte[] { (byte) 0xef, (byte) 0xbb, (byte) 0xbf })) {
				in.reset();
			}
			InputStream plain = file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
			return new InputStreamReader(plain, StandardCharsets.UTF_8);
		} catch (IOException e) {
			in.close();
			throw e;
		}
	}

	private String where(long line) {
		return file + ":" + line;
	}

	private static String reason(RuntimeException e) {
		Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
		return String.valueOf(cause.getMessage());
	}

	CsvHeader header() {
		return header;
	}

	/** From now on problems go elsewhere. */
	void tell(Problems newProblems) {
		problems = newProblems;
	}

	/**
	 * Goes to the next row whose time can be used.
	 *
	 * @return whether there is one
	 */
	boolean next() throws PluginException {
		while (true) {
			CSVRecord row;
			try {
				if (!records.hasNext()) {
					return false;
				}
				row = records.next();
			} catch (UncheckedIOException | IllegalStateException e) {
				problems.add(where(parser.getCurrentLineNumber()) + ": " + reason(e) + "; the rest of the file cannot be read.");
				return false;
			}
			long line = parser.getCurrentLineNumber();
			if (row.size() != header.cells()) {
				problems.add(where(line) + ": the row has " + row.size() + " cells, the header has " + header.cells() + "; it is left out.");
				continue;
			}
			try {
				time = CsvTime.parse(row.get(0));
			} catch (IllegalArgumentException e) {
				problems.add(where(line) + ": " + e.getMessage() + "; the row is left out.");
				continue;
			}
			if (time <= before) {
				problems.add(where(line) + ": time " + (time == before ? "stands still at " : "goes back from " + Instant.ofEpochMilli(before) + " to ")
						+ Instant.ofEpochMilli(time) + "; the row is left out.");
				continue;
			}
			before = time;
			values = values(row, line);
			return true;
		}
	}

	private double[] values(CSVRecord row, long line) throws PluginException {
		double[] read = new double[header.series().size()];
		for (int i = 0; i < read.length; i++) {
			String text = row.get(header.at()[i]);
			read[i] = Double.NaN;
			if (!text.isEmpty()) {
				double value = number(text);
				if (Double.isFinite(value)) {
					read[i] = header.units().get(i).toBase(value);
				} else {
					problems.add(where(line) + ": '" + text + "' of " + header.series().get(i) + " is not a finite number; it becomes a gap.");
				}
			}
		}
		return read;
	}

	private static double number(String text) {
		// Double.parseDouble also takes 1f, 0x1p3 and the like, which nobody means in a file.
		char last = text.charAt(text.length() - 1);
		if (Character.isLetter(last) || text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
			return Double.NaN;
		}
		try {
			return Double.parseDouble(text);
		} catch (NumberFormatException e) {
			return Double.NaN;
		}
	}

	/** The time of the row in milliseconds. */
	long time() {
		return time;
	}

	/** The values of the row in base units, one for each series of the header; of the caller. */
	double[] values() {
		return values;
	}

	@Override
	public void close() {
		try {
			parser.close();
		} catch (IOException e) {
			// It was only read: nothing is lost.
			System.getLogger(CsvRows.class.getName()).log(System.Logger.Level.DEBUG, "closing " + file, e);
		}
	}
}
