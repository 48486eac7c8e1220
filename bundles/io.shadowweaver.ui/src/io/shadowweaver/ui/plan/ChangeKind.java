// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import io.shadowweaver.engine.whatif.Change;

/** The kinds of change that a scenario may have, as menus and forms name them. */
enum ChangeKind {
	TRAFFIC("Traffic", "More or less traffic of a group, a resource or the whole estate"),
	GROWTH("Growth", "Traffic grows by a share a month, compound"),
	ADD("More members", "A group gets more members"),
	REMOVE("A resource less", "One resource goes"),
	RESIZE("Resize a resource", "One resource gets another capacity"),
	SCALE("Scale a group", "So many times the members of a group"),
	INSTANCE_TYPE("Other instance type", "All members of a group get another capacity"),
	LOSS("Loss", "Everything with a label goes: a zone, a region, a provider"),
	PRICE("Prices", "Prices change, of all or of what has a label"),
	LATENCY_TARGET("Latency target", "What mean response time is wanted of a group");

	private final String title;
	private final String explanation;

	ChangeKind(String title, String explanation) {
		this.title = title;
		this.explanation = explanation;
	}

	String title() {
		return title;
	}

	String explanation() {
		return explanation;
	}

	static ChangeKind of(Change change) {
		return switch (change) {
		case Change.Traffic one -> TRAFFIC;
		case Change.Growth one -> GROWTH;
		case Change.Add one -> ADD;
		case Change.Remove one -> REMOVE;
		case Change.Resize one -> RESIZE;
		case Change.Scale one -> SCALE;
		case Change.InstanceType one -> INSTANCE_TYPE;
		case Change.Loss one -> LOSS;
		case Change.PriceOf one -> PRICE;
		case Change.LatencyTarget one -> LATENCY_TARGET;
		};
	}
}
