// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.table;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;

/** What several tables draw in a cell. */
public final class Painters {
	private static final int BAR = 3;

	/**
	 * A bar along the foot of a cell.
	 *
	 * @param share  its length, cut to 0 … 1; {@code NaN} for none
	 * @param colour {@code 0xRRGGBB}
	 */
	public record Bar(double share, int colour) {
		/** No bar. */
		public static final Bar NONE = new Bar(Double.NaN, 0);
	}

	private Painters() {
	}

	/** A bar along the foot: its length is a share of full, its colour the heat. */
	public static <R> CellPainter<R> bar(Function<R, Bar> bars) {
		return (gc, cell, row) -> {
			Bar bar = bars.apply(row);
			if (!Double.isNaN(bar.share)) {
				int width = (int) Math.round((cell.width - 8) * Math.min(1, Math.max(0, bar.share)));
				gc.setBackground(Palettes.swt(bar.colour));
				gc.fillRectangle(cell.x + 4, cell.y + cell.height - BAR - 1, Math.max(2, width), BAR);
			}
		};
	}

	/** A mark at the left edge of the cell. */
	public static <R> CellPainter<R> edge(ToIntFunction<R> colour) {
		return (gc, cell, row) -> {
			int rgb = colour.applyAsInt(row);
			if (rgb >= 0) {
				gc.setBackground(Palettes.swt(rgb));
				gc.fillRectangle(cell.x, cell.y + 1, 4, cell.height - 2);
			}
		};
	}

	/** A line of values from left to right; {@code NaN} is a gap. */
	public static <R> CellPainter<R> line(Function<R, double[]> values, Supplier<Palette> palette) {
		return (gc, cell, row) -> {
			double[] line = values.apply(row);
			if (line.length > 1) {
				drawLine(gc, cell, line, palette.get());
			}
		};
	}

	private static void drawLine(GC gc, Rectangle cell, double[] line, Palette palette) {
		double least = Double.POSITIVE_INFINITY;
		double most = Double.NEGATIVE_INFINITY;
		for (double value : line) {
			if (!Double.isNaN(value)) {
				least = Math.min(least, value);
				most = Math.max(most, value);
			}
		}
		if (least > most) {
			return;
		}
		double range = most > least ? most - least : 1;
		gc.setAntialias(SWT.ON);
		gc.setForeground(Palettes.swt(palette.predicted()));
		int width = cell.width - 8;
		int height = cell.height - 6;
		int lastX = -1;
		int lastY = 0;
		for (int i = 0; i < line.length; i++) {
			if (Double.isNaN(line[i])) {
				lastX = -1;
				continue;
			}
			int x = cell.x + 4 + i * width / (line.length - 1);
			int y = cell.y + 3 + (int) Math.round(height * (1 - (line[i] - least) / range));
			if (lastX >= 0) {
				gc.drawLine(lastX, lastY, x, y);
			}
			lastX = x;
			lastY = y;
		}
	}
}
