// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;

/**
 * A resource in the table.
 *
 * @param id      its id
 * @param name    what the operator reads
 * @param kind    what it is
 * @param group   the name of its group; empty for none
 * @param place   region and zone
 * @param state   in words
 * @param rank    orders by state: worst first
 * @param cpu     processor
 * @param memory  memory
 * @param network the fuller direction
 * @param latency response time
 */
record ResourceRow(String id, String name, String kind, String group, String place, String state, int rank, MetricCell cpu,
		MetricCell memory, MetricCell network, MetricCell latency) {

	/** The rows of what matches in an estate, in the order of ids. */
	static List<ResourceRow> of(Frame frame, Palette palette) {
		WeaverState state = frame.state();
		List<ResourceRow> rows = new ArrayList<>(state.topology().resources().size());
		for (Resource resource : state.topology().resources().values()) {
			if (!frame.matches(resource.id())) {
				continue;
			}
			String group = state.topology().groupOf(resource.id()).map(id -> state.topology().groups().get(id).name()).orElse("");
			boolean stale = isStale(frame, resource);
			rows.add(new ResourceRow(resource.id(), resource.name(), resource.kind(), group, place(resource),
					describe(resource, stale), rank(resource, stale), MetricCell.of(frame, palette, resource, Metric.CPU.id()),
					MetricCell.of(frame, palette, resource, Metric.MEMORY.id()),
					MetricCell.of(frame, palette, resource, Metric.NETWORK_IN.id())
							.worse(MetricCell.of(frame, palette, resource, Metric.NETWORK_OUT.id())),
					MetricCell.of(frame, palette, resource, Metric.LATENCY.id())));
		}
		return rows;
	}

	/** Region and zone of a resource. */
	static String place(Resource resource) {
		String region = resource.label(Resource.REGION);
		String zone = resource.label(Resource.ZONE);
		return region.isEmpty() ? zone : zone.isEmpty() ? region : region + " / " + zone;
	}

	/** Where a resource is between wish and end, in words. */
	static String describe(Resource resource, boolean stale) {
		if (resource.lifecycle() == Lifecycle.BUILDING) {
			return "building " + Formats.percent(resource.construction().map(Construction::progress).orElse(0.));
		}
		return stale && resource.lifecycle() == Lifecycle.LIVE ? "no fresh data" : Formats.words(resource.lifecycle());
	}

	/** Whether no metric of a live resource is fresh. */
	static boolean isStale(Frame frame, Resource resource) {
		if (frame.isPast() || !resource.lifecycle().carriesLoad()) {
			return false;
		}
		for (String metric : frame.state().metrics().keySet()) {
			SeriesId id = new SeriesId(resource.id(), metric);
			if (frame.state().series().slot(id) >= 0 && !frame.isStale(id)) {
				return false;
			}
		}
		return true;
	}

	private static int rank(Resource resource, boolean stale) {
		return switch (resource.lifecycle()) {
		case FAILED -> 0;
		case DRAINING -> 2;
		case BUILDING -> 3;
		case QUEUED -> 4;
		case PLANNED -> 5;
		case LIVE -> stale ? 1 : 6;
		case GONE -> 7;
		};
	}

	/** How far the worst metric is towards critical; negative where nothing is known. */
	double pressure() {
		double worst = -1;
		for (MetricCell cell : List.of(cpu, memory, network, latency)) {
			if (cell.pressure() > worst) {
				worst = cell.pressure();
			}
		}
		return worst;
	}
}
