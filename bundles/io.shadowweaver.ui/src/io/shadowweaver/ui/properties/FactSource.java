// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.properties;

import java.util.List;

import org.eclipse.ui.views.properties.IPropertyDescriptor;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertyDescriptor;

/** Facts as read-only properties. */
final class FactSource implements IPropertySource {
	private final List<Fact> facts;

	FactSource(List<Fact> facts) {
		this.facts = facts;
	}

	@Override
	public Object getEditableValue() {
		return null;
	}

	@Override
	public IPropertyDescriptor[] getPropertyDescriptors() {
		IPropertyDescriptor[] descriptors = new IPropertyDescriptor[facts.size()];
		for (int i = 0; i < descriptors.length; i++) {
			PropertyDescriptor descriptor = new PropertyDescriptor(i, facts.get(i).name());
			descriptor.setCategory(facts.get(i).category());
			descriptors[i] = descriptor;
		}
		return descriptors;
	}

	@Override
	public Object getPropertyValue(Object id) {
		return facts.get((Integer) id).value();
	}

	@Override
	public boolean isPropertySet(Object id) {
		return false;
	}

	@Override
	public void resetPropertyValue(Object id) {
		// facts cannot be changed
	}

	@Override
	public void setPropertyValue(Object id, Object value) {
		// facts cannot be changed
	}
}
