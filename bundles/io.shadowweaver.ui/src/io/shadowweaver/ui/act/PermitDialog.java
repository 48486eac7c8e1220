// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.time.Duration;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.act.Quantity.Kind;

/** Permits a group for a while what a guard forbids: more members, or changes in a freeze window. It ends by itself. */
public final class PermitDialog extends FieldDialog {
	private static final int SHORTEST = 60;
	private static final int MOST = 100_000;

	/**
	 * What is permitted.
	 *
	 * @param max    the raised maximum; 0 where changes in a freeze window are permitted
	 * @param lasts  for how long, positive
	 * @param reason why; empty where none is asked for
	 * @param person who permits it, not blank
	 */
	public record Permit(int max, Duration lasts, String reason, String person) {
	}

	private final boolean raises;
	private final String person;
	private final String facts;
	private final Quantity max;
	private final Quantity lasts;
	private Permit permit;

	private PermitDialog(Shell shell, String heading, String explanation, String facts, boolean raises, Quantity max, Duration longest, String person) {
		super(shell, heading, explanation);
		this.raises = raises;
		this.person = person;
		this.facts = facts;
		this.max = max;
		double most = longest.toMillis() / 1e3;
		lasts = Quantity.of("lasts", "For", Kind.SPAN, Math.min(SHORTEST, most), most, Math.min(3_600, most), "How long; then what was before holds again by itself");
	}

	/**
	 * More members than the group's maximum.
	 *
	 * @param now     what the group has now, in a sentence
	 * @param longest how long it may last at most
	 */
	public static PermitDialog raise(Shell shell, ScalingGroup group, String now, Duration longest, String person) {
		Quantity max = Quantity.of("max", "Maximum", Kind.COUNT, group.min(), MOST, group.max() + group.step(), "How many members at most while it lasts; the group's own maximum takes a raise back");
		return new PermitDialog(shell, "Raise the cap of " + group.name(), "The maximum of the group is higher for a while. Money, rate and blast radius still hold.", now, true, max, longest, person);
	}

	/**
	 * Changes in freeze windows.
	 *
	 * @param name    of the group
	 * @param now     what is frozen now, in a sentence
	 * @param longest how long it may last at most
	 */
	public static PermitDialog thaw(Shell shell, String name, String now, Duration longest, String person) {
		return new PermitDialog(shell, "Allow changes of " + name, "Changes are allowed although a freeze window says no. All other guards still hold.", now, false,
				Quantity.of("max", "Maximum", Kind.COUNT, 0, 0, 0, ""), longest, person);
	}

	@Override
	protected void fill(Composite parent) {
		Label words = new Label(parent, SWT.WRAP);
		words.setText(facts);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1);
		wide.widthHint = 520;
		words.setLayoutData(wide);
		if (raises) {
			field(parent, max, max.text(max.standard().orElseThrow()));
		}
		field(parent, lasts, lasts.text(lasts.standard().orElseThrow()));
		if (!raises) {
			field(parent, "reason", "Reason", "", "Is written into the journal and the audit trail");
		}
		field(parent, "person", "Person", person, "Whose name is written beside it");
	}

	@Override
	protected void read() {
		int limit = raises ? max.read(text(max.key())).orElseThrow().intValue() : 0;
		Duration span = Quantity.span(lasts.read(text(lasts.key())).orElseThrow());
		String reason = raises ? "" : text("reason").strip();
		if (!raises && reason.isEmpty()) {
			throw new IllegalArgumentException("Changes in a freeze window need a reason.");
		}
		if (text("person").isBlank()) {
			throw new IllegalArgumentException("A decision needs the name of a person.");
		}
		permit = new Permit(limit, span, reason, text("person").strip());
	}

	/** What is permitted; after the dialog was closed with OK. */
	public Permit permit() {
		return permit;
	}
}
