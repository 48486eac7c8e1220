// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.ui.commands.EstateHandler;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.Selection;

/**
 * Asks 'what if' of what is selected: adds a change to the scenario that is shown, or to a new one, and shows it. Without a group or resource
 * among the selected the whole estate is meant.
 */
public final class WhatIfHandler extends EstateHandler {
	private static final String PARAMETER = "io.shadowweaver.ui.command.whatIf.change";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		Subject subject = Subject.of(PlatformUI.getWorkbench().getService(Selection.class).items(), estate.state().topology());
		String what = event.getParameter(PARAMETER);
		if (what.startsWith("traffic=")) {
			add(Change.Traffic.of(subject.ofTraffic(), Double.parseDouble(what.substring("traffic=".length()))), estate.state());
			return;
		}
		Optional<ChangeDraft> draft = switch (what) {
		case "traffic" -> Optional.of(subject.draft(ChangeKind.TRAFFIC));
		case "growth" -> Optional.of(subject.draft(ChangeKind.GROWTH));
		case "add" -> subject.group().map(id -> subject.draft(ChangeKind.ADD));
		case "scale" -> subject.group().map(id -> subject.draft(ChangeKind.SCALE));
		case "remove" -> subject.resource().map(id -> subject.draft(ChangeKind.REMOVE));
		case "zone" -> Optional.of(subject.draft(ChangeKind.LOSS));
		default -> throw new IllegalArgumentException("no change " + what);
		};
		draft.ifPresent(asked -> {
			ChangeDialog dialog = new ChangeDialog(shell, asked, estate.state());
			if (dialog.open() == Window.OK) {
				add(dialog.result(), estate.state());
			}
		});
	}

	private static void add(Change change, WeaverState state) {
		Scenarios scenarios = PlatformUI.getWorkbench().getService(Scenarios.class);
		String id = scenarios.shown().map(Scenarios.Entry::id).orElseGet(() -> scenarios.add(Scenario.of(ChangeText.of(change, state))));
		scenarios.edit(id, old -> {
			List<Change> all = new ArrayList<>(old.changes());
			all.add(change);
			return new Scenario(old.name(), old.description(), all);
		});
		scenarios.show(id);
	}
}
