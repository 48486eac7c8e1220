// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.views.FeedView;

/** What our machines cost in the hour, the day and the month so far, against the caps, for each currency. */
public final class BudgetView extends FeedView<BudgetView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.budget";
	private static final int NAME_WIDTH = 52;

	/** What is shown. */
	record Shown(List<BudgetGauge> gauges, Palette palette, String why) {
	}

	private ScrolledComposite scroller;
	private Composite all;
	private Shown last = new Shown(List.of(), null, "");

	@Override
	protected Control createContent(Composite parent) {
		scroller = new ScrolledComposite(parent, SWT.V_SCROLL);
		scroller.setExpandHorizontal(true);
		scroller.setExpandVertical(true);
		all = new Composite(scroller, SWT.NONE);
		all.setLayout(new GridLayout());
		scroller.setContent(all);
		scroller.addListener(SWT.Resize, event -> fit());
		return scroller;
	}

	@Override
	protected Shown compute(Frame frame) {
		return new Shown(BudgetGauge.of(frame.state().report().spending()), palettes().current(), why(frame.state()));
	}

	private static String why(WeaverState state) {
		return state.report().spending().isEmpty()
				? "'" + state.name() + "' has no machine of ours with a known price yet, so nothing is spent. Caps and your own prices are set in Window > Preferences > Shadow Weaver > Budget."
				: "";
	}

	@Override
	protected String reason(Shown shown) {
		return shown.why;
	}

	@Override
	protected void show(Shown shown) {
		if (shown.equals(last)) {
			return;
		}
		last = shown;
		all.setRedraw(false);
		for (Control child : all.getChildren()) {
			child.dispose();
		}
		for (BudgetGauge gauge : shown.gauges) {
			text(gauge.title());
			gauge.spans().forEach(span -> bar(span, shown.palette));
			text(gauge.words());
		}
		all.layout();
		fit();
		all.setRedraw(true);
	}

	private void fit() {
		scroller.setMinSize(all.computeSize(Math.max(200, scroller.getClientArea().width), SWT.DEFAULT));
	}

	private void text(String words) {
		if (!words.isEmpty()) {
			Label label = new Label(all, SWT.WRAP);
			label.setText(words);
			GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
			wide.widthHint = 200;
			label.setLayoutData(wide);
		}
	}

	private void bar(BudgetGauge.Span span, Palette palette) {
		Canvas canvas = new Canvas(all, SWT.DOUBLE_BUFFERED);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.heightHint = 22;
		canvas.setLayoutData(wide);
		canvas.setToolTipText(span.said());
		canvas.addListener(SWT.Paint, event -> paint(event, canvas, span, palette));
		Spoken.name(canvas, span::said).role(ACC.ROLE_PROGRESSBAR);
	}

	/** The words are there for every colour sight; the text stands on the ground of the bar, whose fill is a thin line below it. */
	private static void paint(Event event, Canvas canvas, BudgetGauge.Span span, Palette palette) {
		GC gc = event.gc;
		Point size = canvas.getSize();
		int width = size.x - NAME_WIDTH;
		gc.setForeground(canvas.getForeground());
		gc.drawText(span.name(), 0, 0, true);
		gc.drawText(span.text(), NAME_WIDTH, 0, true);
		gc.setBackground(Palettes.swt(palette.grid()));
		gc.fillRectangle(NAME_WIDTH, size.y - 5, width, 4);
		if (!Double.isNaN(span.share())) {
			gc.setBackground(Palettes.swt(switch (span.level()) {
			case OPEN, LOW -> palette.stop(1);
			case NEAR -> palette.stop(3);
			case REACHED -> palette.stop(4);
			}));
			gc.fillRectangle(NAME_WIDTH, size.y - 5, Math.max(2, (int) Math.round(width * Math.min(1, span.share()))), 4);
		}
	}
}
