// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.part.ViewPart;

/** Context menus that other bundles, and our own plugin.xml, contribute to by the id of the view. */
public final class ContextMenus {
	private ContextMenus() {
	}

	/** Gives a control a menu that is filled by contributions. */
	public static void install(ViewPart view, Control control) {
		MenuManager manager = new MenuManager();
		manager.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
		control.setMenu(manager.createContextMenu(control));
		view.getSite().registerContextMenu(manager, view.getSite().getSelectionProvider());
	}
}
