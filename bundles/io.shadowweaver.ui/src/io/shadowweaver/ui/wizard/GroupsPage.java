// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.ui.core.Backend;

/** The rules that make groups of resources, with what they would make now, and what they leave out. */
final class GroupsPage extends WizardPage {
	private static final int PATIENCE_MILLIS = 700;
	private static final int SHOWN = 200;

	private final Backend backend;
	private Supplier<Map<String, String>> settings = Map::of;
	private Text rules;
	private Label help;
	private Label answer;
	private Tree tree;
	private ContributionInfo source;
	private Job asking;

	GroupsPage(Backend backend) {
		super("groups", "Which resources scale together?", null);
		this.backend = backend;
		setMessage("Each resource joins the group of the first rule that fits it. The preview follows as you type.");
	}

	/** Where the other settings come from. */
	void settings(Supplier<Map<String, String>> all) {
		settings = all;
	}

	@Override
	public void createControl(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout());
		rules = new Text(all, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		GridData tall = new GridData(SWT.FILL, SWT.FILL, true, false);
		tall.heightHint = 5 * rules.getLineHeight();
		rules.setLayoutData(tall);
		rules.addListener(SWT.Modify, event -> ask());
		help = new Label(all, SWT.WRAP);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = 400;
		help.setLayoutData(wide);
		answer = new Label(all, SWT.WRAP);
		answer.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		tree = new Tree(all, SWT.BORDER);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true);
		big.heightHint = 180;
		tree.setLayoutData(big);
		setControl(all);
	}

	/** Whether a source has rules for groups. */
	static boolean isFor(ContributionInfo source) {
		return source.parameters().stream().anyMatch(SettingsPage::isGroups);
	}

	/** Shows the rules of another source. */
	void show(ContributionInfo next) {
		if (!next.equals(source)) {
			source = next;
			Parameter parameter = next.parameters().stream().filter(SettingsPage::isGroups).findFirst().orElseThrow();
			help.setText(parameter.help());
			rules.setText(parameter.defaultValue());
		}
	}

	@Override
	public void setVisible(boolean visible) {
		super.setVisible(visible);
		if (visible) {
			ask();
		}
	}

	/** The rules as they are typed; empty where the source has none. */
	Optional<String> text() {
		return source != null && isFor(source) && rules != null ? Optional.of(rules.getText()) : Optional.empty();
	}

	private void ask() {
		if (asking != null) {
			asking.cancel();
		}
		if (source == null || !isCurrentPage()) {
			return;
		}
		Display display = tree.getDisplay();
		Map<String, String> values = settings.get();
		String type = source.id();
		answer.setText("Asking for resources …");
		asking = new Job("Asking for the groups") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				Runnable result;
				try {
					Optional<GroupPreview> preview = backend.preview(type, values);
					result = () -> show(preview);
				} catch (PluginException e) {
					result = () -> failed(e.getMessage());
				} catch (RuntimeException e) {
					result = () -> failed(type + " failed: " + e);
				}
				Runnable shown = result;
				if (!monitor.isCanceled() && !display.isDisposed()) {
					display.asyncExec(() -> {
						if (!tree.isDisposed() && asking == this) {
							shown.run();
						}
					});
				}
				return Status.OK_STATUS;
			}
		};
		asking.setSystem(true);
		asking.schedule(PATIENCE_MILLIS);
	}

	private void failed(String why) {
		tree.removeAll();
		answer.setText("");
		setErrorMessage(why);
	}

	private void show(Optional<GroupPreview> preview) {
		setErrorMessage(null);
		tree.removeAll();
		if (preview.isEmpty()) {
			answer.setText("This source cannot say before it is opened; the Infrastructure view will show the groups.");
			return;
		}
		int members = preview.get().groups().values().stream().mapToInt(List::size).sum();
		answer.setText("Groups: " + preview.get().groups().size() + ", with resources: " + members + "; in no group: "
				+ preview.get().unmatched().size() + ".");
		preview.get().groups().forEach((group, resources) -> branch(group + " (" + resources.size() + ")", resources));
		if (!preview.get().unmatched().isEmpty()) {
			branch("In no group (" + preview.get().unmatched().size() + ")", preview.get().unmatched());
		}
		answer.getParent().layout();
	}

	private void branch(String title, List<String> resources) {
		TreeItem branch = new TreeItem(tree, SWT.NONE);
		branch.setText(title);
		for (String resource : resources.subList(0, Math.min(SHOWN, resources.size()))) {
			new TreeItem(branch, SWT.NONE).setText(resource);
		}
		if (resources.size() > SHOWN) {
			new TreeItem(branch, SWT.NONE).setText("… and " + (resources.size() - SHOWN) + " more");
		}
	}

	@Override
	public void dispose() {
		if (asking != null) {
			asking.cancel();
		}
		super.dispose();
	}
}
