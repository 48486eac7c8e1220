// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertNotice;

/**
 * Writes alerts as Prometheus does. Labels hold what stays the same over an alert's life, and its severity, by which routes are
 * chosen; what moves with each forecast (value, confidence, horizon) stands in annotations, or each forecast would be another alert.
 *
 * @param further   labels of all alerts
 * @param runbook   a template; empty for none
 * @param dashboard a template; empty for none
 */
record Wording(Map<String, String> further, String runbook, String dashboard) {
	private static final Duration AROUND = Duration.ofHours(1);

	/** The labels of an alert. */
	SortedMap<String, String> labels(AlertNotice notice) {
		Alert alert = notice.alert();
		SortedMap<String, String> labels = new TreeMap<>(further);
		labels.put("alertname", alert.rule());
		labels.put("estate", notice.estate());
		labels.put("subject", alert.subject());
		labels.put("metric", alert.metric());
		labels.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
		labels.put("source", Alertmanager.SOURCE);
		return labels;
	}

	/** What is said of it now. */
	SortedMap<String, String> annotations(AlertNotice notice) {
		Alert alert = notice.alert();
		SortedMap<String, String> said = new TreeMap<>();
		said.put("summary", alert.summary());
		said.put("description", alert.explanation());
		said.put("guidance", alert.guidance());
		said.put("state", alert.state().name().toLowerCase(Locale.ROOT));
		said.put("acknowledged_by", alert.acknowledgedBy());
		said.put("covered_by", alert.coveredBy());
		said.put("forecast_value", number(alert.value()));
		said.put("forecast_limit", number(alert.limit()));
		said.put("forecast_horizon", alert.breachAt().isAfter(notice.time()) ? Duration.between(notice.time(), alert.breachAt()).toString() : "PT0S");
		said.put("forecast_confidence", confidence(alert));
		said.put("breach_at", alert.breachAt().toString());
		said.put("start_by", alert.startBy().toString());
		said.put("alert_id", alert.id());
		said.put("runbook_url", fill(runbook, notice));
		said.put("dashboard_url", fill(dashboard, notice));
		said.values().removeIf(String::isEmpty);
		return said;
	}

	/** Where to read more; empty for nowhere. */
	String link(AlertNotice notice) {
		return fill(dashboard, notice);
	}

	/** The earliest and the latest time are those at which the .9 and the .1 quantile cross: between them lie 80 %. */
	private static String confidence(Alert alert) {
		Optional<Instant> earliest = alert.earliest();
		if (earliest.isEmpty()) {
			return "";
		}
		return "80 %: from " + earliest.get() + (alert.latest().isPresent() ? " to " + alert.latest().get() : ", or not within the horizon");
	}

	private static String number(double value) {
		return Double.isFinite(value) ? Double.toString(value) : "";
	}

	private String fill(String template, AlertNotice notice) {
		Alert alert = notice.alert();
		SortedMap<String, String> values = new TreeMap<>(Map.of("rule", alert.rule(), "subject", alert.subject(), "metric", alert.metric(), "estate", notice.estate(),
				"severity", alert.severity().name().toLowerCase(Locale.ROOT), "from", Long.toString(notice.time().minus(AROUND).toEpochMilli()),
				"to", Long.toString(later(alert.breachAt(), notice.time()).plus(AROUND).toEpochMilli())));
		String filled = template;
		for (Map.Entry<String, String> value : values.entrySet()) {
			filled = filled.replace("{" + value.getKey() + "}", URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8));
		}
		return filled;
	}

	private static Instant later(Instant a, Instant b) {
		return a.isAfter(b) ? a : b;
	}
}
