// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Detail;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;

/**
 * Mouse and keyboard of the canvas. A handle that is dragged up or down changes traffic or members of its group in a scenario; a resource that is
 * dragged out of the estate with Ctrl, or selected when Delete is pressed, is taken out in it. Drag turns, with Shift or the middle button it
 * moves, the wheel zooms, a click selects, a double click flies there, the right button asks what can be done. Arrows turn, with Shift they move; + and - zoom, Home shows all, T looks from the top, P
 * switches perspective, C shows a second moment beside, B the views that are kept and 1 to 9 go to the first ones, N while it is held shows what happens if nobody acts beside the plans, Tab walks the resources, Enter
 * flies to the selected one, Escape selects nothing. What else the keyboard does is in {@link TwinKeys}.
 */
final class TwinInputs {
	private static final int SLOP = 4;
	private static final double MORPH_STEP = .12;
	private static final int MENU_BUTTON = 3;

	private final TwinCanvas canvas;
	private final Selection selection;
	private final GroupHandle handle;
	private final BookmarkMenu bookmarks;
	private final Removal removal;
	private final Runnable compare;
	private String carried = "";
	private Point pressed;
	private Point last;
	private int button;
	private int grabbed;
	private boolean dragged;
	private boolean holding;
	private Predicate<Event> first = event -> false;

	/**
	 * @param handle    changes traffic or members while a handle of a group is dragged
	 * @param removal   takes resources out
	 * @param bookmarks the views that are kept
	 * @param compare   sees a second moment beside, or no more
	 */
	TwinInputs(TwinCanvas canvas, Selection selection, GroupHandle handle, Removal removal, BookmarkMenu bookmarks, Runnable compare) {
		this.canvas = canvas;
		this.handle = handle;
		this.bookmarks = bookmarks;
		this.removal = removal;
		this.compare = compare;
		this.selection = selection;
		Control control = canvas.control();
		control.addListener(SWT.MouseDown, this::down);
		control.addListener(SWT.MouseMove, this::move);
		control.addListener(SWT.MouseUp, this::up);
		control.addListener(SWT.MouseDoubleClick, event -> canvas.pick(event.x, event.y).ifPresentOrElse(canvas::flyTo, canvas::fit));
		control.addListener(SWT.MouseExit, event -> canvas.hover(""));
		control.addListener(SWT.MouseVerticalWheel, this::wheel);
		control.addListener(SWT.KeyDown, this::key);
		control.addListener(SWT.KeyUp, event -> {
			if (Character.toLowerCase(event.keyCode) == 'n') {
				holding = false;
			}
		});
		control.addListener(SWT.FocusOut, event -> holding = false);
		control.addListener(SWT.Traverse, this::traverse);
	}

	/** Who may take a key first. */
	void first(Predicate<Event> keys) {
		first = keys;
	}

	private void down(Event event) {
		canvas.control().setFocus();
		pressed = new Point(event.x, event.y);
		last = pressed;
		button = event.button;
		dragged = false;
		if (button == 1 && canvas.handle(event.x, event.y).filter(group -> handle.grab(group, canvas.frame().orElseThrow())).isPresent()) {
			pressed = null;
			grabbed = onDisplay(event);
			return;
		}
		if (button == 1 && (event.stateMask & SWT.MOD1) != 0) {
			carried = canvas.pick(event.x, event.y).filter(id -> Removal.can(id, canvas.frame())).orElse("");
		}
		if (button == MENU_BUTTON) {
			// its menu is about what is under the mouse
			pressed = null;
			Optional<Item> hit = canvas.pick(event.x, event.y).flatMap(TwinSettings::item);
			if (hit.isPresent() && !selection.items().contains(hit.get())) {
				selection.select(hit.get());
			}
		}
	}

	private void move(Event event) {
		if (handle.isHeld()) {
			handle.pull(grabbed - onDisplay(event));
			return;
		}
		if (pressed == null) {
			canvas.hover(canvas.pick(event.x, event.y).orElse(""));
			return;
		}
		dragged |= Math.abs(event.x - pressed.x) > SLOP || Math.abs(event.y - pressed.y) > SLOP;
		if (!dragged) {
			return;
		}
		if (!carried.isEmpty()) {
			cursor(outside(event) ? SWT.CURSOR_CROSS : SWT.CURSOR_HAND);
			return;
		}
		Point size = canvas.control().getSize();
		float dx = event.x - last.x;
		float dy = event.y - last.y;
		last = new Point(event.x, event.y);
		if (button == 1 && (event.stateMask & SWT.SHIFT) == 0) {
			canvas.camera(canvas.camera().orbit(-dx * .4f, dy * .3f));
		} else {
			canvas.camera(canvas.camera().pan(-dx / size.y, dy / size.y));
		}
	}

	/** The height on the display: the canvas itself moves when the bar of a scenario comes above it. */
	private int onDisplay(Event event) {
		return canvas.control().toDisplay(event.x, event.y).y;
	}

	/** Whether the mouse is over nothing of the estate. */
	private boolean outside(Event event) {
		return canvas.pick(event.x, event.y).isEmpty();
	}

	private void cursor(int shape) {
		Control control = canvas.control();
		control.setCursor(shape == SWT.CURSOR_ARROW ? null : control.getDisplay().getSystemCursor(shape));
	}

	private void up(Event event) {
		String taken = carried;
		carried = "";
		if (!taken.isEmpty() && dragged) {
			pressed = null;
			cursor(SWT.CURSOR_ARROW);
			if (outside(event)) {
				removal.remove(List.of(taken), canvas.frame());
			}
			return;
		}
		if (handle.isHeld()) {
			handle.release();
			return;
		}
		boolean click = pressed != null && !dragged && event.button == 1;
		pressed = null;
		if (click) {
			Optional<Item> hit = canvas.pick(event.x, event.y).flatMap(TwinSettings::item);
			if ((event.stateMask & SWT.MOD1) != 0 && hit.isPresent()) {
				List<Item> more = new ArrayList<>(selection.items());
				if (!more.remove(hit.get())) {
					more.add(hit.get());
				}
				selection.select(more);
			} else {
				selection.select(hit.map(List::of).orElse(List.of()));
			}
		}
	}

	private void wheel(Event event) {
		Point size = canvas.control().getSize();
		float across = 2f * event.x / Math.max(1, size.x) - 1;
		float up = 1 - 2f * event.y / Math.max(1, size.y);
		canvas.camera(canvas.camera().zoomAt((float) Math.pow(.88, Math.signum(event.count)), across, up, canvas.aspect()));
	}

	private void key(Event event) {
		boolean shift = (event.stateMask & SWT.SHIFT) != 0;
		if (first.test(event)) {
			return;
		}
		if ((event.stateMask & (SWT.CTRL | SWT.ALT)) != 0) {
			return;
		}
		Camera camera = canvas.camera();
		switch (event.keyCode) {
		case SWT.ARROW_LEFT -> canvas.camera(shift ? camera.pan(-.08f, 0) : camera.orbit(-7.5f, 0));
		case SWT.ARROW_RIGHT -> canvas.camera(shift ? camera.pan(.08f, 0) : camera.orbit(7.5f, 0));
		case SWT.ARROW_UP -> canvas.camera(shift ? camera.pan(0, .08f) : camera.orbit(0, 5));
		case SWT.ARROW_DOWN -> canvas.camera(shift ? camera.pan(0, -.08f) : camera.orbit(0, -5));
		case SWT.HOME -> canvas.fit();
		case SWT.DEL -> removal.remove(selection.items().stream().filter(item -> item.kind() == Item.Kind.RESOURCE).map(Item::id).toList(), canvas.frame());
		case SWT.ESC -> selection.select(List.of());
		case SWT.CR, SWT.KEYPAD_CR -> canvas.frame().flatMap(frame -> TwinSettings.places(selection.items(), frame.state()).stream().findFirst()).ifPresent(canvas::flyTo);
		case SWT.KEYPAD_ADD -> canvas.camera(camera.zoom(.85f));
		case SWT.KEYPAD_SUBTRACT -> canvas.camera(camera.zoom(1 / .85f));
		default -> letter(event.character, camera);
		}
	}

	private void letter(char character, Camera camera) {
		switch (Character.toLowerCase(character)) {
		case '+', '=' -> canvas.camera(camera.zoom(.85f));
		case '-', '_' -> canvas.camera(camera.zoom(1 / .85f));
		case 't' -> canvas.fly(camera.top());
		case 'p' -> perspective();
		case 'n' -> hold();
		case 'c' -> compare.run();
		case 'b' -> bookmarks.open();
		case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> bookmarks.go(character - '0');
		default -> {
			// not ours
		}
		}
	}

	/** Switches between orthographic and perspective. */
	void perspective() {
		Camera camera = canvas.camera();
		canvas.camera(camera.withPerspective(!camera.perspective()));
	}

	private void hold() {
		if (!holding) {
			holding = true;
			morph();
		}
	}

	/** Steps while N is held, and back when it is not. */
	private void morph() {
		double next = Math.clamp(canvas.morph() + (holding ? MORPH_STEP : -MORPH_STEP), 0, 1);
		if (canvas.control().isDisposed() || next == canvas.morph() && !holding) {
			return;
		}
		if (next != canvas.morph()) {
			canvas.morph(next);
		}
		canvas.control().getDisplay().timerExec(30, this::morph);
	}

	/** Tab walks through the resources, and leaves the canvas behind the last one. */
	private void traverse(Event event) {
		boolean forward = event.detail == SWT.TRAVERSE_TAB_NEXT;
		if (!forward && event.detail != SWT.TRAVERSE_TAB_PREVIOUS) {
			event.doit = event.detail != SWT.TRAVERSE_RETURN && event.detail != SWT.TRAVERSE_ESCAPE && event.doit
					&& event.detail != SWT.TRAVERSE_ARROW_NEXT && event.detail != SWT.TRAVERSE_ARROW_PREVIOUS;
			return;
		}
		List<Node> nodes = canvas.picture().map(picture -> picture.scene().nodes()).orElse(List.of());
		if (nodes.size() <= Detail.WHOLE) {
			// a large estate is walked patch by patch: to sort it at each key would take too long
			nodes = nodes.stream().sorted(Comparator.comparing(Node::group).thenComparing(Node::x).thenComparing(Node::y).thenComparing(Node::id)).toList();
		}
		String now = selection.first().map(TwinInputs::id).orElse("");
		int at = -1;
		for (int i = 0; i < nodes.size(); i++) {
			if (nodes.get(i).id().equals(now)) {
				at = i;
			}
		}
		int next = at < 0 ? forward ? 0 : nodes.size() - 1 : at + (forward ? 1 : -1);
		event.doit = next < 0 || next >= nodes.size();
		if (!event.doit) {
			selection.select(Item.resource(nodes.get(next).id()));
		}
	}

	private static String id(Item item) {
		return item.kind() == Item.Kind.GROUP ? io.shadowweaver.api.metric.SeriesId.GROUP_PREFIX + item.id() : item.id();
	}
}
