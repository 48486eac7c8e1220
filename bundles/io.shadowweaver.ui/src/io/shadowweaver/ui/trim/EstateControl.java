// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trim;

import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;

import io.shadowweaver.ui.core.Attachment;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;

/** Chooses the active estate and, where it lives in a time of its own, how fast that runs. */
public final class EstateControl extends WorkbenchWindowControlContribution {
	private static final String PRODUCT = "Shadow Weaver";
	private static final List<Double> SPEEDS = List.of(1., 10., 60., 300., 1800.);

	private Choice<String> estate;
	private Choice<Double> speed;
	private Estates estates;

	private record Shown(boolean own, double speed, String why) {
	}

	@Override
	protected Control createControl(Composite parent) {
		estates = PlatformUI.getWorkbench().getService(Estates.class);
		Composite row = new Composite(parent, SWT.NONE);
		RowLayout layout = new RowLayout();
		layout.marginTop = 0;
		layout.marginBottom = 0;
		layout.center = true;
		row.setLayout(layout);
		estate = new Choice<>(row, "Estate", "The estate that all windows show", 165, this::name, chosen -> estates.activate(chosen));
		speed = new Choice<>(row, "Speed of the clock", "How fast the clock of this estate runs", 95, factor -> "×" + Formats.number(factor), this::setSpeed);
		Runnable end = estates.listen(this::refresh);
		row.addDisposeListener(event -> end.run());
		refresh();
		PlatformUI.getWorkbench().getService(EstateFeed.class).subscribe(row, EstateControl::shown, this::show, why -> show(new Shown(false, 1, "")));
		return row;
	}

	private String name(String id) {
		return estates.all().stream().filter(one -> one.id().equals(id)).map(EstateHandle::name).findFirst().orElse(id);
	}

	private void refresh() {
		estate.show(estates.all().stream().map(EstateHandle::id).toList(), estates.active().map(EstateHandle::id).orElse(null));
		estate.control().setEnabled(!estates.all().isEmpty());
		// while the window is made it is not told yet which one it is
		Optional.ofNullable(getWorkbenchWindow()).ifPresent(window -> window.getShell().setText(title(estates.active())));
	}

	/** Names the server, and says so when it cannot be reached. */
	static String title(Optional<EstateHandle> active) {
		Optional<Attachment> elsewhere = active.flatMap(EstateHandle::attachment);
		if (elsewhere.isEmpty()) {
			return PRODUCT;
		}
		return PRODUCT + " – " + active.get().name() + (elsewhere.get().connected() ? "" : " – not connected");
	}

	private static Shown shown(Frame frame) {
		return new Shown(frame.estate().ownTime(), frame.estate().speed(), why(frame.estate()));
	}

	private void show(Shown shown) {
		speed.show(shown.own ? SPEEDS : List.of(1.), shown.speed);
		speed.control().setEnabled(shown.own);
		speed.control().setToolTipText(shown.why);
	}

	private static String why(EstateHandle estate) {
		if (estate.ownTime()) {
			return "How fast the clock of this estate runs";
		}
		return estate.snapshot().isPresent() ? "The clock of a snapshot stands"
				: estate.attachment().map(where -> "The clock of this estate is set where it runs: " + where.server()).orElse("This estate lives in real time");
	}

	private void setSpeed(double factor) {
		estates.active().filter(EstateHandle::ownTime).ifPresent(one -> Estates.later("Set the speed", () -> one.speed(factor)));
	}
}
