// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.topology.Topology;

/**
 * An estate after a tick, whole and immutable: what is drawn, served, saved, compared, and handed to a what-if. History is
 * referred to by series, never contained.
 *
 * @param estate     the id of the estate
 * @param name       its name for the operator
 * @param version    grows by one a tick
 * @param time       the estate's time of the tick
 * @param step       from one tick to the next, in the estate's time
 * @param topology   what it consists of, coming resources included
 * @param metrics    the metrics that occur, by id
 * @param series     newest value and forecast of every series
 * @param unattended what is expected if nobody acts
 * @param planned    what is expected with what is called and building
 * @param thresholds the rules in force
 * @param alerts     active ones, and those withdrawn lately
 * @param plans      open ones, and those closed lately; newest first
 * @param queue      what is on its way, and what ended lately; newest first
 * @param verdicts   newest first
 * @param events     what happened lately and what is known to be coming, by time
 * @param anomalies  unusual values and forecasts of the last 24 hours, newest first
 * @param modes      by group id; a group that is not named observes
 * @param killSwitch whether all new calls are stopped
 * @param report     what automation costs, what has drifted, which group has earned more of it
 * @param statuses   of sources, providers, channels, models and parts of the engine, by name
 */
public record WeaverState(String estate, String name, long version, Instant time, Duration step, Topology topology,
		Map<String, Metric> metrics, SeriesPages series, Shadow unattended, Shadow planned, List<Threshold> thresholds,
		List<Alert> alerts, List<Plan> plans, List<QueueEntry> queue, List<Verdict> verdicts, List<Event> events,
		List<Anomaly> anomalies, Map<String, Mode> modes, boolean killSwitch, ProvisioningReport report, Map<String, Status> statuses) {
	/** How the name of a status begins that tells of the connection to another process. */
	public static final String SERVER = "server:";

	/** Copies. */
	public WeaverState {
		Objects.requireNonNull(estate, "estate");
		Objects.requireNonNull(time, "time");
		Objects.requireNonNull(series, "series");
		Objects.requireNonNull(report, "report");
		metrics = Map.copyOf(metrics);
		thresholds = List.copyOf(thresholds);
		alerts = List.copyOf(alerts);
		plans = List.copyOf(plans);
		queue = List.copyOf(queue);
		verdicts = List.copyOf(verdicts);
		events = List.copyOf(events);
		anomalies = List.copyOf(anomalies);
		modes = Map.copyOf(modes);
		statuses = Map.copyOf(statuses);
	}

	/** An estate before its first tick. */
	public static WeaverState initial(String estate, String name, Instant time, Duration step) {
		return new WeaverState(estate, name, 0, time, step, Topology.EMPTY, Map.of(), SeriesPages.empty(new SeriesIndex()),
				Shadow.empty(Shadow.Kind.UNATTENDED, time), Shadow.empty(Shadow.Kind.PLANNED, time), List.of(), List.of(), List.of(),
				List.of(), List.of(), List.of(), List.of(), Map.of(), false, ProvisioningReport.EMPTY, Map.of());
	}

	/** The same with other statuses, as a later version. */
	public WeaverState withStatuses(long newVersion, Map<String, Status> newStatuses) {
		return new WeaverState(estate, name, newVersion, time, step, topology, metrics, series, unattended, planned, thresholds, alerts, plans, queue, verdicts, events, anomalies,
				modes, killSwitch, report, newStatuses);
	}

	/** The same with other forecasts, and the shadows and alerts that they come to. */
	public WeaverState withForecasts(SeriesPages newSeries, Shadow newUnattended, Shadow newPlanned, List<Alert> newAlerts) {
		return new WeaverState(estate, name, version, time, step, topology, metrics, newSeries, newUnattended, newPlanned, thresholds, newAlerts, plans, queue, verdicts, events,
				anomalies, modes, killSwitch, report, statuses);
	}

	/** What is said of the connection by which this state came from another process, while it is lost; empty in all other cases. */
	public Optional<Status> disconnected() {
		return statuses.entrySet().stream().filter(status -> status.getKey().startsWith(SERVER) && status.getValue().state() == Status.State.FAILED).map(Map.Entry::getValue).findAny();
	}

	/** The mode of a group. */
	public Mode mode(String group) {
		return modes.getOrDefault(group, Mode.OBSERVE);
	}

	/** One of the two shadows. */
	public Shadow shadow(Shadow.Kind kind) {
		return kind == Shadow.Kind.UNATTENDED ? unattended : planned;
	}
}
