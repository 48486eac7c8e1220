// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;

class WorkbenchWindowTest {

    private final IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();

    @Test
    void opensInTheMonitorPerspective() {
        assertNotNull(window, "no workbench window");
        assertTrue(window.getShell().isVisible());
        assertEquals(MonitorPerspective.ID, window.getActivePage().getPerspective().getId());
        assertTrue(window.getShell().getText().contains("Shadow Weaver"), window.getShell().getText());
    }

    @Test
    void hasTheMenusInTheirOrder() {
        assertEquals(List.of("File", "Window", "Help"), labels(window.getShell().getMenuBar().getItems()).stream()
                .filter(List.of("File", "Window", "Help")::contains).toList());
    }

    @Test
    void helpOffersAboutAndTheInstallationOfSoftware() {
        var help = Arrays.stream(window.getShell().getMenuBar().getItems())
                .filter(item -> item.getText().replace("&", "").equals("Help")).findFirst().orElseThrow().getMenu();
        help.notifyListeners(SWT.Show, new org.eclipse.swt.widgets.Event());
        List<String> entries = labels(help.getItems());
        assertTrue(entries.stream().anyMatch(label -> label.startsWith("About")), entries.toString());
        assertTrue(entries.stream().anyMatch(label -> label.startsWith("Install New Software")), entries.toString());
        assertTrue(entries.stream().anyMatch(label -> label.startsWith("Check for Updates")), entries.toString());
    }

    @Test
    void isDarkUntilTheUserSaysOtherwise() {
        assertEquals("org.eclipse.e4.ui.css.theme.e4_dark", Platform.getPreferencesService()
                .getString("org.eclipse.e4.ui.css.swt.theme", "themeid", "", null));
        assertTrue(brightness() < 110, "brightness " + brightness());
    }

    @Test
    void theLightThemeIsOneMenuEntryAwayAndDarkComesBack() {
        IThemeEngine engine = PlatformUI.getWorkbench().getService(IThemeEngine.class);
        MenuManager menu = ThemeAction.menu(PlatformUI.getWorkbench());
        try {
            choose(menu, ThemeAction.LIGHT);
            assertEquals(ThemeAction.LIGHT, engine.getActiveTheme().getId());
            assertTrue(brightness() > 200, "brightness " + brightness());
        } finally {
            choose(menu, ThemeAction.DARK);
        }
        assertEquals(ThemeAction.DARK, engine.getActiveTheme().getId());
        assertTrue(brightness() < 110, "brightness " + brightness());
    }

    @Test
    void appearanceAndKeysArePreferences() {
        for (String path : List.of("org.eclipse.ui.preferencePages.Workbench",
                "org.eclipse.ui.preferencePages.Workbench/org.eclipse.ui.preferencePages.Keys")) {
            assertNotNull(PlatformUI.getWorkbench().getPreferenceManager().find(path), path);
        }
    }

    private static void choose(MenuManager menu, String theme) {
        var action = ((ActionContributionItem) menu.find(theme)).getAction();
        action.setChecked(true);
        action.run();
        while (PlatformUI.getWorkbench().getDisplay().readAndDispatch()) {
            // the style sheet is applied by events
        }
    }

    private int brightness() {
        Color background = window.getShell().getBackground();
        return (background.getRed() + background.getGreen() + background.getBlue()) / 3;
    }

    private static List<String> labels(MenuItem[] items) {
        return Arrays.stream(items).map(item -> item.getText().replace("&", "")).toList();
    }
}
