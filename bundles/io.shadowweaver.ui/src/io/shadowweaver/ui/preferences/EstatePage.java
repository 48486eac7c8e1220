// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.Optional;

import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** A page on the automation of the active estate. What is wrong is said as it is typed, with the field and its range. */
abstract class EstatePage extends PreferencePage implements IWorkbenchPreferencePage {
	private final SettingsFields fields = new SettingsFields(this::validate);
	private Optional<EstateHandle> estate = Optional.empty();
	private ProvisioningSettings before = ProvisioningSettings.defaults();
	private String person = "";
	private ScrolledForm form;
	private boolean filled;

	@Override
	public final void init(IWorkbench workbench) {
		Estates estates = workbench.getService(Estates.class);
		estate = estates.active();
		person = estates.person();
		estate.ifPresent(one -> before = one.automation().settings());
		setDescription(estate.map(one -> describe(one.name())).orElse(estates.why()));
	}

	/** What the page is about. */
	protected abstract String describe(String estateName);

	/** Makes the fields, in three columns. */
	protected abstract void fill(Composite parent, ProvisioningSettings settings);

	/**
	 * Reads the fields.
	 *
	 * @throws IllegalArgumentException with a sentence, where one is wrong
	 */
	protected abstract ProvisioningSettings read(ProvisioningSettings settings);

	/** What the fields come to, each time that they were changed and are right. */
	protected void changed(ProvisioningSettings wanted) {
		// most pages show nothing that follows from their fields
	}

	/** Fills the defaults in. */
	protected abstract void defaults(ProvisioningSettings standard);

	/** Puts what this page decides over the newest settings, which another page may have changed meanwhile. */
	protected abstract ProvisioningSettings over(ProvisioningSettings newest, ProvisioningSettings wanted);

	/**
	 * Asks what has to be asked, and keeps what the page decides beside the settings.
	 *
	 * @return whether the page may be closed
	 */
	protected boolean decide(EstateHandle one) {
		return true;
	}

	/** The fields. */
	protected final SettingsFields fields() {
		return fields;
	}

	/** The estate; empty for none. */
	protected final Optional<EstateHandle> estate() {
		return estate;
	}

	/** Whose name is written beside what is decided. */
	protected final String person() {
		return person;
	}

	@Override
	protected final Control createContents(Composite parent) {
		form = new ScrolledForm(parent);
		if (estate.isPresent()) {
			fill(form.body(), before);
			filled = true;
		} else {
			noDefaultButton();
		}
		validate();
		return form.control();
	}

	/** Lays out anew, after a text has become longer or shorter. */
	protected final void fit() {
		form.fit();
	}

	/** Says what is wrong; after each change. */
	protected final void validate() {
		String problem = null;
		if (filled) {
			try {
				changed(read(before));
			} catch (IllegalArgumentException e) {
				problem = e.getMessage();
			}
		}
		setErrorMessage(problem);
		setValid(problem == null);
	}

	@Override
	protected final void performDefaults() {
		if (filled) {
			defaults(ProvisioningSettings.defaults());
			validate();
		}
		super.performDefaults();
	}

	@Override
	public final boolean performOk() {
		if (!filled) {
			return true;
		}
		EstateHandle one = estate.orElseThrow();
		if (!decide(one)) {
			return false;
		}
		ProvisioningSettings wanted = read(before);
		if (!wanted.equals(before)) {
			before = wanted;
			Estates.later("Set limits of " + one.name(), () -> one.automation().settings(over(one.automation().settings(), wanted)));
		}
		return true;
	}
}
