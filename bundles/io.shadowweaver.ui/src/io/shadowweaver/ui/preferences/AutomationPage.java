// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.ProvisioningSettings.ScaleIn;
import io.shadowweaver.ui.act.AutoMode;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;

/** How far automation may go by group, when and how much is planned, and when machines are removed. */
public final class AutomationPage extends EstatePage {
	private static final List<String> MODES = List.of("off: no plans", "observe: plans are shown and judged", "propose: plans wait for a person", "auto: plans are carried out");
	private static final String[] HEADS = { "Group", "Mode", "Removes machines", "Has earned auto" };
	private static final int[] WIDTHS = { 170, 110, 160, 160 };
	private static final int ROWS = 6;

	private final Map<String, Mode> modes = new LinkedHashMap<>();
	private final Set<String> removing = new HashSet<>();
	private List<ScalingGroup> groups = List.of();
	private Map<String, Promotion> promotions = Map.of();
	private Table table;
	private Combo mode;
	private Button remove;
	private Label earned;

	@Override
	protected String describe(String estateName) {
		return "How far automation may go for the groups of '" + estateName + "', and how it plans. What it may do is on the pages Guards and Budget.";
	}

	@Override
	protected void fill(Composite parent, ProvisioningSettings settings) {
		WeaverState state = estate().orElseThrow().state();
		groups = state.topology().groups().values().stream().sorted(Comparator.comparing(ScalingGroup::name)).toList();
		groups.forEach(group -> modes.put(group.id(), state.mode(group.id())));
		groups.stream().map(ScalingGroup::id).filter(settings.scaleIn()::isOn).forEach(removing::add);
		promotions = state.report().promotions().stream().collect(Collectors.toMap(Promotion::group, one -> one, (one, other) -> one));
		if (groups.isEmpty()) {
			SettingsFields.words(parent, "'" + state.name() + "' has no scaling group yet, so there is nothing to automate.");
		} else {
			table(parent);
		}
		Map<String, String> texts = AutomationForm.texts(settings);
		SettingsFields.heading(parent, "Plans");
		fields().add(parent, AutomationForm.PLANNING, texts);
		SettingsFields.heading(parent, "Removing machines");
		SettingsFields.words(parent, "Only what was made from here is removed, and only in groups in which that is on.");
		fields().add(parent, AutomationForm.REMOVING, texts);
		SettingsFields.heading(parent, "Mode auto is offered to a group");
		fields().add(parent, AutomationForm.EARNING, texts);
	}

	private void table(Composite parent) {
		table = new Table(parent, SWT.BORDER | SWT.FULL_SELECTION | SWT.MULTI);
		table.setHeaderVisible(true);
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, false, 3, 1);
		wide.heightHint = Math.min(ROWS, groups.size() + 1) * table.getItemHeight();
		table.setLayoutData(wide);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.LEFT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		groups.forEach(group -> new TableItem(table, SWT.NONE).setText(row(group)));
		new Label(parent, SWT.NONE).setText("Selected groups:");
		mode = new Combo(parent, SWT.READ_ONLY);
		mode.setItems(MODES.toArray(String[]::new));
		mode.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		remove = new Button(parent, SWT.CHECK);
		remove.setText("remove machines again");
		remove.setToolTipText("Whether machines that were made from here are removed when demand leaves room for long enough");
		earned = SettingsFields.words(parent, "");
		table.addListener(SWT.Selection, event -> selected());
		mode.addListener(SWT.Selection, event -> edit(id -> modes.put(id, Mode.values()[mode.getSelectionIndex()])));
		remove.addListener(SWT.Selection, event -> edit(id -> {
			if (remove.getSelection()) {
				removing.add(id);
			} else {
				removing.remove(id);
			}
		}));
		table.select(0);
		selected();
	}

	private String[] row(ScalingGroup group) {
		Promotion promotion = promotions.get(group.id());
		String progress = promotion == null ? Formats.NONE : promotion.offered() ? "yes: it is offered" : Formats.percent(promotion.progress()) + " of the period";
		return new String[] { group.name(), Formats.words(modes.get(group.id())), removing.contains(group.id()) ? "yes" : "no", progress };
	}

	private void selected() {
		int index = table.getSelectionIndex();
		mode.setEnabled(index >= 0);
		remove.setEnabled(index >= 0);
		if (index >= 0) {
			ScalingGroup group = groups.get(index);
			mode.select(modes.get(group.id()).ordinal());
			remove.setSelection(removing.contains(group.id()));
			Promotion promotion = promotions.get(group.id());
			earned.setText(group.name() + ": " + (promotion == null ? "nothing was measured yet that would speak for mode auto." : Formats.said(promotion.sentence(), estate().orElseThrow().state().time())));
		}
	}

	private void edit(java.util.function.Consumer<String> change) {
		for (int index : table.getSelectionIndices()) {
			change.accept(groups.get(index).id());
			table.getItem(index).setText(row(groups.get(index)));
		}
		validate();
	}

	@Override
	protected ProvisioningSettings read(ProvisioningSettings settings) {
		ProvisioningSettings read = AutomationForm.read(settings, fields()::text);
		return read.withScaleIn(removed(settings.scaleIn().groups()));
	}

	/** Groups that are not known now stay as they were; where it was on for all and still is, it stays on for those to come. */
	private Set<String> removed(Set<String> before) {
		Set<String> known = groups.stream().map(ScalingGroup::id).collect(Collectors.toSet());
		if (before.contains(ScaleIn.ALL) && removing.containsAll(known)) {
			return before;
		}
		Set<String> wanted = new HashSet<>(before);
		wanted.remove(ScaleIn.ALL);
		wanted.removeAll(known);
		wanted.addAll(removing);
		return wanted;
	}

	@Override
	protected boolean decide(EstateHandle one) {
		WeaverState state = one.state();
		List<String> changed = modes.keySet().stream().filter(id -> modes.get(id) != state.mode(id)).toList();
		List<String> bold = changed.stream().filter(id -> modes.get(id) == Mode.AUTO).toList();
		if (!bold.isEmpty() && !AutoMode.isConfirmed(getShell(), state, bold)) {
			return false;
		}
		Map<String, Mode> wanted = Map.copyOf(modes);
		if (!changed.isEmpty()) {
			Estates.later("Set modes", () -> changed.forEach(id -> one.mode(id, wanted.get(id))));
		}
		return true;
	}

	@Override
	protected void changed(ProvisioningSettings wanted) {
		fit();
	}

	@Override
	protected ProvisioningSettings over(ProvisioningSettings newest, ProvisioningSettings wanted) {
		return newest.with(wanted.planning()).with(wanted.scaleIn()).with(wanted.earning());
	}

	@Override
	protected void defaults(ProvisioningSettings standard) {
		fields().set(AutomationForm.texts(standard));
		removing.clear();
		for (int i = 0; i < groups.size(); i++) {
			table.getItem(i).setText(row(groups.get(i)));
		}
		if (table != null) {
			selected();
		}
	}
}
