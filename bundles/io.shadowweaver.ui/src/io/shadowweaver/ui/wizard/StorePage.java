// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;

/** The name and the declared settings of a store, with a test of it. */
final class StorePage extends WizardPage {
	private static final int HEIGHT = 260;

	private final ArchiveStores stores;
	private Optional<Connection> before = Optional.empty();
	private ScrolledComposite scroller;
	private Text name;
	private TestButton test;
	private ParameterForm form;
	private ContributionInfo shown;

	StorePage(ArchiveStores stores) {
		super("store", "How is it reached?", null);
		this.stores = stores;
	}

	@Override
	public void createControl(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout(2, false));
		new Label(all, SWT.NONE).setText("Name *:");
		name = new Text(all, SWT.BORDER);
		name.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		name.setToolTipText("By which 'weave archive --to' knows it as well");
		name.addListener(SWT.Modify, event -> validate());
		scroller = new ScrolledComposite(all, SWT.V_SCROLL | SWT.BORDER);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
		big.heightHint = HEIGHT;
		scroller.setLayoutData(big);
		scroller.setExpandHorizontal(true);
		scroller.setExpandVertical(true);
		test = new TestButton(all, this::test, this::setMessage);
		setControl(all);
		setPageComplete(false);
	}

	/** Shows the form of another kind of store. */
	void show(ContributionInfo kind) {
		if (kind.equals(shown)) {
			return;
		}
		shown = kind;
		if (form != null) {
			form.control().dispose();
		}
		form = new ParameterForm(scroller, kind.parameters(), this::validate);
		scroller.setContent(form.control());
		scroller.setMinSize(form.control().computeSize(SWT.DEFAULT, SWT.DEFAULT));
		name.setText(kind.name());
		setTitle(kind.name());
		setDescription(kind.description());
		validate();
	}

	/** Shows the form of a store that is changed. */
	void show(ContributionInfo kind, Connection changed) {
		show(kind);
		before = Optional.of(changed);
		name.setText(changed.name());
		form.change(changed.settings());
		setDescription("A secret that is left blank stays as it was.");
		validate();
	}

	private void validate() {
		Optional<String> problem = form == null ? Optional.of("Choose a kind of store first.") : name.getText().isBlank() ? Optional.of("The store needs a name.") : form.problem();
		setErrorMessage(problem.orElse(null));
		setPageComplete(problem.isEmpty());
		test.ready(problem.isEmpty());
	}

	private void test() {
		String type = type();
		Map<String, String> settings = settings();
		test.begin(storeName(), progress -> stores.test(id(), type, settings, progress));
	}

	/** The id of the store that is changed; empty for a new one. */
	String id() {
		return before.map(Connection::id).orElse("");
	}

	/** The id of the contribution. */
	String type() {
		return shown.id();
	}

	String storeName() {
		return name.getText().strip();
	}

	/** Text by key, secrets included. */
	Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		// what has no field here stays as it was
		before.ifPresent(store -> settings.putAll(store.settings()));
		settings.putAll(form.values());
		return settings;
	}

	@Override
	public void dispose() {
		if (test != null) {
			test.dispose();
		}
		super.dispose();
	}
}
