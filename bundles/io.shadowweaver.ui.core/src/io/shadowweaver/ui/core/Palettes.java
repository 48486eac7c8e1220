// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.graphics.Color;
import org.eclipse.ui.IWorkbench;
import org.osgi.service.prefs.BackingStoreException;

/** The palette in use, by the operator's choice and the theme of the workbench. UI thread; {@link #current()} from any. */
public final class Palettes {
	/** Preference in {@link #NODE}: whether the palette safe with any colour sight is used. */
	public static final String SAFE = "palette.safe";
	/** Preference in {@link #NODE}: whether nothing pulses. */
	public static final String REDUCED_MOTION = "motion.reduced";
	/** The node of the preferences that all windows share. */
	public static final String NODE = "io.shadowweaver.ui.core";

	private final Listeners listeners = new Listeners();
	private final IEclipsePreferences preferences = InstanceScope.INSTANCE.getNode(NODE);
	private final IThemeEngine themes;
	private volatile Palette current;

	Palettes(IWorkbench workbench) {
		themes = workbench.getService(IThemeEngine.class);
		current = choose();
		workbench.getService(IEventBroker.class).subscribe(IThemeEngine.Events.THEME_CHANGED, event -> refresh());
		preferences.addPreferenceChangeListener(event -> workbench.getDisplay().asyncExec(this::refresh));
	}

	private void refresh() {
		current = choose();
		listeners.fire();
	}

	private Palette choose() {
		ITheme theme = themes == null ? null : themes.getActiveTheme();
		boolean dark = theme != null && theme.getId().contains("dark");
		boolean safe = safe();
		return dark ? safe ? Palette.SAFE_DARK : Palette.GREEN_RED_DARK : safe ? Palette.SAFE_LIGHT : Palette.GREEN_RED_LIGHT;
	}

	/** The palette in use. */
	public Palette current() {
		return current;
	}

	/** Whether the palette safe with any colour sight is chosen. */
	public boolean safe() {
		return preferences.getBoolean(SAFE, false);
	}

	/** Chooses the palette safe with any colour sight, or the other one, for all windows and later runs. */
	public void safe(boolean wanted) {
		choose(SAFE, wanted);
	}

	/** Whether nothing may pulse. */
	public boolean reducedMotion() {
		return preferences.getBoolean(REDUCED_MOTION, false);
	}

	/** Chooses whether nothing may pulse, for all windows and later runs. */
	public void reducedMotion(boolean wanted) {
		choose(REDUCED_MOTION, wanted);
	}

	private void choose(String preference, boolean wanted) {
		preferences.putBoolean(preference, wanted);
		try {
			preferences.flush();
		} catch (BackingStoreException e) {
			System.getLogger(Palettes.class.getName()).log(System.Logger.Level.WARNING, "What was chosen of colours and motion could not be kept.", e);
		}
	}

	/** A colour of the palette for SWT; it needs no disposal. */
	public static Color swt(int rgb) {
		return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
	}

	/**
	 * Calls back on the UI thread when palette, theme or motion has changed.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}
}
