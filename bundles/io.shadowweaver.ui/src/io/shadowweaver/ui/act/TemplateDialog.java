// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.ui.core.AccountInfo;

/** How new members of a group are made in one provider account. */
final class TemplateDialog extends FieldDialog {
	private final List<AccountInfo> accounts;
	private final Template before;
	private Combo account;
	private Template after;

	/**
	 * @param accounts that may be chosen
	 * @param before   as it is; its account may be empty
	 */
	TemplateDialog(Shell shell, List<AccountInfo> accounts, Template before) {
		super(shell, "Template", "How a new member is made in one account. The product keeps this text in the configuration of the estate: it is no place for secrets.");
		this.accounts = accounts;
		this.before = before;
	}

	@Override
	protected void fill(Composite parent) {
		new Label(parent, SWT.NONE).setText("Account:");
		account = new Combo(parent, SWT.READ_ONLY);
		account.setItems(accounts.stream().map(AccountInfo::id).toArray(String[]::new));
		account.select(accounts.stream().map(AccountInfo::id).toList().indexOf(before.provider()));
		account.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
		account.addListener(SWT.Selection, event -> validate());
		field(parent, "offers", "Offers", String.join(", ", before.offers()), "Ids of the offers that may be taken, the best first; empty for all that the account has");
		field(parent, "image", "Image", before.image(), "The provider's image; empty where it needs none");
		field(parent, "network", "Network", before.network(), "The provider's network; empty for its default");
		field(parent, "tags", "Tags", GroupDraft.labels(before.tags()), "Set on the machine, such as tier=web; they must fit the group's members");
		field(parent, "registration", "Registration", before.registration(), "Where it registers for load: a pool of the provider, or an address http://… with {address}; empty for none");
		tall(parent, "userData", "User data", before.userData(), "Handed to the machine at its first start");
	}

	@Override
	protected void read() {
		int index = account.getSelectionIndex();
		AccountInfo chosen = index < 0 ? null : accounts.get(index);
		after = GroupDraft.template(chosen == null ? "" : chosen.id(), text("offers"), chosen == null ? List.of() : chosen.offers().stream().map(Offer::id).toList(), text("image"),
				text("network"), text("userData"), text("tags"), text("registration"));
	}

	/** What was filled in; after the dialog was closed with OK. */
	Template result() {
		return after;
	}
}
