// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.ui.act.FieldDialog;
import io.shadowweaver.ui.act.Quantity;

/** Asks for one change of a scenario. */
final class ChangeDialog extends FieldDialog {
	private static final int MOST_CHOICES = 2_000;
	private static final String MOMENT = "now, +90m, +2h, +3d, or 2026-12-24T18:00:00Z";

	private final ChangeDraft draft;
	private final WeaverState state;
	private Change result;

	ChangeDialog(Shell shell, ChangeDraft draft, WeaverState state) {
		super(shell, draft.kind().title(), draft.kind().explanation() + ".");
		this.draft = draft;
		this.state = state;
	}

	/** What was asked for, when it was closed with OK. */
	Change result() {
		return result;
	}

	@Override
	protected void fill(Composite parent) {
		switch (draft.kind()) {
		case TRAFFIC -> {
			choose(parent, ChangeDraft.ON, "Of", subjects(), "The whole estate, a group or a resource");
			quantity(parent, ChangeDraft.FACTOR);
			quantity(parent, ChangeDraft.MORE);
			moment(parent, ChangeDraft.FROM, "From");
			Map<String, String> shapes = new LinkedHashMap<>();
			shapes.put(Change.Shape.STEP.name(), "at once, and it stays");
			shapes.put(Change.Shape.RAMP.name(), "evenly, and it stays");
			shapes.put(Change.Shape.SPIKE.name(), "at once, and over after a while");
			choose(parent, ChangeDraft.SHAPE, "How", shapes, "How it changes over time");
			quantity(parent, ChangeDraft.SPAN);
		}
		case GROWTH -> {
			choose(parent, ChangeDraft.ON, "Of", subjects(), "The whole estate, a group or a resource");
			quantity(parent, ChangeDraft.GROWTH);
		}
		case ADD -> {
			group(parent);
			quantity(parent, ChangeDraft.COUNT);
			capacity(parent, "as the largest member's where it is empty");
			field(parent, ChangeDraft.ZONE, "Zone", draft.field(ChangeDraft.ZONE), "The group's zones in turn where it is empty");
			quantity(parent, ChangeDraft.PRICE);
			moment(parent, ChangeDraft.FROM, "Ready");
		}
		case REMOVE -> {
			choose(parent, ChangeDraft.ON, "Resource", resources(), "Which");
			moment(parent, ChangeDraft.FROM, "From");
		}
		case RESIZE -> {
			choose(parent, ChangeDraft.ON, "Resource", resources(), "Which");
			capacity(parent, "what is left out stays");
		}
		case SCALE -> {
			group(parent);
			quantity(parent, ChangeDraft.FACTOR);
		}
		case INSTANCE_TYPE -> {
			group(parent);
			capacity(parent, "of each member");
			quantity(parent, ChangeDraft.PRICE);
		}
		case LOSS -> {
			label(parent);
			moment(parent, ChangeDraft.FROM, "From");
			field(parent, ChangeDraft.UNTIL, "Until", draft.field(ChangeDraft.UNTIL), "Never back where it is empty; " + MOMENT);
		}
		case PRICE -> {
			label(parent);
			quantity(parent, ChangeDraft.FACTOR);
		}
		case LATENCY_TARGET -> {
			group(parent);
			quantity(parent, ChangeDraft.TARGET);
		}
		}
	}

	private void choose(Composite parent, String key, String label, Map<String, String> choices, String tip) {
		choice(parent, key, label, choices, draft.field(key), tip);
	}

	private void quantity(Composite parent, Quantity quantity) {
		field(parent, quantity, draft.field(quantity.key()));
	}

	private void moment(Composite parent, String key, String label) {
		field(parent, key, label, draft.field(key), MOMENT);
	}

	private void capacity(Composite parent, String missing) {
		field(parent, ChangeDraft.CAPACITY, "Capacity", draft.field(ChangeDraft.CAPACITY), "By metric in its base unit, such as cpu=8, memory=34359738368, requests=400; " + missing);
	}

	private void group(Composite parent) {
		Map<String, String> groups = new LinkedHashMap<>();
		state.topology().groups().values().forEach(group -> groups.put(group.id(), group.name()));
		choose(parent, ChangeDraft.ON, "Group", groups, "Which");
	}

	private void label(Composite parent) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String label : new String[] { Resource.ZONE, Resource.REGION, Resource.PROVIDER, Resource.TIER }) {
			labels.put(label, label);
		}
		choose(parent, ChangeDraft.LABEL, "Label", labels, "By what it is chosen");
		TreeSet<String> values = new TreeSet<>();
		for (Resource resource : state.topology().resources().values()) {
			labels.keySet().stream().map(resource::label).filter(value -> !value.isEmpty()).forEach(values::add);
		}
		Map<String, String> choices = new LinkedHashMap<>();
		values.stream().limit(MOST_CHOICES).forEach(value -> choices.put(value, value));
		choose(parent, ChangeDraft.VALUE, "Value", choices, "Which of them");
	}

	private Map<String, String> subjects() {
		Map<String, String> subjects = new LinkedHashMap<>();
		subjects.put(Change.ESTATE, "the whole estate");
		state.topology().groups().values().forEach(group -> subjects.put(SeriesId.GROUP_PREFIX + group.id(), "group " + group.name()));
		subjects.putAll(resources());
		return subjects;
	}

	private Map<String, String> resources() {
		Map<String, String> resources = new LinkedHashMap<>();
		state.topology().resources().values().stream().filter(resource -> resource.lifecycle().carriesLoad()).limit(MOST_CHOICES)
				.forEach(resource -> resources.put(resource.id(), resource.name()));
		return resources;
	}

	@Override
	protected void read() {
		Map<String, String> fields = new LinkedHashMap<>();
		keys().forEach(key -> fields.put(key, text(key)));
		result = new ChangeDraft(draft.kind(), fields).change();
	}
}
