// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.TimeScale;
import io.shadowweaver.scene.Timeline;
import io.shadowweaver.scene.Timeline.Cluster;
import io.shadowweaver.scene.Timeline.Mark;
import io.shadowweaver.scene.Words;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.core.TimeCursor;

/**
 * The time line under the twin: past, now, future and what is marked on it. The mouse and the arrow keys move the one cursor
 * of all windows; the wheel and + and - change how much is seen; Home and Escape go back to now. UI thread only.
 */
final class TimelineStrip extends Canvas {
	private static final int HEIGHT = 58;
	private static final int SNAP = 6;
	/** So many marks are said at once. */
	private static final int SAID = 3;
	private static final ZoneId ZONE = ZoneId.systemDefault();

	private final TimeCursor cursor;
	private final Spoken spoken;
	private final Selection selection;
	private final Palettes palettes;
	private Frame frame;
	private TimelineShown shown;
	private Duration span = TimeScale.usual(Instant.EPOCH).span();
	private List<Cluster> clusters = List.of();
	private boolean scrubbing;
	private Runnable play = () -> {
		// nothing plays without a bar
	};

	TimelineStrip(Composite parent, TimeCursor cursor, Selection selection, Palettes palettes) {
		super(parent, SWT.DOUBLE_BUFFERED);
		this.cursor = cursor;
		this.selection = selection;
		this.palettes = palettes;
		spoken = Spoken.name(this, "Time line").role(ACC.ROLE_SLIDER).value(this::moment).description(this::marks);
		addListener(SWT.Paint, event -> paint(event.gc));
		addListener(SWT.MouseDown, this::down);
		addListener(SWT.MouseMove, this::move);
		addListener(SWT.MouseUp, event -> scrubbing = false);
		addListener(SWT.MouseVerticalWheel, event -> zoom(Math.pow(.8, Math.signum(event.count))));
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		Runnable end = palettes.listen(this::redraw);
		Runnable endCursor = cursor.listen(this::moved);
		addListener(SWT.Dispose, event -> {
			end.run();
			endCursor.run();
		});
	}

	@Override
	public Point computeSize(int widthHint, int heightHint, boolean changed) {
		return new Point(widthHint == SWT.DEFAULT ? 200 : widthHint, HEIGHT);
	}

	/** Shows a newer state. */
	void show(TimelineShown newest) {
		shown = newest;
		frame = newest.frame();
		moved();
	}

	/** Until when anything is predicted; empty where nothing is. */
	Optional<Instant> end() {
		return shown == null ? Optional.empty() : shown.end();
	}

	private void moved() {
		spoken.changed();
		redraw();
	}

	/** Where the cursor stands, in words. */
	private String moment() {
		Optional<Instant> at = cursor.position().time();
		if (frame == null || at.isEmpty()) {
			return "now";
		}
		Duration ahead = Duration.between(frame.now(), at.get());
		return Words.time(at.get(), frame.now(), ZONE) + (ahead.isNegative() ? ", " + Words.span(ahead) + " ago" : ", in " + Words.span(ahead));
	}

	/** The marks that come next behind the cursor, in words. */
	private String marks() {
		if (frame == null) {
			return "";
		}
		Instant from = cursor.position().time().orElse(frame.now());
		List<Mark> behind = shown.marks().stream().filter(mark -> mark.time().isAfter(from)).toList();
		return behind.isEmpty() ? "No mark behind it." : behind.stream().limit(SAID).map(Mark::text).collect(Collectors.joining(". ")) + "."
				+ (behind.size() > SAID ? " And " + (behind.size() - SAID) + " more marks." : "");
	}

	/** What the space bar does. */
	void onPlay(Runnable action) {
		play = action;
	}

	private Optional<TimeScale> scale() {
		return frame == null ? Optional.empty() : Optional.of(new TimeScale(frame.now(), span));
	}

	private void zoom(double factor) {
		scale().ifPresent(scale -> {
			span = scale.zoom(factor).span();
			redraw();
		});
	}

	private void down(Event event) {
		setFocus();
		if (event.button == 3) {
			// what the menu offers is about the time under the mouse
			scrub(event.x);
		}
		if (event.button != 1) {
			return;
		}
		Optional<Cluster> hit = hit(event.x, event.y);
		if (hit.isPresent()) {
			hit.get().marks().stream().map(Mark::subject).filter(subject -> !subject.isEmpty()).findFirst()
					.ifPresent(subject -> selection.select(Item.ofSubject(subject)));
			go(hit.get().first().time());
		} else {
			scrubbing = true;
			scrub(event.x);
		}
	}

	private void move(Event event) {
		if (scrubbing) {
			scrub(event.x);
			return;
		}
		String tip = hit(event.x, event.y).map(cluster -> cluster.marks().stream().limit(12).map(Mark::text).collect(Collectors.joining("\n")))
				.orElse(null);
		if (!java.util.Objects.equals(tip, getToolTipText())) {
			setToolTipText(tip);
		}
	}

	private Optional<Cluster> hit(int x, int y) {
		int width = getClientArea().width;
		return y > 34 ? Optional.empty()
				: clusters.stream().filter(cluster -> Math.abs(cluster.place() * width - x) <= 7)
						.min(java.util.Comparator.comparingDouble(cluster -> Math.abs(cluster.place() * width - x)));
	}

	private void scrub(int x) {
		int width = Math.max(1, getClientArea().width);
		scale().ifPresent(scale -> {
			if (Math.abs(x - TimeScale.NOW * width) <= SNAP) {
				cursor.move(position -> position.at(Optional.empty()));
			} else {
				go(scale.time(Math.clamp((double) x / width, 0, 1)));
			}
		});
	}

	private void go(Instant time) {
		cursor.move(position -> position.at(Optional.of(time)));
	}

	private void key(Event event) {
		if (frame == null) {
			return;
		}
		Instant at = cursor.position().time().orElse(frame.now());
		Duration step = (event.stateMask & SWT.SHIFT) != 0 ? Duration.ofHours(1) : Duration.ofMinutes(5);
		switch (event.keyCode) {
		case SWT.ARROW_LEFT -> go(at.minus(step));
		case SWT.ARROW_RIGHT -> go(at.plus(step));
		case SWT.PAGE_UP -> go(at.minus(Duration.ofDays(1)));
		case SWT.PAGE_DOWN -> go(at.plus(Duration.ofDays(1)));
		case SWT.HOME, SWT.ESC -> cursor.move(position -> position.at(Optional.empty()));
		case SWT.KEYPAD_ADD -> zoom(.8);
		case SWT.KEYPAD_SUBTRACT -> zoom(1.25);
		default -> {
			if (event.character == ' ') {
				play.run();
			} else if (event.character == '+' || event.character == '=') {
				zoom(.8);
			} else if (event.character == '-') {
				zoom(1.25);
			}
		}
		}
	}

	private static Color colour(int rgb) {
		return Palettes.swt(rgb);
	}

	private void paint(GC gc) {
		Palette palette = palettes.current().twin();
		int width = getClientArea().width;
		int height = getClientArea().height;
		gc.setBackground(colour(palette.ground()));
		gc.fillRectangle(0, 0, width, height);
		Optional<TimeScale> known = scale();
		if (known.isEmpty() || width < 20) {
			return;
		}
		TimeScale scale = known.get();
		gc.setAntialias(SWT.ON);
		int axis = 34;
		int now = (int) Math.round(TimeScale.NOW * width);
		axis(gc, palette, scale, width, axis, now);
		clusters = Timeline.cluster(shown.marks(), scale, width);
		for (Cluster cluster : clusters) {
			bar(gc, palette, scale, cluster.first(), width, axis);
		}
		clusters.stream().sorted(java.util.Comparator.comparing((Cluster cluster) -> cluster.first().kind()).reversed())
				.forEach(cluster -> mark(gc, palette, cluster, (int) Math.round(cluster.place() * width), axis - 12));
		cursor(gc, palette, scale, width, height);
		if (isFocusControl()) {
			gc.setForeground(colour(palette.quiet()));
			gc.setLineStyle(SWT.LINE_DOT);
			gc.drawRectangle(0, 0, width - 1, height - 1);
			gc.setLineStyle(SWT.LINE_SOLID);
		}
	}

	/** Past solid, future a band that fades with its distance. */
	private void axis(GC gc, Palette palette, TimeScale scale, int width, int axis, int now) {
		gc.setBackground(colour(palette.quiet()));
		gc.fillRectangle(0, axis - 1, now, 3);
		int last = end().map(time -> (int) Math.round(Math.clamp(scale.place(time), TimeScale.NOW, 1) * width)).orElse(now);
		beyond(gc, palette, last, width, axis);
		for (int x = now; x < last; x += 4) {
			double far = (double) (x - now) / (width - now);
			gc.setBackground(colour(Oklab.mix(palette.ground(), palettes.current().predicted(), .75 - .5 * far)));
			gc.fillRectangle(x, axis - 4, Math.min(4, last - x), 9);
		}
		long step = scale.tick(width).toMillis();
		long offset = ZONE.getRules().getOffset(scale.now()).getTotalSeconds() * 1000L;
		long first = Math.floorDiv(scale.time(0).toEpochMilli() + offset, step) + 1;
		gc.setForeground(colour(palette.quiet()));
		for (long i = first; i * step - offset < scale.time(1).toEpochMilli(); i++) {
			Instant time = Instant.ofEpochMilli(i * step - offset);
			int x = (int) Math.round(scale.place(time) * width);
			gc.drawLine(x, axis + 3, x, axis + 7);
			String text = Words.time(time, scale.now(), ZONE);
			Point size = gc.textExtent(text);
			if (x - size.x / 2 > 2 && x + size.x / 2 < width - 2 && Math.abs(x - now) > (size.x + 34) / 2) {
				gc.drawText(text, x - size.x / 2, axis + 7, true);
			}
		}
		gc.setForeground(colour(palette.ink()));
		gc.setLineWidth(2);
		gc.drawLine(now, 4, now, axis + 8);
		gc.setLineWidth(1);
		Point size = gc.textExtent("now");
		gc.drawText("now", now - size.x / 2, axis + 7, true);
	}

	/** Where nothing is predicted any more, the line is dotted and says so. */
	private static void beyond(GC gc, Palette palette, int last, int width, int axis) {
		if (last >= width) {
			return;
		}
		gc.setForeground(colour(palette.quiet()));
		gc.setLineStyle(SWT.LINE_DOT);
		gc.drawLine(last, axis, width, axis);
		gc.setLineStyle(SWT.LINE_SOLID);
		String text = "no forecast beyond";
		Point size = gc.textExtent(text);
		if (last + size.x + 8 < width) {
			gc.drawText(text, last + 6, axis - size.y - 3, true);
		}
	}

	private static int ink(Palette palette, Mark mark) {
		if (mark.kind() == Timeline.Kind.EVENT || mark.kind() == Timeline.Kind.READY) {
			return palette.quiet();
		}
		if (mark.kind() == Timeline.Kind.UNUSUAL) {
			return palette.unusual();
		}
		return mark.ticked() ? palette.heat().get(1) : mark.severity().orElse(Severity.WARNING) == Severity.CRITICAL ? palette.breach() : palette.warning();
	}

	private void bar(GC gc, Palette palette, TimeScale scale, Mark mark, int width, int axis) {
		if (mark.from().isEmpty() || mark.to().isEmpty()) {
			return;
		}
		int from = (int) Math.round(Math.clamp(scale.place(mark.from().get()), 0, 1) * width);
		int to = (int) Math.round(Math.clamp(scale.place(mark.to().get()), 0, 1) * width);
		gc.setForeground(colour(ink(palette, mark)));
		gc.setAlpha(150);
		gc.setLineWidth(mark.kind() == Timeline.Kind.BREACH ? 3 : 1);
		gc.drawLine(from, axis - 12, to, axis - 12);
		gc.setLineWidth(1);
		gc.setAlpha(255);
	}

	private void mark(GC gc, Palette palette, Cluster cluster, int x, int y) {
		Mark mark = cluster.first();
		gc.setForeground(colour(ink(palette, mark)));
		gc.setBackground(colour(mark.hollow() ? palette.ground() : ink(palette, mark)));
		int[] shape = switch (mark.kind()) {
		case ACT_BY -> new int[] { x, y - 9, x + 8, y, x, y + 9, x - 8, y };
		case BREACH -> new int[] { x - 6, y - 5, x + 6, y - 5, x, y + 6 };
		case READY -> new int[] { x - 3, y - 6, x + 3, y - 6, x + 3, y + 6, x - 3, y + 6 };
		case UNUSUAL -> new int[] { x, y - 5, x + 5, y, x, y + 5, x - 5, y };
		case EVENT -> event(mark.event().orElse(io.shadowweaver.api.metric.Event.Kind.NOTE), x, y);
		};
		if (shape.length == 0) {
			gc.fillOval(x - 4, y - 4, 8, 8);
			gc.drawOval(x - 4, y - 4, 8, 8);
		} else {
			gc.fillPolygon(shape);
			gc.drawPolygon(shape);
		}
		if (mark.ticked()) {
			gc.setForeground(colour(palette.ink()));
			gc.setLineWidth(2);
			gc.drawPolyline(new int[] { x - 3, y, x - 1, y + 3, x + 4, y - 4 });
			gc.setLineWidth(1);
		}
		if (cluster.marks().size() > 1) {
			gc.setForeground(colour(palette.quiet()));
			gc.drawText(String.valueOf(cluster.marks().size()), x + 9, y - 12, true);
		}
	}

	/** A shape of its own for what is planned or has gone wrong; none for a round mark. */
	private static int[] event(io.shadowweaver.api.metric.Event.Kind kind, int x, int y) {
		return switch (kind) {
		case LAUNCH -> new int[] { x - 5, y + 4, x, y - 5, x + 5, y + 4 };
		case DEPLOYMENT -> new int[] { x - 4, y - 5, x + 5, y, x - 4, y + 5 };
		case HOLIDAY -> new int[] { x - 4, y - 4, x + 4, y - 4, x + 4, y + 4, x - 4, y + 4 };
		case INCIDENT -> new int[] { x - 5, y - 2, x - 2, y - 2, x - 2, y - 5, x + 2, y - 5, x + 2, y - 2, x + 5, y - 2, x + 5, y + 2, x + 2, y + 2, x + 2, y + 5,
				x - 2, y + 5, x - 2, y + 2, x - 5, y + 2 };
		case CAPACITY -> new int[] { x - 2, y - 4, x + 2, y - 4, x + 2, y + 4, x - 2, y + 4 };
		case NOTE -> new int[0];
		};
	}

	private void cursor(GC gc, Palette palette, TimeScale scale, int width, int height) {
		Optional<Instant> time = cursor.position().time();
		Instant at = time.orElse(scale.now());
		double place = scale.place(at);
		if (time.isEmpty() || place < 0 || place > 1) {
			return;
		}
		int x = (int) Math.round(place * width);
		gc.setForeground(colour(palette.selection()));
		gc.drawLine(x, 0, x, height);
		String text = Words.time(at, scale.now(), ZONE);
		Point size = gc.textExtent(text);
		int left = Math.clamp(x + 4, 0, Math.max(0, width - size.x - 4));
		gc.setBackground(colour(palette.plate()));
		gc.fillRectangle(left - 2, 0, size.x + 4, size.y);
		gc.drawText(text, left, 0, true);
	}
}
