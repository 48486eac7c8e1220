// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.ProvisioningSettings.Planning;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.PlatformBackend;

/** The windows over a real engine with the simulated fleet: from a forecast peak to machines on their way. */
class EngineWindowTest extends FleetWindow {
	private static final String PREFIX = "io.shadowweaver.ui.command.";

	private EstateHandle start() throws Exception {
		ProvisioningSettings usual = ProvisioningSettings.defaults();
		Planning planning = usual.planning();
		// a plan waits for the test, however slow it is
		ProvisioningSettings patient = usual.with(new Planning(planning.level(), planning.reactiveHeadroom(), planning.reactiveSpan(), planning.horizon(), planning.leadMargin(),
				planning.decisionMargin(), Duration.ofDays(1), planning.rejectHold(), planning.verdictAfter()));
		ShadowPlatform platform = ShadowPlatform.open(directory.resolve("engine"));
		platform.open(DefaultEstates.simulated(600, Map.of("start", "2026-03-02T09:30:00Z", "history", "2d", "incident", "false", "flash-crowd", "false", "deployments", "false"))
				.withModes(Map.of("web", Mode.PROPOSE)).withProvisioning(patient));
		estates.attach(PlatformBackend.over(platform));
		estates.activate(DefaultEstates.SIMULATED);
		pump(() -> estates.active().filter(one -> one.id().equals(DefaultEstates.SIMULATED)).isPresent(), "the simulated fleet is not active");
		return estates.active().orElseThrow();
	}

	private static Optional<Plan> waiting(EstateHandle estate) {
		return estate.state().plans().stream().filter(plan -> plan.group().equals("web") && plan.state() == Plan.State.PROPOSED).findFirst();
	}

	private String dryRun(String awaited) throws Exception {
		execute(PREFIX + "dryRun", Map.of());
		Shell dialog = dialog("Dry run");
		StyledText told = all(dialog, StyledText.class).getFirst();
		pump(() -> told.getText().contains(awaited), "'" + awaited + "' is missing in " + told.getText());
		String text = told.getText();
		press(dialog, "Close");
		return text;
	}

	private void select(String plan) {
		Table table = all(contents(ProvisioningView.ID), Table.class).getFirst();
		pump(() -> table.getItemCount() > 0 && table.getItem(0).getText(1).equals("proposed"), "the plan is not on top");
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		assertEquals(plan, selection.items().getFirst().id());
	}

	@Test
	void aForecastPeakIsPlannedTriedGuardedAndApproved() throws Exception {
		EstateHandle estate = start();
		open(ProvisioningView.ID);
		pump(() -> waiting(estate).isPresent(), "nothing is proposed: " + estate.state().plans());
		estate.speed(1);
		Plan plan = waiting(estate).orElseThrow();
		select(plan.id());
		String told = dryRun("Roll-back");
		for (String part : List.of("create web-", "Call 1: ", "room for 64 more", "blast radius: passes", "kill switch: passes")) {
			assertTrue(told.contains(part), part + " is missing in " + told);
		}
		assertEquals(List.of(), estate.state().queue(), "a dry run changes nothing");
		var preferences = PreferencesUtil.createPreferenceDialogOn(page.getWorkbenchWindow().getShell(), "io.shadowweaver.ui.preferences.guards", null, null);
		preferences.setBlockOnOpen(false);
		preferences.open();
		field(preferences.getShell(), "Machines of ours").setText("0");
		press(preferences.getShell(), "Apply and Close");
		pump(() -> estate.automation().settings().limits().maxMachines() == 0, "the limit was not kept");
		dryRun("cap: refuses: The estate would have");
		estate.automation().settings(estate.automation().settings().with(ProvisioningSettings.defaults().limits()));
		answer("Approve");
		execute(PREFIX + "plan", Map.of(PREFIX + "plan.decision", "approve"));
		pump(() -> estate.state().queue().stream().anyMatch(entry -> entry.plan().equals(plan.id()) && entry.state() != QueueEntry.State.FAILED), "nothing is on its way: " + estate.state().plans());
		answer("Stop new calls");
		execute(PREFIX + "killSwitch", Map.of());
		pump(() -> estate.state().killSwitch(), "the kill switch does not hold");
	}
}
