// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.load.GroupMetrics;
import io.shadowweaver.engine.load.Imbalance;
import io.shadowweaver.engine.load.Projection;
import io.shadowweaver.engine.load.ReadyCapacity;
import io.shadowweaver.provisioning.GroupView;
import io.shadowweaver.provisioning.Sizing;

/**
 * Weaves the two shadows: projects the forecast demand of each group on the capacity ready at each time. Pure but for the
 * learned {@link GroupBook}.
 */
final class ShadowWeaver {
	private final GroupBook book;
	private double sizingLevel;

	ShadowWeaver(GroupBook book, double sizingLevel) {
		this.book = book;
		this.sizingLevel = sizingLevel;
	}

	/** From now on sized for another quantile of demand. */
	void sizingLevel(double level) {
		sizingLevel = level;
	}

	/** Whether the planned shadow differs from the unattended one. */
	static boolean differs(Topology topology) {
		return topology.resources().values().stream().anyMatch(resource -> resource.lifecycle().isComing());
	}

	Shadow weave(Shadow.Kind kind, Topology topology, Map<String, Metric> metrics, SeriesPages series,
			Map<String, GroupView> views, Instant now) {
		Map<SeriesId, Bands> projected = new HashMap<>();
		Map<String, GroupOutlook> outlooks = new HashMap<>();
		for (ScalingGroup group : topology.groups().values()) {
			List<Resource> members = topology.members(group.id());
			ReadyCapacity ready = new ReadyCapacity(members, kind == Shadow.Kind.PLANNED);
			Bands longest = null;
			for (String id : GroupMetrics.of(group, topology.liveMembers(group.id()), metrics)) {
				Metric metric = metrics.get(id);
				Optional<Bands> demand = series.forecast(SeriesId.ofGroup(group.id(), id)).flatMap(Forecast::bands);
				if (demand.isEmpty() || metric.aggregation() == Aggregation.MAX || !(ready.at(id, now) > 0)) {
					continue;
				}
				longest = longest == null || demand.get().end().isAfter(longest.end()) ? demand.get() : longest;
				GroupBook.Memory memory = book.memory(group.id());
				Imbalance imbalance = memory.imbalance(id);
				double[] capacity = ready.over(id, demand.get(), member -> imbalance.of(member.id()));
				projected.put(SeriesId.ofGroup(group.id(), id), Projection.group(demand.get(), metric, ready, memory.idle(id)));
				for (Resource member : members) {
					// a coming member gets its share in the planned shadow; a draining one has no future
					boolean has = member.lifecycle() == Lifecycle.LIVE || member.lifecycle().isComing() && kind == Shadow.Kind.PLANNED;
					if (has && !Double.isNaN(member.capacity(id))) {
						projected.put(new SeriesId(member.id(), id), Projection.member(demand.get(), metric, member,
								imbalance.of(member.id()), capacity, memory.idle(id)));
					}
				}
			}
			if (longest != null && views.containsKey(group.id())) {
				outlooks.put(group.id(), outlook(views.get(group.id()), ready, longest, now));
			}
		}
		return new Shadow(kind, now, projected, outlooks);
	}

	private GroupOutlook outlook(GroupView view, ReadyCapacity ready, Bands grid, Instant now) {
		List<Instant> times = new ArrayList<>();
		List<Integer> has = new ArrayList<>();
		for (int lead = 0; lead < grid.leads(); lead++) {
			Instant time = grid.time(lead);
			if (!time.isBefore(now)) {
				times.add(time);
				has.add(ready.count(time));
			}
		}
		return new GroupOutlook(view.group().id(), times, has, Sizing.required(view, times, sizingLevel));
	}
}
