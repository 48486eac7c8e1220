// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.Accessible;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Control;

/**
 * What a screen reader says of a control that has no text of its own, or draws itself: its name, and where it is more than a
 * label what it is, what it shows and its value. UI thread only.
 */
public final class Spoken {
	private static final String KEY = Spoken.class.getName();

	private final Control control;
	private final Supplier<String> name;
	private Supplier<String> description = () -> "";
	private Supplier<String> value = () -> "";
	private String told = "";

	private Spoken(Control control, Supplier<String> name) {
		this.control = control;
		this.name = name;
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
		Spoken spoken = new Spoken(control, Objects.requireNonNull(name, "name"));
		boolean known = control.getData(KEY) != null;
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

	/** Tells a screen reader where description or value are other ones than when this was called last. */
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
