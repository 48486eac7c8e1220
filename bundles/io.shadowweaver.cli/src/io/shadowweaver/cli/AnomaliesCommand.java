// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.anomalies.AnomalyDetector;
import io.shadowweaver.api.plugin.PluginException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave anomalies}: scores every sample of a file with nothing but what came before it. */
@Command(name = "anomalies", mixinStandardHelpOptions = true,
		description = { "Scores every sample of a CSV file, in its order, with nothing but what came before it.",
				"The first column is the time, each other one a series; prints time,series,value,expected,score." })
final class AnomaliesCommand implements Callable<Integer> {
	private static final int TOLD = 20;
	private static final int SCORE_DIGITS = 6;
	/** As many as a float has: what is expected is not known better. */
	private static final MathContext EXPECTED_DIGITS = new MathContext(7);
	private static final long SEED = 1;

	@Parameters(paramLabel = "FILE", description = "The CSV file.")
	private Path file;
	@Option(names = "--threshold", defaultValue = "0", paramLabel = "SCORE",
			description = "Prints samples with this score or a higher one only, 0 to 1; " + AnomalyDetector.THRESHOLD
					+ " is what the product calls an anomaly (default: ${DEFAULT-VALUE}, all samples).")
	private double threshold;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		if (!(threshold >= 0 && threshold <= 1)) {
			throw new PluginException("--threshold must be between 0 and 1: " + threshold);
		}
		PrintWriter out = spec.commandLine().getOut();
		CSVFormat csv = CSVFormat.RFC4180.builder().setHeader("time", "series", "value", "expected", "score").setRecordSeparator("\n").get();
		// a printer of lines would flush each of them
		StringBuilder buffer = new StringBuilder();
		CSVPrinter printer = new CSVPrinter(buffer, csv);
		Scorer[] scorer = new Scorer[1];
		try {
			CsvSamples.read(file, series -> scorer[0] = new Scorer(series, printer, buffer, out));
		} catch (UncheckedIOException e) {
			throw e.getCause();
		}
		scorer[0].end();
		return 0;
	}

	private final class Scorer implements CsvSamples.Sink {
		private static final int BUFFER = 1 << 16;

		private final List<String> series;
		private final AnomalyDetector[] detectors;
		private final long[] last;
		private final CSVPrinter printer;
		private final StringBuilder buffer;
		private final PrintWriter out;
		private int problems;

		Scorer(List<String> series, CSVPrinter printer, StringBuilder buffer, PrintWriter out) {
			this.series = series;
			this.printer = printer;
			this.buffer = buffer;
			this.out = out;
			detectors = new AnomalyDetector[series.size()];
			last = new long[series.size()];
			for (int i = 0; i < detectors.length; i++) {
				detectors[i] = new AnomalyDetector(SEED);
				last[i] = Long.MIN_VALUE;
			}
		}

		@Override
		public void sample(Instant time, int column, String text, double value) {
			last[column] = Math.max(last[column], time.toEpochMilli());
			AnomalyDetector.Finding finding = detectors[column].observe(last[column], value);
			if (finding.score() < threshold) {
				return;
			}
			try {
				printer.printRecord(time, series.get(column), text, number(finding.expected()),
						BigDecimal.valueOf(finding.score()).setScale(SCORE_DIGITS, RoundingMode.HALF_EVEN).toPlainString());
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
			if (buffer.length() > BUFFER) {
				flush();
			}
		}

		private static String number(double value) {
			return value == 0 ? "0" : new BigDecimal(value).round(EXPECTED_DIGITS).stripTrailingZeros().toPlainString();
		}

		@Override
		public void problem(String sentence) {
			if (problems++ < TOLD) {
				spec.commandLine().getErr().println("weave: " + sentence);
			}
		}

		private void flush() {
			out.append(buffer);
			buffer.setLength(0);
		}

		void end() {
			flush();
			out.flush();
			if (problems > TOLD) {
				spec.commandLine().getErr().println("weave: " + file + ": " + (problems - TOLD) + " more such lines.");
			}
		}
	}
}
