// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.scene.draw.LabelPlacer;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

/**
 * What can be done in the twin without a mouse, beside the camera: to walk from resource to resource as they are seen, and from alert to alert; to take a
 * handle of a group and change its value; to go through time; to the search box, the menu of what is selected and the sheet of keys. UI thread only.
 */
final class TwinKeys {
	private static final int STEP = 10;
	private static final int LEAP = 40;
	private static final Duration SHORT = Duration.ofMinutes(5);
	private static final Duration LONG = Duration.ofHours(1);

	/** What the keys of the twin reach that is not in the scene. */
	interface Ways {
		/** Plays the time line, or stands still. */
		void play();

		/** Goes to the search box. */
		void search();

		/** Shows which keys there are. */
		void sheet();
	}

	private final TwinCanvas canvas;
	private final Selection selection;
	private final GroupHandle handle;
	private final TimeCursor cursor;
	private final Ways ways;
	/** The key of the handle that is held; empty for none. */
	private String held = "";
	private int pulled;

	/**
	 * @param handle changes traffic and members; of its own, apart from that of the mouse
	 */
	TwinKeys(TwinCanvas canvas, Selection selection, GroupHandle handle, TimeCursor cursor, Ways ways) {
		this.canvas = canvas;
		this.selection = selection;
		this.handle = handle;
		this.cursor = cursor;
		this.ways = ways;
		Control control = canvas.control();
		control.addListener(SWT.FocusOut, event -> keep());
		control.addListener(SWT.MouseDown, event -> keep());
		control.addListener(SWT.MenuDetect, this::menu);
	}

	/**
	 * Takes a key.
	 *
	 * @return whether it was one of these, and means nothing else
	 */
	boolean took(Event event) {
		if (!held.isEmpty() && pull(event)) {
			return true;
		}
		if ((event.stateMask & SWT.MOD1) != 0) {
			return walk(event.keyCode);
		}
		if ((event.stateMask & SWT.ALT) != 0) {
			return false;
		}
		switch (Character.toLowerCase(event.character)) {
		case 'a' -> alert((event.stateMask & SWT.SHIFT) == 0);
		case 'h' -> next();
		case ',' -> time(at -> at.minus(SHORT));
		case '.' -> time(at -> at.plus(SHORT));
		case '<' -> time(at -> at.minus(LONG));
		case '>' -> time(at -> at.plus(LONG));
		case '0' -> cursor.move(position -> position.at(Optional.empty()));
		case ' ' -> ways.play();
		case '/' -> ways.search();
		case '?' -> ways.sheet();
		default -> {
			return false;
		}
		}
		return true;
	}

	/** Where something stands on the control. */
	private record Spot(String id, Point at) {
	}

	/** What is seen that can be selected: resources, and blocks that stand for many. */
	private List<Spot> spots() {
		List<Spot> spots = new ArrayList<>();
		canvas.picture().map(picture -> picture.frame().detail()).ifPresent(detail -> {
			detail.nodes().forEach(node -> canvas.project(node.x(), node.y(), node.height() / 2).ifPresent(at -> spots.add(new Spot(node.id(), at))));
			detail.solids().stream().filter(solid -> TwinSettings.item(solid.block().subject()).isPresent()).forEach(solid -> {
				var place = solid.block().place();
				canvas.project(place.centreX(), place.centreY(), 0).ifPresent(at -> spots.add(new Spot(solid.block().subject(), at)));
			});
		});
		return spots;
	}

	/** The spot of what is selected. */
	private Optional<Spot> selected(List<Spot> spots) {
		var ids = canvas.picture().map(picture -> picture.scene().view().selection()).orElse(java.util.Set.of());
		return spots.stream().filter(spot -> ids.contains(spot.id)).findFirst();
	}

	/** To the nearest one in the direction of an arrow, as it is seen; from nothing to what is in the middle. */
	private boolean walk(int arrow) {
		int dx = arrow == SWT.ARROW_LEFT ? -1 : arrow == SWT.ARROW_RIGHT ? 1 : 0;
		int dy = arrow == SWT.ARROW_UP ? -1 : arrow == SWT.ARROW_DOWN ? 1 : 0;
		if (dx == 0 && dy == 0) {
			return false;
		}
		List<Spot> spots = spots();
		Optional<Spot> from = selected(spots);
		Point size = canvas.control().getSize();
		Point start = from.map(Spot::at).orElse(new Point(size.x / 2, size.y / 2));
		spots.stream().filter(spot -> from.isEmpty() || ahead(start, spot.at, dx, dy) > 0 && ahead(start, spot.at, dx, dy) >= aside(start, spot.at, dx, dy))
				.min(Comparator.comparingInt(spot -> from.isEmpty() ? distance(start, spot.at) : ahead(start, spot.at, dx, dy) + 2 * aside(start, spot.at, dx, dy)))
				.flatMap(spot -> TwinSettings.item(spot.id)).ifPresent(selection::select);
		return true;
	}

	private static int ahead(Point from, Point to, int dx, int dy) {
		return (to.x - from.x) * dx + (to.y - from.y) * dy;
	}

	private static int aside(Point from, Point to, int dx, int dy) {
		return Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
	}

	private static int distance(Point from, Point to) {
		return Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
	}

	/** The next alert by its breach, or the one before; behind the last one begins with the first. */
	private void alert(boolean forward) {
		List<Alert> alerts = canvas.frame().map(Frame::state).map(state -> state.alerts().stream().filter(Alert::isActive)
				.sorted(Comparator.comparing(Alert::breachAt).thenComparing(Alert::id)).toList()).orElse(List.of());
		if (alerts.isEmpty()) {
			canvas.tell("There is no alert.");
			return;
		}
		int now = -1;
		for (int i = 0; i < alerts.size(); i++) {
			if (selection.contains(new Item(Item.Kind.ALERT, alerts.get(i).id()))) {
				now = i;
			}
		}
		int next = now < 0 ? forward ? 0 : alerts.size() - 1 : Math.floorMod(now + (forward ? 1 : -1), alerts.size());
		selection.select(new Item(Item.Kind.ALERT, alerts.get(next).id()));
	}

	private void time(UnaryOperator<Instant> step) {
		canvas.frame().ifPresent(frame -> cursor.move(position -> position.at(Optional.of(step.apply(position.time().orElse(frame.now()))))));
	}

	/** Takes the first handle that is seen, then the next one, and behind the last one none. */
	private void next() {
		List<String> keys = canvas.picture().map(picture -> picture.frame().handles().stream().map(LabelPlacer.Placed::label).map(label -> label.subject()).toList())
				.orElse(List.of());
		int at = keys.indexOf(held);
		keep();
		if (keys.isEmpty()) {
			canvas.tell("There is no handle: select a group, or a resource of one.");
		} else if (at + 1 < keys.size() && handle.grab(keys.get(at + 1), canvas.frame().orElseThrow())) {
			held = keys.get(at + 1);
			pulled = 0;
			canvas.tell(handle.said() + ". Up and down change it, Enter keeps it, Escape takes it back.");
		}
	}

	/** While a handle is held, the arrows are its own. */
	private boolean pull(Event event) {
		switch (event.keyCode) {
		case SWT.ARROW_UP -> pull(pulled + STEP);
		case SWT.ARROW_DOWN -> pull(pulled - STEP);
		case SWT.PAGE_UP -> pull(pulled + LEAP);
		case SWT.PAGE_DOWN -> pull(pulled - LEAP);
		case SWT.CR, SWT.KEYPAD_CR -> keep();
		case SWT.ESC -> {
			pull(0);
			keep();
		}
		default -> {
			return false;
		}
		}
		return true;
	}

	private void pull(int points) {
		pulled = points;
		handle.pull(points);
		canvas.tell(handle.said());
	}

	/** Lets the handle go. */
	private void keep() {
		if (!held.isEmpty()) {
			held = "";
			handle.release();
			canvas.tell("");
		}
	}

	/** The handle that is held; empty for none. For tests. */
	String held() {
		return held;
	}

	/** Where it is opened by the keyboard, the menu is at what it is about. */
	private void menu(Event event) {
		if (event.detail != SWT.MENU_KEYBOARD) {
			return;
		}
		Point size = canvas.control().getSize();
		Point at = selected(spots()).map(Spot::at).orElse(new Point(size.x / 2, size.y / 2));
		Point there = canvas.control().toDisplay(Math.clamp(at.x, 0, Math.max(0, size.x)), Math.clamp(at.y, 0, Math.max(0, size.y)));
		event.x = there.x;
		event.y = there.y;
	}
}
