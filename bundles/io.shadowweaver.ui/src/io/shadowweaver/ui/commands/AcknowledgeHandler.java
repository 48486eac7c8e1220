// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Acknowledges the selected alerts. */
public final class AcknowledgeHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		for (String alert : selected(Item.Kind.ALERT)) {
			Estates.later("Acknowledge alert", () -> estate.acknowledge(alert, person));
		}
	}
}
