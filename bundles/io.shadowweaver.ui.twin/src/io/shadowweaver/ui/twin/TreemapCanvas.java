// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.Narration;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.Treemap;
import io.shadowweaver.scene.Treemap.Tile;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.Spoken;

/**
 * The twin in two dimensions: the left part of a tile is live, the right part its shadow, in the colours of the scene. A click
 * or the arrow keys select. UI thread, but for the layout, which the feed's thread makes.
 */
final class TreemapCanvas extends Canvas {
	private static final int HEAD = 40;
	private static final int STRIPES = 5;
	private static final int HATCH = 7;

	private final Selection selection;
	private final Spoken spoken;
	private final Palettes palettes;
	private final SceneBuilder builder = new SceneBuilder();
	private final EstateFeed.Subscription<Picture> subscription;
	private final String notice;
	private volatile Point size = new Point(1, 1);
	private Picture picture;
	private String reason = "Waiting for the estate.";

	private record Picture(SceneModel scene, List<Tile> tiles, String said) {
	}

	/**
	 * @param notice why it stands in for the scene in three dimensions; empty when it does not
	 */
	TreemapCanvas(Composite parent, EstateFeed feed, Selection selection, Palettes palettes, String notice) {
		super(parent, SWT.DOUBLE_BUFFERED);
		this.selection = selection;
		this.palettes = palettes;
		this.notice = notice;
		spoken = Spoken.name(this, "Twin in two dimensions").role(ACC.ROLE_CANVAS).description(this::said);
		addListener(SWT.Paint, event -> paint(event.gc));
		addListener(SWT.MouseDown, this::down);
		addListener(SWT.MouseMove, this::move);
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		subscription = feed.subscribe(this, this::make, made -> {
			picture = made;
			spoken.changed();
			redraw();
		}, why -> {
			picture = null;
			reason = why;
			redraw();
		});
		addListener(SWT.Resize, event -> {
			size = new Point(getClientArea().width, getClientArea().height);
			subscription.refresh();
		});
		Runnable end = palettes.listen(subscription::refresh);
		addListener(SWT.Dispose, event -> end.run());
	}

	private Picture make(Frame frame) {
		SceneModel scene = builder.build(frame.state(), TwinSettings.START.view(frame, palettes.current(), true, "", 0), frame.past()::value,
				Duration.ZERO);
		Point room = size;
		int head = head();
		return new Picture(scene, Treemap.layOut(scene, Math.max(1, room.x - 4), Math.max(1, room.y - head - 4)).stream()
				.map(tile -> new Tile(tile.id(), tile.node(), tile.x() + 2, tile.y() + head + 2, tile.width(), tile.height())).toList(),
				Narration.of(scene, frame.state().metrics()));
	}

	private String said() {
		return picture == null ? reason : picture.said;
	}

	private int head() {
		return notice.isEmpty() ? HEAD : HEAD + 18;
	}

	/** What is shown; empty before the first state. For tests. */
	List<Tile> tiles() {
		return picture == null ? List.of() : picture.tiles;
	}

	private Optional<Tile> at(int x, int y) {
		return tiles().stream().filter(tile -> tile.contains(x, y)).reduce((group, member) -> member);
	}

	private void down(Event event) {
		setFocus();
		selection.select(at(event.x, event.y).flatMap(tile -> TwinSettings.item(tile.id())).map(List::of).orElse(List.of()));
	}

	private void move(Event event) {
		String tip = event.y < head() && !notice.isEmpty() ? notice : at(event.x, event.y).flatMap(Tile::node).map(TreemapCanvas::text).orElse(null);
		if (!java.util.Objects.equals(tip, getToolTipText())) {
			setToolTipText(tip);
		}
	}

	private static String text(Node node) {
		String predicted = node.ghost().map(ghost -> " → " + Math.round(ghost.predicted() * 100) + "\u00a0%").orElse("");
		return node.name() + ": " + node.text() + predicted + node.unusual().map(unusual -> "\n" + unusual.text()).orElse("");
	}

	private void key(Event event) {
		List<Tile> members = tiles().stream().filter(tile -> tile.node().isPresent()).toList();
		if (members.isEmpty()) {
			return;
		}
		int now = -1;
		for (int i = 0; i < members.size(); i++) {
			if (selection.contains(Item.resource(members.get(i).id()))) {
				now = i;
			}
		}
		switch (event.keyCode) {
		case SWT.ARROW_RIGHT, SWT.ARROW_DOWN -> selection.select(Item.resource(members.get(Math.floorMod(now + 1, members.size())).id()));
		case SWT.ARROW_LEFT, SWT.ARROW_UP -> selection.select(Item.resource(members.get(Math.floorMod(Math.max(now, 0) - 1, members.size())).id()));
		case SWT.ESC -> selection.select(List.of());
		default -> {
			// not ours
		}
		}
	}

	private void paint(GC gc) {
		Palette palette = palettes.current().twin();
		Rectangle area = getClientArea();
		gc.setBackground(Palettes.swt(palette.ground()));
		gc.fillRectangle(area);
		gc.setForeground(Palettes.swt(palette.ink()));
		if (picture == null) {
			gc.drawText(reason, 10, 10, true);
			return;
		}
		SceneModel.Headline headline = picture.scene.headline();
		int accent = headline.severity().map(s -> s == Severity.CRITICAL ? palette.breach() : palette.warning())
				.orElse(headline.fresh() ? palette.heat().get(1) : palette.stale());
		gc.setBackground(Palettes.swt(accent));
		gc.fillRectangle(4, 4, 4, HEAD - 6);
		gc.drawText(headline.what(), 14, 3, true);
		gc.setForeground(Palettes.swt(palette.quiet()));
		gc.drawText(headline.rest(), 14, 20, true);
		if (!notice.isEmpty()) {
			clipped(gc, notice, palette.quiet(), 14, HEAD, area.width - 20);
		}
		picture.tiles.forEach(tile -> tile(gc, palette, tile));
	}

	private void tile(GC gc, Palette palette, Tile tile) {
		int x = (int) Math.round(tile.x());
		int y = (int) Math.round(tile.y());
		int width = (int) Math.round(tile.x() + tile.width()) - x;
		int height = (int) Math.round(tile.y() + tile.height()) - y;
		if (tile.node().isEmpty()) {
			gc.setBackground(Palettes.swt(palette.grid()));
			gc.fillRectangle(x, y, width - 1, height - 1);
			String text = picture.scene.groups().stream().filter(group -> group.key().equals(tile.id())).map(SceneModel.GroupMark::text).findFirst()
					.orElse(tile.id());
			clipped(gc, text, palette.ink(), x + 3, y + 1, width - 5);
			frame(gc, palette, tile.id(), x, y, width, height);
			return;
		}
		Node node = tile.node().get();
		int live = node.lifecycle().isComing() ? palette.ground() : node.colour();
		gc.setBackground(Palettes.swt(live));
		gc.fillRectangle(x, y, width - 1, height - 1);
		node.ghost().ifPresent(ghost -> {
			gc.setBackground(Palettes.swt(ghost.colour()));
			Rectangle half = new Rectangle(x + (width - 1) / 2, y, width - 1 - (width - 1) / 2, height - 1);
			gc.fillRectangle(half);
			// as the walls of its sleeve in the scene
			diagonals(gc, half, STRIPES, true, Oklab.mix(ghost.colour(), palette.ground(), .55));
		});
		if (node.stale()) {
			diagonals(gc, new Rectangle(x, y, width - 1, height - 1), HATCH, false, Oklab.mix(palette.stale(), palette.ground(), .6));
		}
		if (height > 16) {
			clipped(gc, node.name(), io.shadowweaver.ui.core.Palette.textOn(live), x + 3, y + 1, width - 5);
		}
		if (node.alarm().filter(SceneModel.Alarm::isOpen).isPresent()) {
			gc.setForeground(Palettes.swt(node.alarm().get().severity() == Severity.CRITICAL ? palette.breach() : palette.warning()));
			gc.setLineWidth(3);
			gc.drawRectangle(x + 1, y + 1, width - 4, height - 4);
			gc.setLineWidth(1);
		}
		if (node.unusual().isPresent() && width > 14 && height > 14) {
			int middle = x + width - 9;
			int[] diamond = { middle, y + 2, middle + 6, y + 8, middle, y + 14, middle - 6, y + 8 };
			gc.setBackground(Palettes.swt(node.unusual().get().forecast() ? palette.ground() : palette.unusual()));
			gc.fillPolygon(diamond);
			gc.setForeground(Palettes.swt(palette.unusual()));
			gc.drawPolygon(diamond);
		}
		frame(gc, palette, tile.id(), x, y, width, height);
	}

	/** Lines that rise, or fall, to the right over an area. */
	private static void diagonals(GC gc, Rectangle area, int step, boolean rising, int colour) {
		gc.setForeground(Palettes.swt(colour));
		gc.setClipping(area);
		int top = area.y;
		int bottom = area.y + area.height;
		for (int i = -area.height; i < area.width; i += step) {
			gc.drawLine(area.x + i, rising ? bottom : top, area.x + i + area.height, rising ? top : bottom);
		}
		gc.setClipping((Rectangle) null);
	}

	private void frame(GC gc, Palette palette, String id, int x, int y, int width, int height) {
		if (TwinSettings.item(id).filter(selection::contains).isPresent()) {
			gc.setForeground(Palettes.swt(palette.selection()));
			gc.setLineWidth(3);
			gc.drawRectangle(x, y, width - 2, height - 2);
			gc.setLineWidth(1);
		}
	}

	private static void clipped(GC gc, String text, int ink, int x, int y, int room) {
		String shown = text;
		while (!shown.isEmpty() && gc.textExtent(shown).x > room) {
			shown = shown.substring(0, shown.length() - 1);
		}
		gc.setForeground(Palettes.swt(ink));
		gc.drawText(shown, x, y, true);
	}
}
