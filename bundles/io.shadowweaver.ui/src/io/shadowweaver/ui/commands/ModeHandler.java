// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Map;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.menus.UIElement;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.ui.act.AutoMode;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/** Sets how far automation may go for the selected groups. The mode that they all have is marked. */
public final class ModeHandler extends EstateHandler implements IElementUpdater {
	private static final String PARAMETER = "io.shadowweaver.ui.command.groupMode.mode";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		Mode mode = Mode.valueOf(event.getParameter(PARAMETER));
		List<String> groups = selected(Item.Kind.GROUP);
		if (groups.isEmpty() || mode == Mode.AUTO && !AutoMode.isConfirmed(shell, estate.state(), groups)) {
			return;
		}
		for (String group : groups) {
			Estates.later("Set " + Names.of(estate.state(), List.of()).group(group) + " to " + Formats.words(mode), () -> estate.mode(group, mode));
		}
	}

	@Override
	public void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
		Mode mode = Mode.valueOf((String) parameters.get(PARAMETER));
		List<String> groups = selected(Item.Kind.GROUP);
		element.setChecked(!groups.isEmpty()
				&& PlatformUI.getWorkbench().getService(Estates.class).active().filter(estate -> groups.stream().allMatch(group -> estate.state().mode(group) == mode)).isPresent());
	}
}
