// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.properties;

import java.util.List;
import java.util.Optional;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.views.properties.IPropertySheetEntry;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertySheetPage;
import org.eclipse.ui.views.properties.PropertySheetSorter;

import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Spoken;

/** A page of the Properties view that follows the selection and the feed. */
public final class FeedPropertyPage extends PropertySheetPage {
	private Shown shown = new Shown(Optional.empty(), List.of());

	private record Shown(Optional<Item> item, List<Fact> facts) {
	}

	@Override
	public void createControl(Composite parent) {
		super.createControl(parent);
		Spoken.name(getControl(), "Properties");
		setSorter(new ReadingOrder());
		setPropertySourceProvider(object -> object instanceof Item ? source() : null);
		PlatformUI.getWorkbench().getService(EstateFeed.class).subscribe(getControl(), FeedPropertyPage::compute, this::show,
				why -> show(new Shown(Optional.empty(), List.of())));
	}

	private IPropertySource source() {
		return new FactSource(shown.facts);
	}

	private static Shown compute(Frame frame) {
		Optional<Item> item = frame.selection().stream().findFirst();
		return new Shown(item, item.map(chosen -> Facts.of(frame, chosen)).orElse(List.of()));
	}

	private void show(Shown next) {
		if (!next.equals(shown)) {
			boolean other = !next.item.equals(shown.item);
			shown = next;
			if (other) {
				selectionChanged(null, next.item.map(StructuredSelection::new).orElse(StructuredSelection.EMPTY));
			} else {
				refresh();
			}
		}
	}

	@Override
	public void selectionChanged(org.eclipse.ui.IWorkbenchPart part, org.eclipse.jface.viewers.ISelection selection) {
		// The feed brings the item with its facts, so what the workbench says is only a hint.
		if (part == null) {
			super.selectionChanged(null, selection);
		}
	}

	/** Facts come in reading order; by the alphabet, the log would come before what it is about. */
	private final class ReadingOrder extends PropertySheetSorter {
		@Override
		public int compareCategories(String left, String right) {
			return Integer.compare(place(left), place(right));
		}

		private int place(String category) {
			for (int i = 0; i < shown.facts.size(); i++) {
				if (shown.facts.get(i).category().equals(category)) {
					return i;
				}
			}
			return Integer.MAX_VALUE;
		}

		@Override
		public void sort(IPropertySheetEntry[] entries) {
			// they are in order
		}
	}
}
