// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.OtherMoment;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.TimeCursor;

/** A second moment of the estate beside that of the time line, seen from the same place: what moves one camera moves both. UI thread only. */
final class TwinCompare {
	private final SashForm sash;
	private final TwinCanvas first;
	private final EstateFeed feed;
	private final TimeCursor cursor;
	private final Palettes palettes;
	private final Consumer<TwinCanvas> inputs;
	private final Consumer<String> said;
	private volatile Moment moment = Moment.NOW;
	private Composite side;
	private Label title;
	/** Over the first one, so that both say which moment they show, and stand at the same height. */
	private Label own;
	private TwinCanvas second;
	private EstateFeed.Subscription<Frame> subscription;

	/** Where a canvas stands, below what says its moment. */
	static Composite side(SashForm sash) {
		Composite side = new Composite(sash, SWT.NONE);
		GridLayout layout = new GridLayout(2, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		layout.verticalSpacing = 0;
		side.setLayout(layout);
		return side;
	}

	private static void place(TwinCanvas canvas) {
		canvas.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
	}

	/**
	 * @param sash   holds the first one, in a {@linkplain #side side} of it, and the second beside it while there is one
	 * @param inputs gives mouse and keyboard to the second one
	 * @param said   takes a sentence for the operator
	 */
	TwinCompare(SashForm sash, TwinCanvas first, EstateFeed feed, TimeCursor cursor, Palettes palettes, Consumer<TwinCanvas> inputs, Consumer<String> said) {
		this.sash = sash;
		this.first = first;
		this.feed = feed;
		this.cursor = cursor;
		this.palettes = palettes;
		this.inputs = inputs;
		this.said = said;
		place(first);
		first.onCamera(camera -> other().ifPresent(canvas -> canvas.follow(camera)));
		first.onSettings(() -> other().ifPresent(canvas -> canvas.settings(first.settings())));
	}

	/** The second one; empty while only one is seen. */
	Optional<TwinCanvas> other() {
		return Optional.ofNullable(second);
	}

	/** Sees the present moment of the time line beside it from now on, so that the line can be moved on; or one alone again. */
	void toggle() {
		if (second == null) {
			show(Moment.of(cursor.position()));
		} else {
			close();
		}
	}

	/** Sees a moment beside that of the time line. */
	void show(Moment wanted) {
		moment = wanted;
		if (second == null && !open()) {
			return;
		}
		title.setText("Beside: " + wanted.text(ZoneId.systemDefault()));
		title.requestLayout();
		tell();
		subscription.refresh();
	}

	private void tell() {
		String text = "Time line: " + Moment.of(cursor.position()).text(ZoneId.systemDefault());
		if (!own.isDisposed() && !own.getText().equals(text)) {
			own.setText(text);
			own.requestLayout();
		}
	}

	private boolean open() {
		side = side(sash);
		title = new Label(side, SWT.NONE);
		title.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Button close = new Button(side, SWT.PUSH | SWT.FLAT);
		close.setText("Close");
		close.setToolTipText("One moment alone again (C)");
		close.addListener(SWT.Selection, event -> close());
		try {
			second = new TwinCanvas(side, palettes);
		} catch (GlUnavailableException e) {
			side.dispose();
			said.accept("A second moment cannot be drawn: " + e.getMessage());
			return false;
		}
		TwinCanvas canvas = second;
		place(canvas);
		own = new Label(first.control().getParent(), SWT.NONE);
		GridData above = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
		above.heightHint = close.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
		own.setLayoutData(above);
		own.moveAbove(first.control());
		canvas.settings(first.settings());
		inputs.accept(canvas);
		canvas.onCamera(first::follow);
		OtherMoment there = new OtherMoment(() -> {
			EstateFeed.Subscription<Frame> serving = subscription;
			if (serving != null) {
				serving.refresh();
			}
		});
		subscription = feed.subscribe(side, frame -> there.of(frame, moment.from(frame.cursor())), frame -> {
			boolean begins = canvas.frame().isEmpty();
			canvas.frame(frame);
			if (begins && first.picture().isPresent()) {
				canvas.follow(first.camera());
			}
			tell();
		}, why -> {
			// the first one says why there is nothing
		});
		sash.setWeights(1, 1);
		sash.layout(true, true);
		return true;
	}

	/** Sees one moment alone again. */
	void close() {
		if (second != null) {
			second = null;
			side.dispose();
			own.dispose();
			sash.layout(true, true);
			first.control().setFocus();
		}
	}

	/** What can be seen beside. */
	void fill(Menu menu) {
		item(menu, "This moment, while the time line moves on\tC", () -> show(Moment.of(cursor.position())));
		item(menu, "Now", () -> show(Moment.NOW));
		item(menu, "In an hour", () -> show(Moment.ahead(Duration.ofHours(1))));
		item(menu, "In a day", () -> show(Moment.ahead(Duration.ofDays(1))));
		first.frame().map(Frame::now).ifPresent(now -> {
			before(menu, "An hour ago", now.minus(Duration.ofHours(1)));
			before(menu, "A day ago", now.minus(Duration.ofDays(1)));
			before(menu, "A week ago", now.minus(Duration.ofDays(7)));
		});
		if (second != null) {
			new MenuItem(menu, SWT.SEPARATOR);
			item(menu, "Nothing", this::close);
		}
	}

	private void before(Menu menu, String text, Instant time) {
		item(menu, text, () -> show(Moment.at(time)));
	}

	private static void item(Menu menu, String text, Runnable action) {
		MenuItem item = new MenuItem(menu, SWT.PUSH);
		item.setText(text);
		item.addListener(SWT.Selection, event -> action.run());
	}
}
