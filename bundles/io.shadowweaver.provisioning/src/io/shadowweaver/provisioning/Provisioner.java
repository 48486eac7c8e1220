// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * Turns needs into machines: plans, guards, journal, calls, reconciliation. {@link #step} comes from the one weave thread;
 * commands come from any thread and are applied at the next step. The kill switch alone holds at once: a call that has not begun
 * is not made.
 *
 * <p>Nothing is called that is not in the journal, on the disk. After a crash what was called and not answered is looked up in the
 * provider's list by its token, so that no machine is made twice.
 */
public final class Provisioner implements AutoCloseable {
	/** The status of the journal in {@link ProvisioningView#statuses()}. */
	public static final String JOURNAL = "journal";
	/** The status of the operator's price list in {@link ProvisioningView#statuses()}; absent where nothing is wrong with it. */
	public static final String PRICES = "prices";
	/** Before the id of a group, the status of what is in the way of its need. */
	public static final String GROUP = "group:";
	private static final System.Logger LOG = System.getLogger(Provisioner.class.getName());
	private static final Duration SHOWN = Duration.ofHours(24);
	private static final Duration REMEMBERED = Duration.ofDays(3);
	private static final int QUEUE_SHOWN = 300;

	private final String estate;
	private final InstantSource clock;
	private final Journal journal;
	private final Ledger ledger;
	private final Recorder recorder;
	private final Reconciler reconciler;
	private final Dispatcher dispatcher;
	private final Drains drains;
	private final PlanBook book = new PlanBook();
	private final Verdicts verdicts;
	private final GroupDesk groupDesk;
	private final Announcer announcer = new Announcer();
	private final Drifts drifts;
	private final Strangers strangers;
	private final Permissions permissions;
	private final Promotions promotions;
	private final LeaseDesk lease;
	private final KillMark mark;
	private final CostDesk costs;
	private final Map<String, AccountDesk> desks = new TreeMap<>();
	private final Map<String, Status> statuses = new HashMap<>();
	private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
	private final List<String> misfits = new ArrayList<>();
	private volatile LeadTimes leads;
	private volatile Map<String, List<Offer>> offers = Map.of();
	private volatile boolean killed;
	private volatile KillMark.Position unmarked;
	private volatile boolean broken;
	private boolean recovered;
	private long heldNumber;
	private boolean closed;
	private List<Promotion> earned = List.of();
	private Instant now;

	/**
	 * Opens the journal and takes up what it holds. A journal that is damaged or cannot be opened is no exception: the status says
	 * it, and nothing is called.
	 *
	 * @param estate    the id of the estate
	 * @param directory for the journal; created
	 * @param accounts  open accounts, by which templates name them; they stay the caller's to close
	 * @param settings  how to decide and call
	 * @param clock     the estate's time
	 * @param calls     runs calls to providers, several accounts at a time; {@code Runnable::run} makes all synchronous and
	 *                  deterministic
	 */
	public Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings,
			InstantSource clock, Executor calls) {
		this(estate, directory, accounts, settings, clock, calls, Optional.empty());
	}

	/**
	 * The same, where several engines may stand over one estate.
	 *
	 * @param lease says which one may act; renewed at each step and asked once more before each call
	 */
	public Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings,
			InstantSource clock, Executor calls, Optional<Lease> lease) {
		this(estate, directory, accounts, settings, clock, calls, lease, System::nanoTime, FailPoint.NONE);
	}

	Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings, InstantSource clock,
			Executor calls, Optional<Lease> lease, LongSupplier nanos, FailPoint failPoint) {
		this.estate = Objects.requireNonNull(estate, "estate");
		this.clock = clock;
		now = clock.instant();
		mark = KillMark.in(directory);
		journal = new Journal(directory.resolve("journal"), failPoint);
		ledger = new Ledger(new LeadTimes(settings.calls().priorMedian(), settings.calls().priorP95()));
		recorder = new Recorder(journal, ledger, directory);
		this.lease = new LeaseDesk(lease, calls);
		drifts = new Drifts(estate);
		strangers = new Strangers(estate, ledger, recorder, desks, misfits::add);
		verdicts = new Verdicts(settings.planning().verdictAfter());
		costs = new CostDesk(settings, accounts.stream().collect(Collectors.toMap(Account::id, Account::type, (first, second) -> first)));
		groupDesk = new GroupDesk(estate, settings, ledger, recorder, book, verdicts, costs);
		permissions = new Permissions(ledger, recorder, groupDesk::settings, misfits::add);
		promotions = new Promotions(ledger, recorder);
		drains = new Drains(misfits::add);
		reconciler = new Reconciler(estate, settings.calls(), recorder, Readiness.overNetwork(calls), drains);
		dispatcher = new Dispatcher(recorder, drains);
		for (Account account : accounts) {
			AccountDesk desk = new AccountDesk(account, settings.calls(), calls, nanos, this::forbidden, failPoint, now);
			if (desks.put(account.id(), desk) != null) {
				throw new IllegalArgumentException("two accounts have the id " + account.id());
			}
		}
		killed = mark.read().map(KillMark.Position::on).orElseGet(ledger::killSwitch);
		leads = ledger.leads();
		journal.note().ifPresent(note -> LOG.log(System.Logger.Level.WARNING, note));
		journal.damage().ifPresent(damage -> LOG.log(System.Logger.Level.ERROR, damage));
		broken = !recorder.trouble().isEmpty();
	}

	/** Asked on the calling threads right before each call. */
	private String forbidden(long fencing) {
		return killed || mark.isOn() ? "the kill switch is on." : broken ? "the journal or the audit trail cannot be written." : lease.forbidden(fencing);
	}

	/**
	 * One tick.
	 *
	 * @param time           the estate's time
	 * @param groups         all scaling groups
	 * @param healthyTraffic whether a resource, by its id, was seen to carry healthy traffic
	 * @return where all stands
	 * @throws IllegalStateException after {@link #close}
	 */
	public ProvisioningView step(Instant time, List<GroupView> groups, Predicate<String> healthyTraffic) {
		if (closed) {
			throw new IllegalStateException("the provisioner of " + estate + " is closed");
		}
		now = time;
		Map<String, GroupView> views = new LinkedHashMap<>();
		groups.forEach(view -> views.put(view.group().id(), view));
		if (!recovered) {
			recovered = true;
			reconciler.recover(ledger, now);
			book.restore(ledger.entries());
			groupDesk.restore(now);
		}
		for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
			command.run();
		}
		watchMark();
		recorder.retry(now);
		lease.renew();
		collect();
		desks.values().forEach(desk -> desk.refresh(now));
		collect();
		Map<String, Snapshot> snapshots = snapshots();
		snapshots.forEach((account, snapshot) -> ledger.leads(ledger.leads().declared(account, snapshot.offers())));
		reconciler.reconcile(ledger, snapshots, views, healthyTraffic, now);
		costs.see(ledger.entries(), now);
		verdicts.step(ledger, views, now).forEach(this::judged);
		earned = promotions.step(views.values(), groupDesk.settings(), now);
		decide(views, snapshots);
		long number = lease.newest().map(GuardInput.Fence::number).orElse(0L);
		dropWhatIsOlderThan(number);
		if (stopped().isEmpty()) {
			dispatcher.dispatch(ledger, desks, views, number, now);
			collect();
		}
		book.settle(ledger).forEach(plan -> recorder.fact(new JournalRecord.Decided(now, plan.id(), plan.state(), "reconciliation", plan.sentence())));
		recorder.flush();
		broken = !recorder.trouble().isEmpty();
		leads = ledger.leads();
		offers = snapshots.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, account -> account.getValue().offers()));
		ledger.forget(now.minus(REMEMBERED));
		return view(views, snapshots);
	}

	/** Tried again at each step until it is written: what a person decided here counts more than a mark that could not be changed. */
	private synchronized void writeMark() {
		KillMark.Position wanted = unmarked;
		if (wanted != null) {
			try {
				mark.move(wanted.on(), wanted.person(), wanted.at());
				unmarked = null;
			} catch (IOException e) {
				LOG.log(System.Logger.Level.ERROR, "The kill switch was moved in this process, but its mark " + mark.file() + " was not: " + e);
			}
		}
	}

	/** The mark may be moved by another process; the journal is told. */
	private void watchMark() {
		writeMark();
		if (unmarked != null) {
			return;
		}
		mark.read().filter(position -> position.on() != ledger.killSwitch()).ifPresent(position -> {
			killed = position.on();
			recorder.fact(new JournalRecord.Switched(now, position.on(), position.person()));
		});
	}

	private void collect() {
		desks.values().forEach(desk -> desk.collect(now).forEach(outcome -> {
			drains.apply(outcome, now);
			reconciler.apply(outcome, ledger, now);
		}));
	}

	/** What was decided before somebody else held the lease was decided without knowing what that one did. */
	private void dropWhatIsOlderThan(long number) {
		if (number == 0 || number == heldNumber) {
			return;
		}
		if (heldNumber != 0) {
			ledger.entries().stream().filter(entry -> entry.is(QueueEntry.State.JOURNALLED)).toList().forEach(entry -> recorder.fact(new JournalRecord.Moved(now, entry.token(),
					QueueEntry.State.CANCELLED, "Not called: it was decided under the fencing number " + heldNumber + ", and somebody else held the lease since; now it is " + number + ".")));
		}
		heldNumber = number;
	}

	private Map<String, Snapshot> snapshots() {
		Map<String, Snapshot> snapshots = new HashMap<>();
		desks.forEach((id, desk) -> desk.snapshot().ifPresent(snapshot -> snapshots.put(id, costs.priced(id, snapshot))));
		return snapshots;
	}

	private String stopped() {
		return killed ? "The kill switch is on: nothing new is called." : recorder.trouble();
	}

	private void judged(Verdict verdict) {
		recorder.fact(new JournalRecord.Judged(now, verdict));
	}

	private void decide(Map<String, GroupView> views, Map<String, Snapshot> snapshots) {
		statuses.keySet().removeIf(key -> key.startsWith(GROUP) && !views.containsKey(key.substring(GROUP.length())));
		groupDesk.gone(views.keySet(), now);
		GroupDesk.Round round = new GroupDesk.Round(now, snapshots, stopped(), lease.newest());
		views.values().forEach(view -> {
			Optional<GroupDesk.Trouble> trouble = groupDesk.step(view, round).or(() -> Readiness.fault(view).map(fault -> new GroupDesk.Trouble(false, "READINESS", fault)));
			String key = GROUP + view.group().id();
			trouble.ifPresentOrElse(one -> become(key, new Status(one.urgent() ? Status.State.FAILED : Status.State.DEGRADED, one.detail(), one.sentence(), now)), () -> statuses.remove(key));
		});
		groupDesk.approvals().unmet().forEach(misfits::add);
	}

	private ProvisioningView view(Map<String, GroupView> views, Map<String, Snapshot> snapshots) {
		List<Intent> planned = new ArrayList<>();
		for (PlanBook.Open open : book.open()) {
			GroupView view = views.get(open.plan().group());
			if ((open.plan().state() == Plan.State.PROPOSED || open.plan().state() == Plan.State.APPROVED) && view != null && !open.draft().removes()) {
				planned.addAll(Intents.of(estate, open.plan(), open.draft(), view, offers, List.of(), now));
			}
		}
		Map<String, Integer> ready = views.values().stream().collect(Collectors.toMap(view -> view.group().id(), GroupView::ready));
		List<TopologyChange> changes = announcer.changes(planned, ledger.entries(), ready, leads, now);
		return new ProvisioningView(book.all(), queue(), ledger.verdicts(), changes, killed,
				new ProvisioningReport(costs.spending(now), drifts.find(ledger, snapshots, now), earned, costs.prices(views.values(), ledger.entries(), offers)), statuses(snapshots));
	}

	private List<QueueEntry> queue() {
		Instant since = now.minus(SHOWN);
		return ledger.entries().stream().filter(entry -> !entry.isFinal() || entry.since().isAfter(since))
				.sorted(Comparator.comparing((Entry entry) -> entry.intent().queuedAt()).reversed().thenComparing(Entry::token)).limit(QUEUE_SHOWN)
				.map(this::shown).toList();
	}

	private QueueEntry shown(Entry entry) {
		Intent intent = entry.intent();
		Progress progress = Progress.of(entry, leads, now);
		String sentence = entry.is(QueueEntry.State.JOURNALLED) && !stopped().isEmpty() ? "It waits: " + stopped() : entry.sentence();
		return new QueueEntry(intent.token(), intent.plan(), intent.group(), intent.kind(), intent.provider(), intent.offer(), intent.zone(),
				entry.state(), entry.resource(), intent.queuedAt(), intent.needBy(), progress.eta(), progress.share(), entry.attempts(),
				intent.price(), sentence);
	}

	private Map<String, Status> statuses(Map<String, Snapshot> snapshots) {
		String trouble = recorder.trouble();
		String last = misfits.isEmpty() ? "" : " " + misfits.get(misfits.size() - 1);
		become(JOURNAL, !trouble.isEmpty() ? new Status(Status.State.FAILED, "JOURNAL", trouble, now)
				: killed ? new Status(Status.State.DEGRADED, "KILLED", "The kill switch is on: nothing new is called, what is in flight goes on." + last, now)
						: new Status(Status.State.OK, "", journal.note().orElse("The journal is whole.") + last, now));
		Map<String, Status> all = new HashMap<>(statuses);
		costs.status(now).ifPresent(status -> all.put(PRICES, status));
		desks.forEach((id, desk) -> all.put(id, strangers.told(id, desk.status(), snapshots.get(id))));
		return all;
	}

	private void become(String key, Status status) {
		Status before = statuses.get(key);
		if (status.differsFrom(before)) {
			statuses.put(key, before != null && before.state() == status.state() && before.detail().equals(status.detail())
					? new Status(status.state(), status.detail(), status.sentence(), before.since()) : status);
		}
	}

	/**
	 * Approves a proposed plan: at the next step all guards run again, and what becomes of it is in the plan. Any thread.
	 *
	 * @param plan   its id
	 * @param person who approves; not blank
	 */
	public void approve(String plan, String person) {
		named(person);
		commands.add(() -> groupDesk.approvals().approve(plan, person));
	}

	/**
	 * Rejects a proposed or approved plan that is not being carried out. Nothing as large is proposed for a while. Any thread.
	 *
	 * @param plan   its id
	 * @param person who rejects; not blank
	 */
	public void reject(String plan, String person) {
		named(person);
		commands.add(() -> groupDesk.approvals().reject(plan, person));
	}

	/**
	 * Cancels an intent that was not called yet; later it goes on, and the status says so. Any thread.
	 *
	 * @param token  of the intent
	 * @param person who cancels; not blank
	 */
	public void cancel(String token, String person) {
		named(person);
		commands.add(() -> {
			Optional<Entry> entry = ledger.find(token);
			if (entry.isPresent() && entry.get().is(QueueEntry.State.JOURNALLED)) {
				recorder.fact(new JournalRecord.Moved(now, token, QueueEntry.State.CANCELLED, "Cancelled by " + person + " before it was called."));
			} else {
				misfits.add(person + " could not cancel " + token + ": " + (entry.isPresent() ? "it is " + entry.get().state().name().toLowerCase(Locale.ROOT) + "." : "it is not known."));
			}
		});
	}

	/**
	 * Asks an account again now that is paused after failures, such as wrong credentials that were put right. Any thread.
	 *
	 * @param account its id
	 * @param person  who asks; not blank
	 */
	public void retry(String account, String person) {
		named(person);
		commands.add(() -> {
			AccountDesk desk = desks.get(account);
			if (desk == null) {
				misfits.add("There is no account " + account + " that " + person + " could try again.");
			} else {
				desk.retry();
				recorder.fact(new JournalRecord.Noted(now, person + " had the account " + account + " tried again."));
			}
		});
	}

	/**
	 * Takes a machine into the journal that says that it was made for this estate and that the journal does not know: it is a member of
	 * the group from then on, costs, and may be removed when the group shrinks. Any thread.
	 *
	 * @param account  the id of the account
	 * @param instance the provider's id of the machine
	 * @param group    the group that it joins
	 * @param person   who decides that; not blank
	 */
	public void adopt(String account, String instance, String group, String person) {
		named(person);
		commands.add(() -> strangers.adopt(account, instance, group, person, now));
	}

	/**
	 * Removes a machine that says that it was made for this estate and that the journal does not know: journalled, then called. Any thread.
	 *
	 * @param account  the id of the account
	 * @param instance the provider's id of the machine
	 * @param person   who decides that; not blank
	 */
	public void remove(String account, String instance, String person) {
		named(person);
		commands.add(() -> strangers.remove(account, instance, person, now));
	}

	/**
	 * Stops all new calls, at once; or allows them again, from the next step. What is in flight goes on. On the disk when this returns,
	 * as a {@linkplain KillMark mark} that other processes can move too. Any thread.
	 *
	 * @param on     whether to stop
	 * @param person who does it; not blank
	 */
	public void killSwitch(boolean on, String person) {
		named(person);
		if (on) {
			killed = true;
		}
		unmarked = new KillMark.Position(on, clock.instant(), person);
		writeMark();
		commands.add(() -> {
			killed = on;
			if (ledger.killSwitch() != on) {
				recorder.fact(new JournalRecord.Switched(now, on, person));
			}
			recorder.flush();
		});
	}

	/** Whether all new calls are stopped. Any thread. */
	public boolean killSwitch() {
		return killed || mark.isOn();
	}

	/**
	 * Allows a group more members for a while; then its own maximum holds again by itself. Kept over a restart. Any thread.
	 *
	 * @param group  its id
	 * @param max    how many at most; not above its own maximum to take a raise back
	 * @param until  how long, at most as long as the settings allow
	 * @param person who allows it; not blank
	 */
	public void raiseCap(String group, int max, Instant until, String person) {
		named(person);
		commands.add(() -> permissions.raise(group, max, until, person, now));
	}

	/**
	 * Allows changes in freeze windows for a while, as an emergency may need. Kept over a restart. Any thread.
	 *
	 * @param group  its id; {@code *} for all
	 * @param until  how long, at most as long as the settings allow; in the past to take it back
	 * @param person who allows it; not blank
	 * @param reason why; not blank
	 */
	public void thaw(String group, Instant until, String person, String reason) {
		named(person);
		if (reason.isBlank()) {
			throw new IllegalArgumentException("changes in a freeze window need a reason");
		}
		commands.add(() -> permissions.thaw(group, until, person, reason, now));
	}

	/**
	 * Lets automation go on for a group that was halted since its last machines never carried traffic. Any thread.
	 *
	 * @param group  its id
	 * @param person who has looked after it; not blank
	 */
	public void resume(String group, String person) {
		named(person);
		commands.add(() -> permissions.resume(group, person, now));
	}

	/**
	 * Decides by other settings from the next step on. How providers are called, and the price list, change with the next start. Any thread.
	 *
	 * @param settings the new ones
	 */
	public void settings(ProvisioningSettings settings) {
		Objects.requireNonNull(settings, "settings");
		commands.add(() -> {
			if (!settings.equals(groupDesk.settings())) {
				groupDesk.settings(settings);
				costs.settings(settings);
				recorder.fact(new JournalRecord.Noted(now, "The settings were changed; limits: " + settings.limits() + ", oversight: " + settings.oversight() + "."));
			}
		});
	}

	private static void named(String person) {
		if (person.isBlank()) {
			throw new IllegalArgumentException("a decision needs the name of a person");
		}
	}

	/** The learned leads. Any thread. */
	public LeadTimes leadTimes() {
		return leads;
	}

	/** For tests: what the end of the process does, nothing is written any more. */
	void abandon() {
		closed = true;
		recorder.close();
		journal.close();
	}

	/** What each account offered when it was last read, by its id; an account that has not answered is missing. Any thread. */
	public Map<String, List<Offer>> offers() {
		return offers;
	}

	/** Closes the journal. Calls that run are not waited for: the next start looks up what became of them. */
	@Override
	public void close() {
		closed = true;
		recorder.flush();
		recorder.close();
		journal.close();
	}
}
