// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.ui.core.AccountInfo;

/** What an operator decides of a scaling group: how members are made and where, how many, and when one counts. */
public final class GroupDialog extends FieldDialog {
	private static final String[] HEADS = { "Account", "Offers", "Image", "Network", "Registration" };
	private static final int[] WIDTHS = { 110, 140, 140, 110, 150 };

	private final GroupDraft start;
	private final GroupSettings before;
	private final List<AccountInfo> accounts;
	private final List<Template> templates;
	private Table table;
	private Button survives;
	private GroupSettings after;

	/**
	 * @param shell    the parent
	 * @param group    as it is
	 * @param before   what was decided of it so far
	 * @param accounts in which members may be made
	 */
	public GroupDialog(Shell shell, ScalingGroup group, GroupSettings before, List<AccountInfo> accounts) {
		super(shell, "Group " + group.name(), accounts.isEmpty() ? "There is no provider account yet, so no member can be made: File > New connection makes one."
				: "What is decided here goes before what the source says. The first account is the preferred one; all of them are compared by cost.");
		start = GroupDraft.of(group);
		this.before = before;
		this.accounts = List.copyOf(accounts);
		templates = new ArrayList<>(group.templates());
	}

	@Override
	protected void fill(Composite parent) {
		field(parent, GroupDraft.MIN, start.min());
		field(parent, GroupDraft.MAX, start.max());
		field(parent, GroupDraft.STEP, start.step());
		templates(parent);
		field(parent, "zones", "Zones", start.zones(), "Where members may stand; empty for any");
		field(parent, "requires", "Required labels", start.requires(), "What a new member must have, such as provider=openstack, region=eu; empty for nothing");
		field(parent, GroupDraft.SKEW, start.maxSkew());
		new Label(parent, SWT.NONE);
		survives = new Button(parent, SWT.CHECK);
		survives.setText("Carries its load without any one of its zones");
		survives.setSelection(start.survivesZoneLoss());
		survives.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
		hinted(parent, "readiness", "Readiness", start.readiness(), "traffic, running, tcp:PORT, or http://{address}/…", "What must hold before a new member counts");
		field(parent, GroupDraft.DRAIN, start.drain());
	}

	private void templates(Composite parent) {
		Label label = new Label(parent, SWT.NONE);
		label.setText("Templates:");
		label.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
		Composite both = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(2, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		both.setLayout(layout);
		both.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
		table = new Table(both, SWT.BORDER | SWT.FULL_SELECTION | SWT.SINGLE);
		table.setHeaderVisible(true);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 1, 4);
		big.heightHint = 110;
		table.setLayoutData(big);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.LEFT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		table.addListener(SWT.DefaultSelection, event -> edit());
		button(both, "Add…", this::add);
		button(both, "Edit…", this::edit);
		button(both, "Prefer", () -> move(table.getSelectionIndex()));
		button(both, "Remove", () -> remove(table.getSelectionIndex()));
		show(-1);
	}

	private static void button(Composite parent, String label, Runnable action) {
		Button button = new Button(parent, SWT.PUSH);
		button.setText(label);
		button.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, false, false));
		button.addListener(SWT.Selection, event -> action.run());
	}

	private List<AccountInfo> free(String own) {
		return accounts.stream().filter(account -> account.id().equals(own) || templates.stream().noneMatch(one -> one.provider().equals(account.id()))).toList();
	}

	private void add() {
		List<AccountInfo> free = free("");
		if (free.isEmpty()) {
			setMessage(accounts.isEmpty() ? "There is no provider account yet: File > New connection makes one." : "Each account has its template already.");
			return;
		}
		Template fresh = new Template(free.getFirst().id(), List.of(), "", "", "", templates.isEmpty() ? java.util.Map.of() : templates.getFirst().tags(), "");
		TemplateDialog dialog = new TemplateDialog(getShell(), free, fresh);
		if (dialog.open() == Window.OK) {
			templates.add(dialog.result());
			show(templates.size() - 1);
		}
	}

	private void edit() {
		int index = table.getSelectionIndex();
		if (index >= 0) {
			TemplateDialog dialog = new TemplateDialog(getShell(), free(templates.get(index).provider()), templates.get(index));
			if (dialog.open() == Window.OK) {
				templates.set(index, dialog.result());
				show(index);
			}
		}
	}

	private void move(int index) {
		if (index > 0) {
			Collections.rotate(templates.subList(0, index + 1), 1);
			show(0);
		}
	}

	private void remove(int index) {
		if (index >= 0) {
			templates.remove(index);
			show(-1);
		}
	}

	private String account(String id) {
		return accounts.stream().filter(one -> one.id().equals(id)).map(AccountInfo::name).findFirst().orElse(id);
	}

	private void show(int selected) {
		table.removeAll();
		for (Template template : templates) {
			new TableItem(table, SWT.NONE).setText(new String[] { account(template.provider()), template.offers().isEmpty() ? "all" : String.join(", ", template.offers()), template.image(),
					template.network(), template.registration() });
		}
		if (selected >= 0) {
			table.select(selected);
		}
		validate();
	}

	@Override
	protected void read() {
		after = new GroupDraft(text("min"), text("max"), text("step"), text("zones"), text("skew"), survives.getSelection(), text("requires"), text("readiness"), text("drain"),
				templates).settings(before);
	}

	/** What was decided; after the dialog was closed with OK. */
	public GroupSettings result() {
		return after;
	}
}
