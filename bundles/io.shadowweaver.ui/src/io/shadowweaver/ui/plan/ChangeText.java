// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.ui.core.Formats;

/** Changes of scenarios in the operator's words. */
final class ChangeText {
	private ChangeText() {
	}

	/** What a change does, in one line. */
	static String of(Change change, WeaverState state) {
		Instant now = state.time();
		return switch (change) {
		case Change.Traffic traffic -> traffic(traffic, state);
		case Change.Growth growth -> "Traffic of " + subject(growth.on(), state) + (growth.perMonth() < 0 ? " shrinks by " : " grows by ")
				+ Formats.percent(Math.abs(growth.perMonth())) + " a month";
		case Change.Add add -> add.count() + " more in " + group(add.group(), state) + size(add.capacity(), state) + add.zone().map(zone -> ", in " + zone).orElse("")
				+ add.price().map(price -> ", at " + Formats.number(price) + " an hour").orElse("") + from(add.from(), now);
		case Change.Remove remove -> subject(remove.resource(), state) + " goes" + from(remove.from(), now);
		case Change.Resize resize -> subject(resize.resource(), state) + size(resize.capacity(), state);
		case Change.Scale scale -> times(scale.factor()) + " the members of " + group(scale.group(), state);
		case Change.InstanceType type -> "Members of " + group(type.group(), state) + size(type.capacity(), state)
				+ type.price().map(price -> ", at " + Formats.number(price) + " an hour").orElse("");
		case Change.Loss loss -> loss.label() + " " + loss.value() + " is lost" + from(loss.from(), now) + loss.until().map(until -> ", back " + moment(until, now)).orElse("");
		case Change.PriceOf price -> times(price.factor()) + " the price of " + (price.label().isEmpty() ? "everything" : price.label() + " " + price.value());
		case Change.LatencyTarget target -> "Response of " + group(target.group(), state) + " within " + Formats.number(target.seconds() * 1000) + " ms";
		};
	}

	private static String traffic(Change.Traffic traffic, WeaverState state) {
		String what = traffic.factor() == 1 && traffic.add() > 0 ? "" : times(traffic.factor()) + " the traffic of " + subject(traffic.on(), state);
		String more = traffic.add() == 0 ? ""
				: (what.isEmpty() ? Formats.number(traffic.add()) + " more requests a second to " + subject(traffic.on(), state) : " and " + Formats.number(traffic.add()) + " requests a second");
		String shape = switch (traffic.shape()) {
		case STEP -> "";
		case RAMP -> ", rising over " + Formats.span(traffic.span());
		case SPIKE -> ", for " + Formats.span(traffic.span());
		};
		return what + more + from(traffic.from(), state.time()) + shape;
	}

	private static String times(double factor) {
		return Formats.number(factor) + " ×";
	}

	private static String from(When from, Instant now) {
		return from.equals(When.NOW) ? "" : ", " + moment(from, now);
	}

	private static String moment(When when, Instant now) {
		return when.at().map(at -> "at " + Formats.time(at, now)).orElseGet(() -> when.equals(When.NOW) ? "now" : "in " + Formats.span(when.after()));
	}

	private static String size(Map<String, Double> capacity, WeaverState state) {
		return capacity.isEmpty() ? "" : " with " + capacity.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> {
			Metric metric = state.metrics().get(entry.getKey());
			return (metric == null ? entry.getKey() : metric.name()) + " " + (metric == null ? Formats.number(entry.getValue()) : capacity(metric, entry.getValue()));
		}).collect(Collectors.joining(", "));
	}

	private static String capacity(Metric metric, double value) {
		return metric.full() == Metric.Full.CAPACITY ? Formats.value(metric, value) : Formats.number(value);
	}

	/** A subject as people call it. */
	static String subject(String id, WeaverState state) {
		if (id.equals(Change.ESTATE)) {
			return "the whole estate";
		}
		return id.startsWith(SeriesId.GROUP_PREFIX) ? group(id.substring(SeriesId.GROUP_PREFIX.length()), state) : state.topology().resource(id).map(Resource::name).orElse(id);
	}

	private static String group(String id, WeaverState state) {
		ScalingGroup group = state.topology().groups().get(id);
		return group == null ? id : group.name();
	}
}
