// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.ui.IWorkbenchPartSite;
import org.eclipse.swt.widgets.Control;

/**
 * The {@link Selection} as a part's selection provider, so that the workbench's own services (properties, commands, parts
 * of other bundles) follow it. UI thread only.
 */
public final class SelectionBridge implements ISelectionProvider {
	private final Selection selection;
	private final Map<ISelectionChangedListener, Runnable> listeners = new HashMap<>();

	private SelectionBridge(Selection selection) {
		this.selection = selection;
	}

	/**
	 * Makes it the provider of a part.
	 *
	 * @param site      the part's site
	 * @param selection the selection
	 * @param control   when it is disposed, the bridge is gone
	 */
	public static void install(IWorkbenchPartSite site, Selection selection, Control control) {
		SelectionBridge bridge = new SelectionBridge(selection);
		site.setSelectionProvider(bridge);
		control.addDisposeListener(e -> {
			bridge.listeners.values().forEach(Runnable::run);
			bridge.listeners.clear();
		});
	}

	@Override
	public void addSelectionChangedListener(ISelectionChangedListener listener) {
		listeners.computeIfAbsent(listener,
				key -> selection.listen(() -> key.selectionChanged(new SelectionChangedEvent(this, getSelection()))));
	}

	@Override
	public void removeSelectionChangedListener(ISelectionChangedListener listener) {
		Runnable end = listeners.remove(listener);
		if (end != null) {
			end.run();
		}
	}

	@Override
	public ISelection getSelection() {
		return new StructuredSelection(selection.items());
	}

	@Override
	public void setSelection(ISelection wanted) {
		selection.select(items(wanted));
	}

	/** The items that the elements of a workbench selection are or adapt to. */
	public static List<Item> items(ISelection selection) {
		List<Item> items = new ArrayList<>();
		if (selection instanceof IStructuredSelection structured) {
			for (Object element : structured) {
				Item item = Adapters.adapt(element, Item.class);
				if (item != null) {
					items.add(item);
				}
			}
		}
		return items;
	}
}
