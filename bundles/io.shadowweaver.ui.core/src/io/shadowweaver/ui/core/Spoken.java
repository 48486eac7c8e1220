// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.Accessible;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

/**
 * What a screen reader says of a control that has no text of its own, or draws itself: its name, and where it is more than a
 * label what it is, what it shows and its value. UI thread only.
 */
public final class Spoken {
	private static final String KEY = Spoken.class.getName();

	private static final String LABELS = KEY + ".labels";

	private final Control control;
	private final Supplier<String> name;
	/** Names what the window system draws, which asks no listener; {@code null} for what draws itself. */
	private final Canvas label;
	private Supplier<String> description = () -> "";
	private Supplier<String> value = () -> "";
	private String told = "";

	private Spoken(Control control, Supplier<String> name) {
		this.control = control;
		this.name = name;
		label = control instanceof Canvas ? null : label(control, name);
	}

	/**
	 * GTK asks its own accessible objects for the names of its widgets, not those of SWT; but a label that stands in relation to a widget names it
	 * everywhere. A label of SWT is a box there, without a name; so it is a canvas. It is in a window that is never opened, so that it is in no layout.
	 */
	private static Canvas label(Control control, Supplier<String> name) {
		Display display = control.getDisplay();
		Shell holder = (Shell) display.getData(LABELS);
		if (holder == null || holder.isDisposed()) {
			holder = new Shell(display, SWT.NO_TRIM);
			display.setData(LABELS, holder);
		}
		Canvas label = new Canvas(holder, SWT.NONE);
		name(label, name).role(ACC.ROLE_LABEL);
		label.getAccessible().addRelation(ACC.RELATION_LABEL_FOR, control.getAccessible());
		control.getAccessible().addRelation(ACC.RELATION_LABELLED_BY, label.getAccessible());
		control.addDisposeListener(event -> label.dispose());
		return label;
	}

	/** Names a control. */
	public static Spoken name(Control control, String name) {
		return name(control, () -> name);
	}

	/**
	 * Names a control.
	 *
	 * @param name asked whenever a screen reader asks; never empty
	 */
	public static Spoken name(Control control, Supplier<String> name) {
		Objects.requireNonNull(name, "name");
		boolean known = control.getData(KEY) != null;
		of(control).map(before -> before.label).ifPresent(Canvas::dispose);
		Spoken spoken = new Spoken(control, name);
		control.setData(KEY, spoken);
		if (!known) {
			// asks for what is said now, so that a control is named anew without a second listener
			control.getAccessible().addAccessibleListener(new Names(control));
		}
		return spoken;
	}

	/** What is said of a control; empty where it speaks for itself. */
	public static Optional<Spoken> of(Control control) {
		return Optional.ofNullable((Spoken) control.getData(KEY));
	}

	/** Says what a control is that draws itself: a role of {@link ACC}. */
	public Spoken role(int role) {
		control.getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
			@Override
			public void getRole(AccessibleControlEvent event) {
				if (event.childID == ACC.CHILDID_SELF) {
					event.detail = role;
				}
			}

			@Override
			public void getValue(AccessibleControlEvent event) {
				if (event.childID == ACC.CHILDID_SELF && !value().isEmpty()) {
					event.result = value();
				}
			}
		});
		return this;
	}

	/**
	 * Says what it shows.
	 *
	 * @param text asked whenever a screen reader asks; may be empty
	 */
	public Spoken description(Supplier<String> text) {
		description = Objects.requireNonNull(text, "text");
		return this;
	}

	/**
	 * Says its value, of a control with a role.
	 *
	 * @param text asked whenever a screen reader asks; empty for none
	 */
	public Spoken value(Supplier<String> text) {
		value = Objects.requireNonNull(text, "text");
		return this;
	}

	/** Its name. */
	public String name() {
		return name.get();
	}

	/** What it shows. */
	public String description() {
		return description.get();
	}

	/** Its value. */
	public String value() {
		return value.get();
	}

	/** What names a control that the window system draws; empty for one that draws itself. For tests. */
	public Optional<Control> label() {
		return Optional.ofNullable(label);
	}

	/** Tells a screen reader where name, description or value are other ones than when this was called last. */
	public void changed() {
		String now = description() + "\n" + value();
		if (!now.equals(told) && !control.isDisposed()) {
			told = now;
			Accessible accessible = control.getAccessible();
			accessible.sendEvent(ACC.EVENT_DESCRIPTION_CHANGED, null);
			accessible.sendEvent(ACC.EVENT_VALUE_CHANGED, null);
		}
	}

	private static final class Names extends AccessibleAdapter {
		private final Control control;

		Names(Control control) {
			this.control = control;
		}

		@Override
		public void getName(AccessibleEvent event) {
			if (event.childID == ACC.CHILDID_SELF) {
				event.result = of(control).map(Spoken::name).orElse(event.result);
			}
		}

		@Override
		public void getDescription(AccessibleEvent event) {
			if (event.childID == ACC.CHILDID_SELF) {
				event.result = of(control).map(Spoken::description).filter(text -> !text.isEmpty()).orElse(event.result);
			}
		}
	}
}
