// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;

/** Makes the input of a twin that was open when the workbench was closed. */
public final class TwinInputFactory implements IElementFactory {
	/** Its id in the extension point. */
	public static final String ID = "io.shadowweaver.ui.twin.input";

	@Override
	public IAdaptable createElement(IMemento memento) {
		return new TwinInput();
	}
}
