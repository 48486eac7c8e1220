// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.core.ConnectionDraft;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.FeedView;
import io.shadowweaver.ui.wizard.ConnectionWizard;

/** The provider accounts and how each is doing, what they offer at what price, and where they differ from the journal. */
public final class AccountsView extends FeedView<AccountsView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.accounts";

	/** What is shown. */
	record Shown(Frame frame, List<AccountInfo> known, RowTable.Arranged<AccountRow> accounts, RowTable.Arranged<OfferRow> offers,
			RowTable.Arranged<DriftRow> drifts, Optional<List<String>> installed) {
	}

	private RowTable<AccountRow> accounts;
	private RowTable<OfferRow> offers;
	private RowTable<DriftRow> drifts;
	private SashForm sash;
	private volatile Set<String> chosen = Set.of();
	private volatile Optional<List<String>> installed = Optional.empty();

	@Override
	protected Control createContent(Composite parent) {
		sash = new SashForm(parent, SWT.VERTICAL);
		accounts = new RowTable<>(sash, List.of(
				new Column<AccountRow>("State", "How the account is doing", 90, false, row -> Formats.words(row.status().state()), AccountRow.URGENT, Optional.empty())
						.marked(this::colour),
				Column.<AccountRow>text("Account", "A provider connection of this estate", 140, row -> row.account().name()),
				Column.<AccountRow>text("Provider", "The plug-in", 90, row -> row.account().type()),
				Column.text("Region", "Where it can make machines", 90, AccountRow::regions),
				Column.text("Machines of ours", "What stands there and what is on its way", 150, AccountRow::machines),
				Column.text("Offers", "What can be made", 130, AccountRow::offers),
				Column.text("How it is", "In a sentence", 420, AccountRow::said),
				Column.<AccountRow, java.time.Instant>ordered("Since", "When this state began", 140, AccountRow::since, row -> row.status().since())),
				row -> row.account().id(), AccountRow.URGENT);
		offers = new RowTable<>(sash, List.of(Column.text("Account", "Who makes it", 120, OfferRow::account),
				Column.<OfferRow>text("Offer", "What is made", 140, row -> row.offer().name()),
				Column.<OfferRow>number("Price", "An hour of it", 100, OfferRow::price, row -> row.offer().pricePerHour()),
				Column.text("Price from", "Who says so, and how old that is", 220, OfferRow::source),
				Column.text("Holds", "Capacity", 220, OfferRow::capacity),
				Column.<OfferRow>number("Quota left", "How many more can be made", 95, OfferRow::quota, row -> row.offer().quotaLeft()),
				Column.text("Where", "Region and zones", 160, OfferRow::zones),
				Column.<OfferRow, java.time.Duration>ordered("Lead", "Until the first healthy traffic, as declared", 130, OfferRow::lead, row -> row.offer().leadMedian())),
				OfferRow::key, OfferRow.CHEAPEST);
		drifts = new RowTable<>(sash, List.of(
				Column.text("Difference", "Orphan: ours by its tags, not in the journal. Missing: gone without us. Changed: not as it was made. Overdue: past its review date", 90,
						DriftRow::kind).marked(row -> palettes().current().stop(row.drift().kind() == Drift.Kind.OVERDUE ? 2 : 3)),
				Column.<DriftRow>text("Machine", "The provider's id", 200, row -> row.drift().instance()),
				Column.text("Account", "Where", 120, DriftRow::account),
				Column.text("Group", "What it was made for", 110, DriftRow::group),
				Column.text("What is different", "In a sentence", 420, DriftRow::said),
				Column.<DriftRow, java.time.Instant>ordered("Since", "When it was first seen", 140, DriftRow::since, row -> row.drift().since())), DriftRow::key,
				DriftRow.OLDEST);
		accounts.named("Accounts");
		accounts.onArrangement(this::refresh);
		offers.named("Offers");
		offers.onArrangement(this::refresh);
		drifts.named("Drifts");
		drifts.onArrangement(this::refresh);
		accounts.onSelect(rows -> {
			Set<String> ids = new HashSet<>();
			rows.forEach(row -> ids.add(row.account().id()));
			chosen = Set.copyOf(ids);
			refresh();
		});
		accounts.onOpen(row -> edit(row.account()));
		sash.setWeights(34, 40, 26);
		actions();
		Runnable end = estates().listen(this::readInstalled);
		sash.addDisposeListener(event -> end.run());
		readInstalled();
		return sash;
	}

	private void actions() {
		Action edit = action("Edit or test connection…", "Changes the settings of the selected account, and tries them before they are kept", "connection",
				() -> accounts.selected().stream().findFirst().ifPresent(row -> edit(row.account())));
		Action retry = action("Try again", "Asks the selected accounts at once that pause after failures", "retrain", () -> act((estate, person) -> accounts.selected()
				.forEach(row -> Estates.later("Ask " + row.account().name() + " again", () -> estate.automation().retry(row.account().id(), person)))));
		Action adopt = action("Adopt…", "Takes the selected machine, of which the journal knows nothing, into a group", "approve", this::adopt);
		Action delete = action("Delete…", "Deletes the selected machine, of which the journal knows nothing, at its provider", "remove", this::delete);
		IAction again = new Action("Look again") {
			@Override
			public void run() {
				readInstalled();
				refresh();
			}
		};
		getViewSite().getActionBars().getToolBarManager().add(retry);
		getViewSite().getActionBars().getToolBarManager().add(edit);
		getViewSite().getActionBars().getToolBarManager().add(adopt);
		getViewSite().getActionBars().getToolBarManager().add(delete);
		getViewSite().getActionBars().getMenuManager().add(again);
		MenuManager menu = new MenuManager();
		menu.add(retry);
		menu.add(edit);
		accounts.table().setMenu(menu.createContextMenu(accounts.table()));
		MenuManager decisions = new MenuManager();
		decisions.add(adopt);
		decisions.add(delete);
		drifts.table().setMenu(decisions.createContextMenu(drifts.table()));
	}

	private static Action action(String name, String tip, String icon, Runnable work) {
		Action action = new Action(name, ResourceLocator.imageDescriptorFromBundle("io.shadowweaver.ui", "icons/" + icon + ".svg").orElse(null)) {
			@Override
			public void run() {
				work.run();
			}
		};
		action.setToolTipText(tip);
		return action;
	}

	/** Asks for something of the active estate, on the UI thread; what it does there is a Job. */
	private void act(BiConsumer<EstateHandle, String> work) {
		estates().active().ifPresent(estate -> work.accept(estate, estates().person()));
	}

	private Optional<DriftRow> undecided() {
		Optional<DriftRow> row = drifts.selected().stream().filter(DriftRow::isOpen).findFirst();
		if (row.isEmpty()) {
			MessageDialog.openInformation(getSite().getShell(), "Nothing to decide", "Select an orphan among the differences: a machine that says it is ours, and of which the journal knows nothing.");
		}
		return row;
	}

	private void adopt() {
		undecided().ifPresent(row -> act((estate, person) -> {
			Map<String, String> groups = new TreeMap<>();
			estate.state().topology().groups().values().forEach(group -> groups.put(groups.containsKey(group.name()) ? group.name() + " (" + group.id() + ")" : group.name(), group.id()));
			if (groups.isEmpty()) {
				MessageDialog.openInformation(getSite().getShell(), "No group", "This estate has no scaling group that it could join.");
				return;
			}
			DecisionDialog dialog = new DecisionDialog(getSite().getShell(), row.adoption(List.copyOf(groups.keySet())), person);
			if (dialog.open() == Window.OK) {
				String group = groups.get(dialog.chosen());
				String who = dialog.person();
				Estates.later("Adopt " + row.drift().instance(), () -> estate.automation().adopt(row.drift().provider(), row.drift().instance(), group, who));
			}
		}));
	}

	private void delete() {
		undecided().ifPresent(row -> act((estate, person) -> {
			DecisionDialog dialog = new DecisionDialog(getSite().getShell(), row.removal(), person);
			if (dialog.open() == Window.OK) {
				String who = dialog.person();
				Estates.later("Delete " + row.drift().instance(), () -> estate.automation().remove(row.drift().provider(), row.drift().instance(), who));
			}
		}));
	}

	/** The names of the providers, for the sentence of a view without accounts; read in a Job. */
	private void readInstalled() {
		estates().backend().ifPresent(backend -> Estates.later("Looking for providers", () -> {
			installed = Optional.of(backend.contributions().stream().filter(one -> one.point().equals(Points.PROVIDERS)).map(ContributionInfo::name).sorted().toList());
			refresh();
		}));
	}

	private void edit(AccountInfo account) {
		Optional<EstateHandle> estate = estates().active();
		if (estate.isPresent()) {
			ConnectionWizard wizard = new ConnectionWizard();
			wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
			wizard.change(new ConnectionDraft(Points.PROVIDERS, account.id(), estate.get().id(), account.name(), account.type(), account.settings(), 1));
			new WizardDialog(getSite().getShell(), wizard).open();
		}
	}

	private int colour(AccountRow row) {
		Palette palette = palettes().current();
		return switch (row.status().state()) {
		case FAILED, UNAVAILABLE -> palette.stop(4);
		case DEGRADED -> palette.stop(3);
		case OK -> palette.stop(1);
		default -> palette.stale();
		};
	}

	@Override
	protected Shown compute(Frame frame) {
		List<AccountInfo> known = frame.estate().automation().accounts();
		List<AccountInfo> offering = known.stream().filter(account -> chosen.isEmpty() || chosen.contains(account.id())).toList();
		return new Shown(frame, known, accounts.arrange(AccountRow.of(frame.state(), known)), offers.arrange(OfferRow.of(frame.state(), offering)),
				drifts.arrange(DriftRow.of(frame.state(), Names.of(frame.state(), known))), installed);
	}

	@Override
	protected String reason(Shown shown) {
		return shown.drifts.total() > 0 ? "" : AccountRow.whyNone(shown.frame.state().name(), shown.known, shown.installed);
	}

	@Override
	protected void show(Shown shown) {
		accounts.show(shown.accounts, chosen);
		offers.show(shown.offers, keys(offers.selected().stream().map(OfferRow::key).toList()));
		drifts.show(shown.drifts, keys(drifts.selected().stream().map(DriftRow::key).toList()));
		boolean any = shown.drifts.total() > 0;
		if (drifts.control().getVisible() != any) {
			drifts.control().setVisible(any);
			sash.layout();
		}
	}

	private static Set<String> keys(List<String> selected) {
		return new HashSet<>(selected);
	}
}
