// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** How far automation may go, for each scaling group of the active estate. */
public final class ModesPage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final List<String> WORDS = List.of("off: no plans", "observe: plans are shown and judged", "propose: plans wait for a person",
			"auto: plans are carried out");

	private final Map<String, Combo> combos = new HashMap<>();
	private Optional<EstateHandle> estate = Optional.empty();
	private String why = "";

	@Override
	public void init(IWorkbench workbench) {
		Estates estates = workbench.getService(Estates.class);
		estate = estates.active();
		why = estates.why();
		noDefaultButton();
		setDescription(estate.map(one -> "How far automation may go for the groups of '" + one.name() + "'.").orElse(why));
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout(2, false));
		if (estate.isPresent()) {
			WeaverState state = estate.get().state();
			for (ScalingGroup group : state.topology().groups().values()) {
				new Label(all, SWT.NONE).setText(group.name() + ":");
				Combo combo = new Combo(all, SWT.READ_ONLY);
				combo.setItems(WORDS.toArray(String[]::new));
				combo.select(state.mode(group.id()).ordinal());
				combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
				combos.put(group.id(), combo);
			}
			if (combos.isEmpty()) {
				new Label(all, SWT.NONE).setText("This estate has no scaling group.");
			}
		}
		return all;
	}

	@Override
	public boolean performOk() {
		estate.ifPresent(one -> {
			Map<String, Mode> changed = new HashMap<>();
			combos.forEach((group, combo) -> {
				Mode chosen = Mode.values()[combo.getSelectionIndex()];
				if (chosen != one.state().mode(group)) {
					changed.put(group, chosen);
				}
			});
			if (!changed.isEmpty()) {
				Estates.later("Set modes", () -> new ArrayList<>(changed.entrySet()).forEach(entry -> one.mode(entry.getKey(), entry.getValue())));
			}
		});
		return true;
	}
}
