// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.act.DecisionDialog;
import io.shadowweaver.ui.act.Permits;
import io.shadowweaver.ui.act.PermitDialog;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Permits the selected group, or that of the selected plan, what a guard forbids; the parameter of the command says what. */
public final class PermitHandler extends EstateHandler {
	private static final String PARAMETER = "io.shadowweaver.ui.command.permit.what";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		WeaverState state = estate.state();
		Set<String> ids = new LinkedHashSet<>(selected(Item.Kind.GROUP));
		Set<String> plans = Set.copyOf(selected(Item.Kind.PLAN));
		state.plans().stream().filter(plan -> plans.contains(plan.id())).forEach(plan -> ids.add(plan.group()));
		Optional<ScalingGroup> group = ids.stream().map(state.topology().groups()::get).filter(java.util.Objects::nonNull).findFirst();
		if (group.isEmpty()) {
			MessageDialog.openInformation(shell, "No group", "Select a scaling group, or one of its plans.");
			return;
		}
		switch (event.getParameter(PARAMETER)) {
		case "resume" -> resume(shell, estate, group.get(), person);
		case "raise" -> raise(shell, estate, group.get(), person);
		default -> thaw(shell, estate, group.get(), person);
		}
	}

	private static void resume(Shell shell, EstateHandle estate, ScalingGroup group, String person) {
		Optional<DecisionDialog.Decision> decision = Permits.resumption(estate.state(), group);
		if (decision.isEmpty()) {
			MessageDialog.openInformation(shell, "Not halted", group.name() + " is not halted: nothing has to be resumed.");
			return;
		}
		DecisionDialog dialog = new DecisionDialog(shell, decision.get(), person);
		if (dialog.open() == Window.OK) {
			String who = dialog.person();
			Estates.later("Resume " + group.name(), () -> estate.automation().resume(group.id(), who));
		}
	}

	private static void raise(Shell shell, EstateHandle estate, ScalingGroup group, String person) {
		PermitDialog dialog = PermitDialog.raise(shell, group, Permits.members(estate.state(), group), longest(estate), person);
		if (dialog.open() == Window.OK) {
			PermitDialog.Permit permit = dialog.permit();
			Instant until = estate.state().time().plus(permit.lasts());
			Estates.later("Raise the cap of " + group.name(), () -> estate.automation().raiseCap(group.id(), permit.max(), until, permit.person()));
		}
	}

	private static void thaw(Shell shell, EstateHandle estate, ScalingGroup group, String person) {
		PermitDialog dialog = PermitDialog.thaw(shell, group.name(), Permits.frozen(estate.state(), estate.automation().settings(), group), longest(estate), person);
		if (dialog.open() == Window.OK) {
			PermitDialog.Permit permit = dialog.permit();
			Instant until = estate.state().time().plus(permit.lasts());
			Estates.later("Allow changes of " + group.name(), () -> estate.automation().thaw(group.id(), until, permit.person(), permit.reason()));
		}
	}

	private static Duration longest(EstateHandle estate) {
		return estate.automation().settings().oversight().longestException();
	}
}
