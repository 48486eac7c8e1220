// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.expressions.PropertyTester;

import io.shadowweaver.ui.core.Item;

/** Tests the kind of a selected item, so that commands are enabled only where they do something. */
public final class ItemTester extends PropertyTester {
	@Override
	public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
		return receiver instanceof Item item && item.kind().name().equals(expected);
	}
}
