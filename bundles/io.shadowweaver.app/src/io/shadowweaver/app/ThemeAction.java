// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.ui.IWorkbench;

/** One of the themes as a menu entry. Most of the look changes at once; what GTK draws by itself follows at the next start, and the menu says so. */
final class ThemeAction extends Action {

    static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";
    static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";

    private final IWorkbench workbench;

    private ThemeAction(IWorkbench workbench, String id, String label) {
        super(label, IAction.AS_RADIO_BUTTON);
        this.workbench = workbench;
        setId(id);
    }

    /** The menu of all themes; it shows which one is on when it opens. */
    static MenuManager menu(IWorkbench workbench) {
        MenuManager menu = new MenuManager("&Theme (complete after a restart)", "theme");
        ThemeAction[] actions =
                {new ThemeAction(workbench, DARK, "&Dark"), new ThemeAction(workbench, LIGHT, "&Light")};
        for (ThemeAction action : actions) {
            menu.add(action);
        }
        menu.addMenuListener(shown -> {
            for (ThemeAction action : actions) {
                action.setChecked(action.isOn());
            }
        });
        return menu;
    }

    private boolean isOn() {
        ITheme theme = engine().getActiveTheme();
        return theme != null && theme.getId().equals(getId());
    }

    @Override
    public void run() {
        if (isChecked() && !isOn()) {
            engine().setTheme(getId(), true);
        }
    }

    private IThemeEngine engine() {
        return workbench.getService(IThemeEngine.class);
    }
}
