// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.ui.core.Item;

/**
 * Whom a new change is about: what is selected.
 *
 * @param group    a group, or that of the resource
 * @param resource a resource
 * @param label    a label of it, or of the selected zone or region, and its value; empty where none is known
 */
record Subject(Optional<String> group, Optional<String> resource, Label label) {
	/** A label and its value. */
	record Label(String key, String value) {
	}

	/** The first of each kind among the selected. */
	static Subject of(List<Item> selected, Topology topology) {
		Optional<String> resource = first(selected, Item.Kind.RESOURCE);
		Optional<String> group = first(selected, Item.Kind.GROUP).or(() -> resource.flatMap(topology::groupOf));
		Optional<Label> zone = first(selected, Item.Kind.ZONE).map(id -> new Label(Resource.ZONE, id.substring(id.lastIndexOf('/') + 1)));
		Optional<Label> region = first(selected, Item.Kind.REGION).map(id -> new Label(Resource.REGION, id));
		Optional<Label> own = resource.flatMap(topology::resource).map(one -> new Label(Resource.ZONE, one.label(Resource.ZONE))).filter(one -> !one.value().isEmpty());
		return new Subject(group, resource, zone.or(() -> region).or(() -> own).orElse(new Label(Resource.ZONE, "")));
	}

	private static Optional<String> first(List<Item> selected, Item.Kind kind) {
		return selected.stream().filter(item -> item.kind() == kind).map(Item::id).findFirst();
	}

	/** Whose traffic is meant: the whole estate where nothing else is. */
	String ofTraffic() {
		return group.map(id -> SeriesId.GROUP_PREFIX + id).or(() -> resource).orElse(Change.ESTATE);
	}

	/** A new change about it. */
	ChangeDraft draft(ChangeKind kind) {
		return switch (kind) {
		case TRAFFIC, GROWTH -> ChangeDraft.of(kind, ofTraffic());
		case ADD, SCALE, INSTANCE_TYPE, LATENCY_TARGET -> ChangeDraft.of(kind, group.orElse(""));
		case REMOVE, RESIZE -> ChangeDraft.of(kind, resource.orElse(""));
		case LOSS -> ChangeDraft.of(kind, "").with(ChangeDraft.LABEL, label.key()).with(ChangeDraft.VALUE, label.value());
		case PRICE -> ChangeDraft.of(kind, "");
		};
	}
}
