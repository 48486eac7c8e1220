// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.views.properties.IPropertySheetPage;

import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.SelectionBridge;
import io.shadowweaver.ui.core.TimeCursor;
import io.shadowweaver.ui.properties.FeedPropertyPage;

/**
 * A view that shows something of the active estate and follows its feed.
 *
 * @param <T> what it shows, immutable
 */
public abstract class FeedView<T> extends ViewPart {
	private Estates estates;
	private EstateFeed feed;
	private Selection selection;
	private TimeCursor cursor;
	private Palettes palettes;
	private ReasonStack stack;
	private EstateFeed.Subscription<T> subscription;

	@Override
	public final void createPartControl(Composite parent) {
		IWorkbench workbench = PlatformUI.getWorkbench();
		estates = workbench.getService(Estates.class);
		feed = workbench.getService(EstateFeed.class);
		selection = workbench.getService(Selection.class);
		cursor = workbench.getService(TimeCursor.class);
		palettes = workbench.getService(Palettes.class);
		stack = new ReasonStack(parent);
		SelectionBridge.install(getSite(), selection, stack.composite());
		Control content = createContent(stack.composite());
		stack.content(content);
		stack.reason(estates.why());
		subscription = feed.subscribe(stack.composite(), this::compute, this::display, this::absent);
		Runnable end = palettes.listen(() -> subscription.refresh());
		stack.composite().addDisposeListener(event -> end.run());
	}

	private void display(T shown) {
		String why = reason(shown);
		if (why.isEmpty()) {
			stack.show();
			show(shown);
		} else {
			stack.reason(why);
		}
	}

	/** There is no estate to show; says why, unless the view has something to show all the same. UI thread. */
	protected void absent(String why) {
		stack.reason(why);
	}

	/** Shows the content in place of a sentence. */
	protected final void uncover() {
		stack.show();
	}

	/** Makes the content; once, on the UI thread. */
	protected abstract Control createContent(Composite parent);

	/** Makes what is shown; on the feed's thread, no widgets. */
	protected abstract T compute(Frame frame);

	/** Why there is nothing to show, in a sentence; empty to show it. UI thread, cheap. */
	protected abstract String reason(T shown);

	/** Shows it; UI thread, cheap. */
	protected abstract void show(T shown);

	/** Computes and shows anew after a change of the view's own settings. */
	protected final void refresh() {
		if (subscription != null) {
			subscription.refresh();
		}
	}

	/** The estates. */
	protected final Estates estates() {
		return estates;
	}

	/** The feed. */
	protected final EstateFeed feed() {
		return feed;
	}

	/** The selection that links all parts. */
	protected final Selection selection() {
		return selection;
	}

	/** The cursor that all parts follow. */
	protected final TimeCursor cursor() {
		return cursor;
	}

	/** The colours. */
	protected final Palettes palettes() {
		return palettes;
	}

	/** Whether content is shown, and not a sentence. */
	public final boolean isShown() {
		return stack.isShown();
	}

	/** What holds the content and the sentence. */
	public final Composite composite() {
		return stack.composite();
	}

	@Override
	public void setFocus() {
		stack.composite().setFocus();
	}

	@Override
	public <A> A getAdapter(Class<A> adapter) {
		if (adapter == IPropertySheetPage.class) {
			return adapter.cast(new FeedPropertyPage());
		}
		return super.getAdapter(adapter);
	}
}
