// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.commands.KillSwitchHandler;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;

/** The estate's clock, how fresh its data is, and what is wrong, in one line. Also tells the kill switch when it changed. */
public final class StatusControl extends WorkbenchWindowControlContribution {
	private static final String PROVISIONING = "provisioning:";
	private static final String GROUP = PROVISIONING + "group:";
	private static final String PROVIDER = "provider:";
	private static final int WIDTH = 860;
	private static final int LOOK_MILLIS = 2_000;
	private static final long PATIENCE_MILLIS = 10_000;

	/** What is shown. */
	record Shown(long version, String text, boolean killSwitch, Duration tick) {
	}

	private Label label;
	private Shown shown = new Shown(-1, "", false, Duration.ZERO);
	private long arrived = System.nanoTime();

	@Override
	protected Control createControl(Composite parent) {
		Composite line = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout();
		layout.marginHeight = 3;
		line.setLayout(layout);
		label = new Label(line, SWT.NONE);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, true);
		wide.widthHint = WIDTH;
		label.setLayoutData(wide);
		PlatformUI.getWorkbench().getService(EstateFeed.class).subscribe(line, StatusControl::compute, this::show, why -> text(why));
		line.getDisplay().timerExec(LOOK_MILLIS, this::look);
		return line;
	}

	/** The line of a frame. */
	static Shown compute(Frame frame) {
		WeaverState state = frame.state();
		StringBuilder text = new StringBuilder(state.killSwitch() ? "KILL SWITCH ON   " : "").append(frame.scenario().isEmpty() ? "" : "WHAT IF   ").append(state.name()).append("   ").append(Formats.clock(state.time()));
		if (frame.estate().ownTime()) {
			text.append(" ×").append(Formats.number(frame.estate().speed()));
		}
		text.append("   ").append(freshness(state));
		long active = state.alerts().stream().filter(Alert::isActive).count();
		long critical = state.alerts().stream().filter(alert -> alert.isActive() && alert.severity() == Severity.CRITICAL).count();
		long covered = state.alerts().stream().filter(alert -> alert.state() == Alert.State.COVERED).count();
		text.append("   ").append(active == 0 ? "no alerts" : active + (active == 1 ? " alert, " : " alerts, ") + critical + " critical, " + covered + " covered");
		worst(frame).ifPresent(sentence -> text.append("   ").append(sentence));
		Duration tick = state.step().dividedBy(Math.max(1, Math.round(frame.estate().speed())));
		return new Shown(state.version(), text.toString(), state.killSwitch(), tick);
	}

	private static String freshness(WeaverState state) {
		if (state.disconnected().isPresent()) {
			return "NOT CONNECTED";
		}
		long newest = Long.MIN_VALUE;
		for (int slot = 0; slot < state.series().size(); slot++) {
			newest = Math.max(newest, state.series().time(slot));
		}
		if (newest == Long.MIN_VALUE) {
			return "no data yet";
		}
		Duration age = Duration.between(Instant.ofEpochMilli(newest), state.time());
		return age.compareTo(state.step().multipliedBy(3)) > 0 ? "DATA IS " + Formats.span(age) + " OLD"
				: "data is fresh (" + Formats.span(age.isNegative() ? Duration.ZERO : age) + ")";
	}

	private static Optional<String> worst(Frame frame) {
		Names names = Names.of(frame);
		return frame.state().statuses().entrySet().stream().filter(entry -> entry.getValue().state() == Status.State.FAILED
				|| entry.getValue().state() == Status.State.UNAVAILABLE || entry.getValue().state() == Status.State.DEGRADED)
				.max(Comparator.comparing((Map.Entry<String, Status> entry) -> entry.getValue().state()).thenComparing(Map.Entry::getKey))
				.map(entry -> sentence(whose(entry.getKey(), names), names.said(entry.getValue().sentence())));
	}

	private static String sentence(String whose, String said) {
		return said.startsWith(whose) ? said : whose + ": " + said;
	}

	/** What a status is about, for the operator. */
	static String whose(String key, Names names) {
		if (key.startsWith(GROUP)) {
			return names.group(key.substring(GROUP.length()));
		}
		String id = key.substring(key.indexOf(':') + 1);
		return key.startsWith(PROVISIONING) || key.startsWith(PROVIDER) ? names.account(id) : key.replace(":", " ");
	}

	private void show(Shown next) {
		if (next.version != shown.version) {
			arrived = System.nanoTime();
		}
		if (next.killSwitch != shown.killSwitch || shown.version < 0) {
			PlatformUI.getWorkbench().getService(ICommandService.class).refreshElements(KillSwitchHandler.COMMAND, null);
		}
		shown = next;
		text(next.text);
	}

	/** A standstill brings no frame, so it must be looked for. */
	private void look() {
		if (label.isDisposed()) {
			return;
		}
		Duration silence = Duration.ofNanos(System.nanoTime() - arrived);
		if (shown.version >= 0 && silence.toMillis() > PATIENCE_MILLIS + shown.tick.multipliedBy(3).toMillis()) {
			text("NO TICK FOR " + Formats.span(silence) + "   " + shown.text);
		}
		label.getDisplay().timerExec(LOOK_MILLIS, this::look);
	}

	private void text(String text) {
		if (!label.getText().equals(text)) {
			label.setText(text);
			label.setToolTipText(text);
		}
	}
}
