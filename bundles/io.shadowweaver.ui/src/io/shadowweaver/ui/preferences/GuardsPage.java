// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.provisioning.GroupLimits;
import io.shadowweaver.provisioning.GuardExamples;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** What the guards allow, for the estate and for single groups, and what each says when it refuses. The most restrictive wins. */
public final class GuardsPage extends EstatePage {
	private static final String FREEZES = "freezes";
	private static final int LINES = 3;

	private final Map<String, GroupLimits> groups = new LinkedHashMap<>();
	private final Map<String, Label> sentences = new LinkedHashMap<>();
	private List<ScalingGroup> known = List.of();
	private Combo group;
	private Label own;

	@Override
	protected String describe(String estateName) {
		return "What automation of '" + estateName + "' may do. Every guard must agree, in this order; the sentence of one that refuses stands at the plan.";
	}

	@Override
	protected void fill(Composite parent, ProvisioningSettings settings) {
		groups.putAll(settings.groups());
		Map<String, String> texts = GuardForm.texts(settings);
		groupChoice(parent);
		for (GuardForm.Section section : GuardForm.SECTIONS) {
			SettingsFields.heading(parent, section.guard().substring(0, 1).toUpperCase(java.util.Locale.ROOT) + section.guard().substring(1));
			if (!section.where().isEmpty()) {
				SettingsFields.words(parent, section.where());
			}
			fields().add(parent, section.fields(), texts);
			if (section.guard().equals(GuardForm.FREEZE)) {
				fields().tall(parent, FREEZES, "Windows", FreezeText.text(settings.limits().freezes()), FreezeText.HINT, LINES);
			}
			sentences.put(section.guard(), SettingsFields.words(parent, ""));
		}
	}

	private void groupChoice(Composite parent) {
		known = estate().orElseThrow().state().topology().groups().values().stream().sorted(java.util.Comparator.comparing(ScalingGroup::name)).toList();
		new Label(parent, SWT.NONE).setText("For one group:");
		group = new Combo(parent, SWT.READ_ONLY);
		group.setItems(known.stream().map(ScalingGroup::name).toArray(String[]::new));
		group.setEnabled(!known.isEmpty());
		group.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Button edit = new Button(parent, SWT.PUSH);
		edit.setText("Own limits…");
		edit.setToolTipText("What holds for this group instead; what is left empty there is as for all");
		edit.setEnabled(!known.isEmpty());
		edit.addListener(SWT.Selection, event -> editGroup());
		own = SettingsFields.words(parent, "");
		if (!known.isEmpty()) {
			group.select(0);
		}
	}

	private void editGroup() {
		ScalingGroup chosen = known.get(group.getSelectionIndex());
		GroupLimitsDialog dialog = new GroupLimitsDialog(getShell(), chosen.name(), groups.getOrDefault(chosen.id(), GroupLimits.NONE));
		if (dialog.open() == Window.OK) {
			groups.put(chosen.id(), dialog.result());
			validate();
		}
	}

	@Override
	protected ProvisioningSettings read(ProvisioningSettings settings) {
		ProvisioningSettings read = GuardForm.read(settings, fields()::text, fields().text(FREEZES));
		for (Map.Entry<String, GroupLimits> limits : groups.entrySet()) {
			read = read.with(limits.getKey(), limits.getValue());
		}
		return read;
	}

	@Override
	protected void changed(ProvisioningSettings wanted) {
		Instant now = estate().orElseThrow().state().time();
		Map<String, List<GuardOutcome>> said = GuardExamples.of(wanted, now).stream().collect(Collectors.groupingBy(GuardOutcome::guard));
		sentences.forEach((guard, label) -> label.setText(Optional.ofNullable(said.get(guard)).map(one -> GuardForm.says(one, now)).orElse("")));
		List<String> special = known.stream().filter(one -> !wanted.groups().getOrDefault(one.id(), GroupLimits.NONE).equals(GroupLimits.NONE)).map(ScalingGroup::name).toList();
		own.setText(known.isEmpty() ? "No scaling group is known yet." : special.isEmpty() ? "No group has limits of its own." : "Groups with limits of their own: " + String.join(", ", special) + ".");
		fit();
	}

	@Override
	protected ProvisioningSettings over(ProvisioningSettings newest, ProvisioningSettings wanted) {
		ProvisioningSettings all = newest.with(wanted.limits()).with(wanted.oversight());
		for (Map.Entry<String, GroupLimits> limits : wanted.groups().entrySet()) {
			all = all.with(limits.getKey(), limits.getValue());
		}
		return all;
	}

	@Override
	protected void defaults(ProvisioningSettings standard) {
		fields().set(GuardForm.texts(standard));
		fields().set(Map.of(FREEZES, ""));
		groups.replaceAll((id, limits) -> GroupLimits.NONE);
	}
}
