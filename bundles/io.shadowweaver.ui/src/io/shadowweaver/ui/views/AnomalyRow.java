// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/**
 * Something unusual in the table.
 *
 * @param anomaly  the anomaly
 * @param subject  the name of the resource or group
 * @param metric   the name of the metric
 * @param time     when, and how long ago
 * @param kind     a value or a forecast
 * @param value    with its unit
 * @param expected with its unit
 */
record AnomalyRow(Anomaly anomaly, String subject, String metric, String time, String kind, String value, String expected) {
	/** The newest first, of one time the most unusual. */
	static final Comparator<AnomalyRow> NEWEST = Comparator.comparing((AnomalyRow row) -> row.anomaly.time()).reversed()
			.thenComparing(row -> -row.anomaly.score()).thenComparing(row -> row.anomaly.series());

	/** What identifies a row. */
	record Key(SeriesId series, java.time.Instant time, Anomaly.Kind kind) {
	}

	/** The rows of an estate. */
	static List<AnomalyRow> of(WeaverState state) {
		List<AnomalyRow> rows = new ArrayList<>();
		for (Anomaly anomaly : state.anomalies()) {
			SeriesId id = anomaly.series();
			Metric metric = state.metrics().get(id.metric());
			rows.add(new AnomalyRow(anomaly, AlertRow.subject(state, id.subject()), metric == null ? id.metric() : metric.name(),
					Formats.timeAndDistance(anomaly.time(), state.time()), anomaly.kind() == Anomaly.Kind.VALUE ? "value" : "forecast",
					value(id, metric, anomaly.value()), value(id, metric, anomaly.expected())));
		}
		return rows;
	}

	private static String value(SeriesId id, Metric metric, double value) {
		return metric == null ? Formats.number(value) : Formats.value(id, metric, value);
	}

	Key key() {
		return new Key(anomaly.series(), anomaly.time(), anomaly.kind());
	}

	/** Its resource or group. */
	Item item() {
		return Item.ofSubject(anomaly.series().subject());
	}

	/** How far from what was expected, as a share of it; {@code NaN} where nothing was expected. */
	double departure() {
		return anomaly.expected() == 0 ? Double.NaN : Math.abs(anomaly.value() / anomaly.expected() - 1);
	}
}
