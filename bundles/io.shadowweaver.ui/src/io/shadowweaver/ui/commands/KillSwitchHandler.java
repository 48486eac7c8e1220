// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.Map;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.menus.UIElement;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** Stops all new calls to providers, or allows them again. The button is red while it is on. */
public final class KillSwitchHandler extends EstateHandler implements IElementUpdater {
	/** The id of the command. */
	public static final String COMMAND = "io.shadowweaver.ui.command.killSwitch";
	private static final String BUNDLE = "io.shadowweaver.ui";
	private static final ImageDescriptor ON = ResourceLocator.imageDescriptorFromBundle(BUNDLE, "icons/kill-on.svg").orElseThrow();
	private static final ImageDescriptor OFF = ResourceLocator.imageDescriptorFromBundle(BUNDLE, "icons/kill-off.svg").orElseThrow();

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		boolean on = estate.state().killSwitch();
		long flying = estate.state().queue().stream().filter(entry -> !entry.isFinal()).count();
		String question = on ? "New calls to providers are made again, as the modes of the groups allow."
				: "No new call is made to any provider of '" + estate.name() + "'; forecasts and alerts go on."
						+ (flying == 0 ? "" : " What is on the way (" + flying + ") is finished and stays listed in Provisioning.");
		String verb = on ? "Allow new calls" : "Stop new calls";
		if (MessageDialog.open(on ? MessageDialog.QUESTION : MessageDialog.WARNING, shell, "Kill switch", question, 0, verb, "Leave it") == 0) {
			Estates.later(verb, () -> estate.killSwitch(!on, person));
		}
	}

	@Override
	public void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
		boolean on = PlatformUI.getWorkbench().getService(Estates.class).active().map(estate -> estate.state().killSwitch()).orElse(false);
		element.setIcon(on ? ON : OFF);
		element.setChecked(on);
		// The text keeps its length: a tool bar that grew would push the button out of sight.
		element.setText("Kill switch");
		element.setTooltip(on ? "The kill switch is on: no new calls to providers. Click to allow them again." : "Stop all new calls to providers");
	}
}
