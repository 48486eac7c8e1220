// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The Numenta Anomaly Benchmark: its series, its labelled windows and its score (Lavin and Ahmad, 2015, section II). The first
 * detection in a window counts by how early it is, a window without one costs, and so does every detection outside, more the
 * farther it is behind a window. The threshold is the best for the whole corpus; 0 is a detector that says nothing, 100 one
 * that is perfect.
 */
public final class NabCorpus {
	private static final double PROBATION = .15;
	private static final int LONGEST_PROBATION = 750;

	/**
	 * One file.
	 *
	 * @param name    folder and file
	 * @param times   milliseconds of the epoch, as if the file were in UTC
	 * @param values  as long
	 * @param windows first and last row of each labelled window
	 */
	public record Series(String name, long[] times, double[] values, List<int[]> windows) {
		/** The first row that is scored. */
		public int probation() {
			return (int) Math.ceil(Math.min(Math.floor(PROBATION * values.length), LONGEST_PROBATION));
		}
	}

	/**
	 * What detections cost.
	 *
	 * @param name   of the profile
	 * @param miss   weight of a window without a detection
	 * @param vain   weight of a detection outside
	 */
	public record Profile(String name, double miss, double vain) {
	}

	/**
	 * The score at the best threshold.
	 *
	 * @param score     0 for silence, 100 for perfection
	 * @param threshold at and above which a score is a detection
	 */
	public record Best(double score, double threshold) {
	}

	private record Point(double score, double gain, int window) {
	}

	private final List<Series> series;

	private NabCorpus(List<Series> series) {
		this.series = List.copyOf(series);
	}

	/** Reads {@code data} and {@code labels/combined_windows.json} of a folder. */
	public static NabCorpus read(Path folder) throws IOException {
		JsonNode labels = new ObjectMapper().readTree(folder.resolve("labels/combined_windows.json").toFile());
		Map<String, Series> series = new TreeMap<>();
		for (var label : labels.properties()) {
			List<String> lines = Files.readAllLines(folder.resolve("data").resolve(label.getKey()));
			long[] times = new long[lines.size() - 1];
			double[] values = new double[times.length];
			for (int i = 0; i < times.length; i++) {
				String[] cells = lines.get(i + 1).split(",");
				times[i] = millis(cells[0]);
				values[i] = Double.parseDouble(cells[1]);
			}
			List<int[]> windows = new ArrayList<>();
			for (JsonNode window : label.getValue()) {
				windows.add(new int[] { row(times, millis(window.get(0).asText())), row(times, millis(window.get(1).asText())) });
			}
			series.put(label.getKey(), new Series(label.getKey(), times, values, windows));
		}
		return new NabCorpus(new ArrayList<>(series.values()));
	}

	/** The profiles of a folder, standard first. */
	public static List<Profile> profiles(Path folder) throws IOException {
		Map<String, Profile> profiles = new LinkedHashMap<>();
		for (var profile : new ObjectMapper().readTree(folder.resolve("config/profiles.json").toFile()).properties()) {
			JsonNode costs = profile.getValue().get("CostMatrix");
			profiles.put(profile.getKey(), new Profile(profile.getKey(), costs.get("fnWeight").asDouble(), costs.get("fpWeight").asDouble()));
		}
		return List.copyOf(profiles.values());
	}

	private static long millis(String time) {
		return LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
	}

	private static int row(long[] times, long time) {
		for (int i = 0; i < times.length; i++) {
			if (times[i] == time) {
				return i;
			}
		}
		throw new IllegalArgumentException("no row at the edge of a window");
	}

	/** The files by name. */
	public List<Series> series() {
		return series;
	}

	/** Every second file, from the first or from the second on. */
	public NabCorpus half(int from) {
		List<Series> half = new ArrayList<>();
		for (int i = from; i < series.size(); i += 2) {
			half.add(series.get(i));
		}
		return new NabCorpus(half);
	}

	/**
	 * The score at the threshold that is best for all files together.
	 *
	 * @param profile what detections cost
	 * @param scores  by name of the file, one a row
	 */
	public Best best(Profile profile, Map<String, double[]> scores) {
		List<Point> points = points(scores);
		points.sort(Comparator.comparingDouble(Point::score).reversed());
		double[] windows = new double[windows()];
		Arrays.fill(windows, -profile.miss());
		double raw = -profile.miss() * windows.length;
		double best = raw;
		double threshold = Math.nextUp(1.0);
		for (int i = 0; i < points.size(); i++) {
			Point point = points.get(i);
			raw += gain(point, profile, windows);
			if ((i + 1 == points.size() || points.get(i + 1).score() < point.score()) && raw > best) {
				best = raw;
				threshold = point.score();
			}
		}
		return new Best(normalised(best, profile), threshold);
	}

	/** The score at a given threshold. */
	public double at(Profile profile, Map<String, double[]> scores, double threshold) {
		double[] windows = new double[windows()];
		Arrays.fill(windows, -profile.miss());
		double raw = -profile.miss() * windows.length;
		for (Point point : points(scores)) {
			raw += point.score() >= threshold ? gain(point, profile, windows) : 0;
		}
		return normalised(raw, profile);
	}

	/** How many windows all files have. */
	public int windows() {
		return series.stream().mapToInt(one -> one.windows().size()).sum();
	}

	private double normalised(double raw, Profile profile) {
		double silence = -profile.miss() * windows();
		return 100 * (raw - silence) / (windows() - silence);
	}

	private static double gain(Point point, Profile profile, double[] windows) {
		if (point.window() < 0) {
			return point.gain() * profile.vain();
		}
		double before = windows[point.window()];
		windows[point.window()] = Math.max(before, point.gain());
		return windows[point.window()] - before;
	}

	/** Every row behind the probation with what a detection there is worth; a score of 0 is none at any threshold. */
	private List<Point> points(Map<String, double[]> scores) {
		List<Point> points = new ArrayList<>();
		int before = 0;
		for (Series one : series) {
			double[] score = scores.get(one.name());
			int window = 0;
			for (int row = 0; row < one.values().length; row++) {
				while (window < one.windows().size() && row > one.windows().get(window)[1]) {
					window++;
				}
				boolean inside = window < one.windows().size() && row >= one.windows().get(window)[0];
				if (row >= one.probation() && score[row] > 0) {
					points.add(new Point(score[row], inside ? early(one.windows().get(window), row)
							: window == 0 ? -1 : late(one.windows().get(window - 1), row), inside ? before + window : -1));
				}
			}
			before += one.windows().size();
		}
		return points;
	}

	private static double early(int[] window, int row) {
		double width = window[1] - window[0] + 1;
		return sigmoid((window[1] - row + 1) / width) / sigmoid(1);
	}

	private static double late(int[] window, int row) {
		double behind = (row - window[1]) / (double) (window[1] - window[0]);
		return behind > 3 ? -1 : sigmoid(-behind);
	}

	/** From -1 to 1, 0 at the right edge of a window. */
	private static double sigmoid(double position) {
		return 2 / (1 + Math.exp(-5 * position)) - 1;
	}
}
