// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.table;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * A column of a {@link RowTable}. Immutable.
 *
 * @param <R>     the row
 * @param title   the head
 * @param tip     what the head's tool tip says
 * @param width   in points at first
 * @param right   whether its text is aligned to the right, as numbers are
 * @param text    what a cell says; cheap
 * @param order   the ascending order
 * @param painter draws over the cell; empty for none
 */
public record Column<R>(String title, String tip, int width, boolean right, Function<R, String> text, Comparator<R> order,
		Optional<CellPainter<R>> painter) {
	private static final String ROOM = "\u2002";

	/** Checks that nothing is {@code null}. */
	public Column {
		Objects.requireNonNull(text, "text");
		Objects.requireNonNull(order, "order");
		Objects.requireNonNull(painter, "painter");
	}

	/** A column of text in alphabetical order. */
	public static <R> Column<R> text(String title, String tip, int width, Function<R, String> text) {
		return new Column<>(title, tip, width, false, text, Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER), Optional.empty());
	}

	/** A column of text in an order of its own. */
	public static <R, K extends Comparable<? super K>> Column<R> ordered(String title, String tip, int width,
			Function<R, String> text, Function<R, K> key) {
		return new Column<>(title, tip, width, false, text, Comparator.comparing(key), Optional.empty());
	}

	/** A column of numbers; {@code NaN} comes last when descending. */
	public static <R> Column<R> number(String title, String tip, int width, Function<R, String> text, ToDoubleFunction<R> number) {
		return new Column<>(title, tip, width, true, text,
				Comparator.comparingDouble(row -> Double.isNaN(number.applyAsDouble(row)) ? Double.NEGATIVE_INFINITY : number.applyAsDouble(row)),
				Optional.empty());
	}

	/** The same with a coloured mark at its left edge, for which the text makes room. */
	public Column<R> marked(ToIntFunction<R> colour) {
		return new Column<>(title, tip, width, right, row -> ROOM + text.apply(row), order, Optional.of(Painters.edge(colour)));
	}

	/** The same with something drawn over it. */
	public Column<R> painted(CellPainter<R> drawn) {
		return new Column<>(title, tip, width, right, text, order, Optional.of(drawn));
	}
}
