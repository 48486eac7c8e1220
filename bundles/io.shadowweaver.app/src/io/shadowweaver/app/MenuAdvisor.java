// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.ICoolBarManager;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;

/** The menus that every window has. Other bundles add to them by {@code org.eclipse.ui.menus}, at {@code additions}. */
final class MenuAdvisor extends ActionBarAdvisor {

    MenuAdvisor(IActionBarConfigurer configurer) {
        super(configurer);
    }

    @Override
    protected void fillMenuBar(IMenuManager bar) {
        IWorkbenchWindow window = getActionBarConfigurer().getWindowConfigurer().getWindow();
        MenuManager file = menu("&File", IWorkbenchActionConstants.M_FILE);
        file.add(ActionFactory.QUIT.create(window));
        bar.add(file);
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));

        MenuManager views = new MenuManager("Show &View", "showView");
        views.add(ContributionItemFactory.VIEWS_SHORTLIST.create(window));
        MenuManager perspectives = new MenuManager("&Perspective", "perspective");
        perspectives.add(ContributionItemFactory.PERSPECTIVES_SHORTLIST.create(window));
        MenuManager frame = menu("&Window", IWorkbenchActionConstants.M_WINDOW);
        frame.add(ActionFactory.OPEN_NEW_WINDOW.create(window));
        frame.add(new CommandContributionItem(new CommandContributionItemParameter(window, "quickAccess",
                "org.eclipse.ui.window.quickAccess", CommandContributionItem.STYLE_PUSH)));
        frame.add(new Separator());
        frame.add(views);
        frame.add(perspectives);
        frame.add(ActionFactory.RESET_PERSPECTIVE.create(window));
        frame.add(new Separator());
        frame.add(ThemeAction.menu(window.getWorkbench()));
        frame.add(ActionFactory.PREFERENCES.create(window));
        bar.add(frame);

        // Provisioning of software adds its two entries to a menu of this id by itself.
        MenuManager help = menu("&Help", IWorkbenchActionConstants.M_HELP);
        help.add(new Separator());
        help.add(ActionFactory.ABOUT.create(window));
        bar.add(help);
    }

    @Override
    protected void fillCoolBar(ICoolBarManager bar) {
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }

    private static MenuManager menu(String label, String id) {
        MenuManager menu = new MenuManager(label, id);
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        return menu;
    }
}
