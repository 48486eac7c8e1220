// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableElement;

/** What the twin is opened on: the active estate, whichever it is. All are equal, so that there is one twin a window. */
public final class TwinInput implements IEditorInput, IPersistableElement {
	/** Asks for the active estate. */
	public TwinInput() {
		// there is nothing to say
	}

	@Override
	public <T> T getAdapter(Class<T> adapter) {
		return adapter.isInstance(this) ? adapter.cast(this) : null;
	}

	@Override
	public boolean exists() {
		return true;
	}

	@Override
	public ImageDescriptor getImageDescriptor() {
		return ImageDescriptor.getMissingImageDescriptor();
	}

	@Override
	public String getName() {
		return "Twin";
	}

	@Override
	public IPersistableElement getPersistable() {
		return this;
	}

	@Override
	public String getToolTipText() {
		return "The active estate and its shadow";
	}

	@Override
	public void saveState(IMemento memento) {
		// the active estate is not ours to remember
	}

	@Override
	public String getFactoryId() {
		return TwinInputFactory.ID;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof TwinInput;
	}

	@Override
	public int hashCode() {
		return TwinInput.class.hashCode();
	}
}
