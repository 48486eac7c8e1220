// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** On every fourth series of the Numenta Anomaly Benchmark, at the product's own threshold. */
class NabTest {
	private static final Path FOLDER = Path.of(System.getProperty("shadowweaver.data", "absent"), "nab");
	private static final Pattern FILE = Pattern.compile("\"([^\"]+\\.csv)\":\\s*\\[((?:[^\\[\\]]|\\[[^\\[\\]]*])*)]");
	private static final Pattern WINDOW = Pattern.compile("\\[\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"\\s*]");
	private static final double PROBATION = .15;
	private static final double WEEK = 7 * 86_400_000.0;

	private int windows;
	private int found;
	private int vain;
	private double weeks;

	private static long millis(String time) {
		return LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
	}

	@Test
	void mostWindowsAreFoundAndFalseAlarmsAreRare() throws Exception {
		assumeTrue(Files.isDirectory(FOLDER), "the traces are not here: " + FOLDER);
		Matcher files = FILE.matcher(Files.readString(FOLDER.resolve("labels/combined_windows.json")));
		int number = 0;
		while (files.find()) {
			if (number++ % 4 == 0) {
				List<long[]> labelled = new ArrayList<>();
				Matcher window = WINDOW.matcher(files.group(2));
				while (window.find()) {
					labelled.add(new long[] { millis(window.group(1)), millis(window.group(2)) });
				}
				judge(FOLDER.resolve("data").resolve(files.group(1)), labelled);
			}
		}
		assertTrue(windows >= 20, windows + " windows");
		assertTrue(found >= .65 * windows, found + " of " + windows + " windows found");
		assertTrue(vain <= weeks, vain + " false alarms in " + weeks + " weeks of series");
	}

	private void judge(Path file, List<long[]> labelled) throws Exception {
		List<String> lines = Files.readAllLines(file);
		AnomalyDetector detector = new AnomalyDetector(1);
		boolean[] hit = new boolean[labelled.size()];
		long time = Long.MIN_VALUE;
		long begin = 0;
		int probation = (int) Math.min(PROBATION * (lines.size() - 1), 750);
		for (int i = 1; i < lines.size(); i++) {
			String[] cells = lines.get(i).split(",");
			time = Math.max(time, millis(cells[0]));
			begin = i <= probation ? time : begin;
			boolean alarm = detector.observe(time, Double.parseDouble(cells[1])).score() >= AnomalyDetector.THRESHOLD && i > probation;
			boolean inside = false;
			for (int w = 0; w < hit.length; w++) {
				boolean here = time >= labelled.get(w)[0] && time <= labelled.get(w)[1];
				inside |= here;
				hit[w] |= here && alarm;
			}
			vain += alarm && !inside ? 1 : 0;
		}
		weeks += (time - begin) / WEEK;
		windows += hit.length;
		for (boolean one : hit) {
			found += one ? 1 : 0;
		}
	}
}
