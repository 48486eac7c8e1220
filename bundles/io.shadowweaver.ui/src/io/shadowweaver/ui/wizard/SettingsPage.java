// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.ConnectionDraft;
import io.shadowweaver.ui.core.EstateHandle;

/** The name, the estate and the declared settings of the connection, with a test of it. */
final class SettingsPage extends WizardPage {
	private final Backend backend;
	private final GroupsPage groups;
	private final List<EstateHandle> all;
	private List<EstateHandle> offered = List.of();
	private Optional<ConnectionDraft> before = Optional.empty();
	private ScrolledComposite scroller;
	private Text name;
	private Combo estate;
	private Label speedLabel;
	private Text speed;
	private TestButton test;
	private ParameterForm form;
	private ContributionInfo shown;

	SettingsPage(Backend backend, GroupsPage groups) {
		super("settings", "How is it reached?", null);
		this.backend = backend;
		this.groups = groups;
		all = List.copyOf(backend.estates());
	}

	@Override
	public void createControl(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout(2, false));
		new Label(all, SWT.NONE).setText("Name *:");
		name = new Text(all, SWT.BORDER);
		name.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		name.addListener(SWT.Modify, event -> validate());
		new Label(all, SWT.NONE).setText("Estate:");
		estate = new Combo(all, SWT.READ_ONLY);
		estate.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		speedLabel = new Label(all, SWT.NONE);
		speedLabel.setText("Speed:");
		speedLabel.setLayoutData(new GridData());
		speed = new Text(all, SWT.BORDER);
		speed.setToolTipText("Estate seconds a real second; 1 is real time");
		speed.setText("60");
		speed.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		speed.addListener(SWT.Modify, event -> validate());
		scroller = new ScrolledComposite(all, SWT.V_SCROLL | SWT.BORDER);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
		big.heightHint = 260;
		scroller.setLayoutData(big);
		scroller.setExpandHorizontal(true);
		scroller.setExpandVertical(true);
		test = new TestButton(all, this::test, this::setMessage);
		setControl(all);
		setPageComplete(false);
	}

	/** Shows the form of another source. */
	void show(ContributionInfo source) {
		if (source.equals(shown)) {
			return;
		}
		shown = source;
		if (form != null) {
			form.control().dispose();
		}
		form = new ParameterForm(scroller, source.parameters().stream().filter(parameter -> !isGroups(parameter)).toList(), this::validate);
		scroller.setContent(form.control());
		scroller.setMinSize(form.control().computeSize(SWT.DEFAULT, SWT.DEFAULT));
		name.setText(source.name());
		estate.removeAll();
		offered = isProvider() ? all : source.ownTime() ? List.of() : all.stream().filter(one -> !one.ownTime()).toList();
		if (!isProvider()) {
			estate.add("An estate of its own");
		}
		offered.forEach(one -> estate.add("Join '" + one.name() + "'"));
		estate.select(0);
		estate.setEnabled(isProvider() || !source.ownTime());
		speedShown(source.ownTime());
		setTitle(source.name());
		setDescription(source.description());
		validate();
	}

	/** Shows the form of a connection that is changed. */
	void show(ContributionInfo source, ConnectionDraft changed) {
		show(source);
		before = Optional.of(changed);
		name.setText(changed.name());
		form.change(changed.settings());
		int index = offered.stream().map(EstateHandle::id).toList().indexOf(changed.estate());
		estate.select(isProvider() ? index : index + 1);
		estate.setEnabled(false);
		speedShown(false);
		setDescription("A secret that is left blank stays as it was. The estate is opened anew.");
		validate();
	}

	/** Only an estate with a time of its own has a speed, and a connection that joins one has none to choose. */
	private void speedShown(boolean visible) {
		for (Control control : List.of(speedLabel, speed)) {
			control.setVisible(visible);
			((GridData) control.getLayoutData()).exclude = !visible;
		}
		speed.getParent().layout();
	}

	private boolean isProvider() {
		return shown.point().equals(Points.PROVIDERS);
	}

	/** Whether a parameter is asked for on the page with the preview. */
	static boolean isGroups(Parameter parameter) {
		return parameter.key().equals("groups");
	}

	private void validate() {
		Optional<String> problem = form == null ? Optional.of("Choose a source or a provider first.")
				: name.getText().isBlank() ? Optional.of("The connection needs a name.")
						: isProvider() && offered.isEmpty() ? Optional.of("A provider account joins an estate, and there is none yet: connect a metric source first.")
								: speedProblem().or(form::problem);
		setErrorMessage(problem.orElse(null));
		setPageComplete(problem.isEmpty());
		test.ready(problem.isEmpty());
	}

	private Optional<String> speedProblem() {
		try {
			double factor = Double.parseDouble(speed.getText().strip());
			return factor > 0 && factor <= 1e6 ? Optional.empty() : Optional.of("Speed must be over 0 and at most 1,000,000.");
		} catch (NumberFormatException e) {
			return Optional.of("Speed '" + speed.getText() + "' is not a number.");
		}
	}

	private void test() {
		ConnectionDraft draft = draft();
		test.begin(shown.name(), progress -> {
			progress.report(0, draft.name());
			return backend.test(draft);
		});
	}

	/** All settings, those of the page with the groups included. */
	Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		// what has no field here stays as it was
		before.ifPresent(draft -> settings.putAll(draft.settings()));
		settings.putAll(form.values());
		groups.text().ifPresent(text -> settings.put("groups", text));
		return settings;
	}

	/** The form, for tests. */
	ParameterForm form() {
		return form;
	}

	/** The name of the connection. */
	String connectionName() {
		return name.getText().strip();
	}

	/** The estate to join; empty for one of its own. */
	String estate() {
		int index = estate.getSelectionIndex() - (isProvider() ? 0 : 1);
		return index < 0 ? "" : offered.get(index).id();
	}

	/** All that is filled in. */
	ConnectionDraft draft() {
		return new ConnectionDraft(shown.point(), before.map(ConnectionDraft::id).orElse(""), estate(), connectionName(), shown.id(), settings(), speed());
	}

	@Override
	public void dispose() {
		if (test != null) {
			test.dispose();
		}
		super.dispose();
	}

	/** How fast the estate's clock runs. */
	double speed() {
		return shown.ownTime() ? Double.parseDouble(speed.getText().strip()) : 1;
	}
}
