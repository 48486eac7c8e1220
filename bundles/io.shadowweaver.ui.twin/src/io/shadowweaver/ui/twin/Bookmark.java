// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.ui.core.CursorPosition;

/**
 * How a twin is looked at: from where, at which time, at what of it, and arranged how. Immutable.
 *
 * @param camera   from where; empty for all of it
 * @param cursor   where on the time line, a day and an hour where it is not now, and which metric, quantile and shadow
 * @param filter   what is looked for; empty for all
 * @param settings colour, shadows, links and grouping
 */
record Bookmark(Optional<Camera> camera, CursorPosition cursor, String filter, TwinSettings settings) {
	private static final String CAMERA = "camera";
	private static final String TIME = "time";
	private static final String HORIZON = "horizon";
	private static final String METRIC = "metric";
	private static final String LEVEL = "level";
	private static final String SHADOW = "shadow";
	private static final String FILTER = "filter";
	private static final int NUMBERS = 6;

	/** As it is kept: text by key. */
	Map<String, String> texts() {
		Map<String, String> texts = new TreeMap<>(settings.texts());
		camera.ifPresent(from -> texts.put(CAMERA, from.x() + " " + from.y() + " " + from.z() + " " + from.azimuth() + " " + from.elevation() + " " + from.extent() + " "
				+ (from.perspective() ? "perspective" : "orthographic")));
		cursor.time().ifPresent(time -> texts.put(TIME, time.toString()));
		texts.put(HORIZON, cursor.horizon().toString());
		texts.put(METRIC, cursor.metric());
		texts.put(LEVEL, Double.toString(cursor.level()));
		texts.put(SHADOW, cursor.kind().name());
		texts.put(FILTER, filter);
		return texts;
	}

	/** As it was kept; what is missing, or cannot be understood, is as in a twin that is new. */
	static Bookmark of(Map<String, String> texts) {
		return new Bookmark(camera(texts.getOrDefault(CAMERA, "")), cursor(texts), texts.getOrDefault(FILTER, ""), TwinSettings.of(texts));
	}

	private static Optional<Camera> camera(String text) {
		String[] parts = text.split(" ");
		if (parts.length != NUMBERS + 1) {
			return Optional.empty();
		}
		float[] numbers = new float[NUMBERS];
		for (int i = 0; i < NUMBERS; i++) {
			try {
				numbers[i] = Float.parseFloat(parts[i]);
			} catch (NumberFormatException e) {
				return Optional.empty();
			}
			if (!Float.isFinite(numbers[i])) {
				return Optional.empty();
			}
		}
		return Optional.of(new Camera(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], "perspective".equals(parts[NUMBERS])));
	}

	private static CursorPosition cursor(Map<String, String> texts) {
		CursorPosition start = CursorPosition.START;
		Shadow.Kind kind = Arrays.stream(Shadow.Kind.values()).filter(one -> one.name().equals(texts.get(SHADOW))).findFirst().orElse(start.kind());
		try {
			return new CursorPosition(Optional.ofNullable(texts.get(TIME)).map(Instant::parse), Duration.parse(texts.getOrDefault(HORIZON, start.horizon().toString())),
					texts.getOrDefault(METRIC, start.metric()), Double.parseDouble(texts.getOrDefault(LEVEL, Double.toString(start.level()))), kind);
		} catch (DateTimeException | IllegalArgumentException e) {
			return start;
		}
	}
}
