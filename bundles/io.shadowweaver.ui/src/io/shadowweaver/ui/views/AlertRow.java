// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/**
 * An alert in the table.
 *
 * @param alert    the alert
 * @param subject  the name of the resource or group
 * @param metric   the name of the metric
 * @param breach   when it crosses, and how far away that is
 * @param startBy  the last moment to act
 * @param value    what is reached, and the limit
 * @param covered  the plan in a sentence; empty for none
 * @param overdue  whether the last moment to act is over and nothing covers it
 */
public record AlertRow(Alert alert, String subject, String metric, String breach, String startBy, String value, String covered, boolean overdue) {
	/** What an operator must look at first: active, not covered, critical, next to act. */
	static final Comparator<AlertRow> URGENT = Comparator.comparing((AlertRow row) -> !row.alert.isActive())
			.thenComparing(row -> row.alert.state() == Alert.State.COVERED)
			.thenComparing(row -> row.alert.severity(), Comparator.reverseOrder()).thenComparing(row -> row.alert.startBy())
			.thenComparing(row -> row.alert.id());

	/** The rows of an estate. */
	static List<AlertRow> of(WeaverState state, boolean withdrawn) {
		List<AlertRow> rows = new ArrayList<>();
		for (Alert alert : state.alerts()) {
			if (withdrawn || alert.isActive()) {
				rows.add(of(state, alert));
			}
		}
		return rows;
	}

	private static AlertRow of(WeaverState state, Alert alert) {
		Instant now = state.time();
		Metric metric = state.metrics().get(alert.metric());
		String covered = state.plans().stream().filter(plan -> plan.id().equals(alert.coveredBy())).findFirst()
				.map(plan -> plan.sentence()).orElse(alert.coveredBy());
		boolean overdue = alert.isActive() && alert.state() != Alert.State.COVERED && alert.startBy().isBefore(now);
		String breach = alert.breachAt().isAfter(now) ? Formats.timeAndDistance(alert.breachAt(), now)
				: alert.isActive() ? "now" : Formats.time(alert.breachAt(), now);
		return new AlertRow(alert, subject(state, alert.subject()), metric == null ? alert.metric() : metric.name(), breach,
				(overdue ? "overdue, " : "") + Formats.timeAndDistance(alert.startBy(), now),
				value(metric, alert.value()) + " > " + value(metric, alert.limit()), covered, overdue);
	}

	private static String value(Metric metric, double value) {
		return metric == null ? Formats.number(value)
				: metric.full() == Metric.Full.NONE ? Formats.value(metric, value) : Formats.percent(value);
	}

	/** The name of a resource, or of a group behind the word. */
	public static String subject(WeaverState state, String subject) {
		Item item = Item.ofSubject(subject);
		if (item.kind() == Item.Kind.GROUP) {
			ScalingGroup group = state.topology().groups().get(item.id());
			return "group " + (group == null ? item.id() : group.name());
		}
		return state.topology().resource(item.id()).map(Resource::name).orElse(item.id());
	}

	/** Whether it is critical. */
	boolean isCritical() {
		return alert.severity() == Severity.CRITICAL;
	}
}
