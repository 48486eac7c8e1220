// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.scene.Timeline;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.core.TimeCursor;

/** What is pressed beside the time line: play and pause, how fast, and on to the next breach. UI thread only. */
final class TimeBar extends Composite {
	private final TimeCursor cursor;
	private final Selection selection;
	private final Supplier<Optional<Frame>> frame;
	private final TimePlayer player;
	private final Button play;
	private final Button breach;

	/**
	 * @param frame what is shown; empty before there is anything
	 * @param end   until when anything is predicted in it; empty where nothing is
	 */
	TimeBar(Composite parent, TimeCursor cursor, Selection selection, Palettes palettes, Supplier<Optional<Frame>> frame, Supplier<Optional<Instant>> end) {
		super(parent, SWT.NONE);
		this.cursor = cursor;
		this.selection = selection;
		this.frame = frame;
		RowLayout layout = new RowLayout(SWT.HORIZONTAL);
		layout.center = true;
		layout.marginTop = 0;
		layout.marginBottom = 0;
		setLayout(layout);
		play = button("▶", event -> toggle());
		Combo speeds = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
		Spoken.name(speeds, "Speed of playing");
		speeds.setToolTipText("How much of the estate's time goes by in a second");
		TimePlayer.SPEEDS.forEach(speed -> speeds.add(text(speed)));
		breach = button("▽ Next breach", event -> next());
		Display display = getDisplay();
		player = new TimePlayer(cursor, palettes, frame, end, (millis, work) -> display.timerExec(millis, () -> {
			if (!isDisposed()) {
				work.run();
			}
		}), System::nanoTime, this::show);
		Spoken.name(play, () -> isPlaying() ? "Pause" : "Play");
		speeds.select(TimePlayer.SPEEDS.indexOf(player.speed()));
		speeds.addListener(SWT.Selection, event -> player.speed(TimePlayer.SPEEDS.get(speeds.getSelectionIndex())));
		addListener(SWT.Dispose, event -> player.stop());
		show();
	}

	private Button button(String text, org.eclipse.swt.widgets.Listener action) {
		Button button = new Button(this, SWT.PUSH);
		button.setText(text);
		button.addListener(SWT.Selection, action);
		return button;
	}

	private static String text(Duration speed) {
		return (speed.toDays() > 0 ? speed.toDays() + " d" : speed.toHours() > 0 ? speed.toHours() + " h" : speed.toMinutes() + " min") + "/s";
	}

	/** Plays, or stands still. */
	void toggle() {
		player.toggle();
	}

	boolean isPlaying() {
		return player.isPlaying();
	}

	/** Goes to the next breach that is predicted, and selects what breaches; behind the last one begins with the first. */
	void next() {
		player.stop();
		frame.get().ifPresent(seen -> {
			Optional<Alert> found = Timeline.nextBreach(seen.state(), cursor.position().time().filter(time -> time.isAfter(seen.now())).orElse(seen.now()))
					.or(() -> Timeline.nextBreach(seen.state(), seen.now()));
			breach.setToolTipText(found.isPresent() ? tip() : "No breach is predicted that no plan covers.");
			found.ifPresent(alert -> {
				selection.select(Item.ofSubject(alert.subject()));
				cursor.move(position -> position.at(Optional.of(alert.breachAt())));
			});
		});
	}

	private static String tip() {
		return "Goes to the next breach that is predicted and no plan covers, and selects what breaches";
	}

	private void show() {
		if (!isDisposed()) {
			play.setText(player == null || !player.isPlaying() ? "▶" : "⏸");
			play.setToolTipText(player == null || !player.isPlaying() ? "Plays the time line up to the end of what is predicted (Space)" : "Stands still (Space)");
			Spoken.of(play).ifPresent(Spoken::changed);
			if (breach.getToolTipText() == null) {
				breach.setToolTipText(tip());
			}
		}
	}
}
