// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

import io.shadowweaver.ui.core.Palettes;

/** Palette and motion. Dark and light come from the theme of the workbench. */
public final class AppearancePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
	/** Made by the workbench. */
	public AppearancePage() {
		super(GRID);
		setDescription("How load is coloured in all windows. Dark or light follows the theme of the workbench.");
	}

	@Override
	public void init(IWorkbench workbench) {
		setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, Palettes.NODE));
	}

	@Override
	protected void createFieldEditors() {
		addField(new BooleanFieldEditor(Palettes.SAFE, "Colours that are safe with any colour sight", getFieldEditorParent()));
		addField(new BooleanFieldEditor(Palettes.REDUCED_MOTION, "Reduced motion: nothing pulses, a double outline marks a breach; flows move only where they are switched on",
				getFieldEditorParent()));
	}
}
