// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.table;

import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/**
 * Draws over a cell, behind nothing: the text is there already. UI thread.
 *
 * @param <R> the row
 */
@FunctionalInterface
public interface CellPainter<R> {
	/**
	 * @param gc   clipped to the cell; its colours and line width may be changed
	 * @param cell the place, in points
	 * @param row  the row
	 */
	void paint(GC gc, Rectangle cell, R row);
}
