// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.SelectionBridge;

/** The twin in two dimensions, as a view of its own. */
public final class TreemapView extends ViewPart {
	/** Its id in the extension point. */
	public static final String ID = "io.shadowweaver.ui.twin.treemap";

	private TreemapCanvas canvas;

	@Override
	public void createPartControl(Composite parent) {
		Selection selection = getSite().getService(Selection.class);
		canvas = new TreemapCanvas(parent, getSite().getService(EstateFeed.class), selection, getSite().getService(Palettes.class), "");
		SelectionBridge.install(getSite(), selection, canvas);
	}

	@Override
	public void setFocus() {
		canvas.setFocus();
	}
}
