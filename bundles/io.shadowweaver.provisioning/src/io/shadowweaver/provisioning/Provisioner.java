// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.provisioning.cost.PriceBook;

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
	/** The status of the clock in {@link ProvisioningView#statuses()}; absent where it did not jump lately. */
	public static final String CLOCK = "clock";
	/** Before the id of a group, the status of what is in the way of its need. */
	public static final String GROUP = "group:";
	private static final System.Logger LOG = System.getLogger(Provisioner.class.getName());
	private static final Duration REMEMBERED = Duration.ofDays(3);

	private final String estate;
	private final InstantSource clock;
	private final ClockWatch watch;
	private final Journal journal;
	private final Ledger ledger;
	private final Recorder recorder;
	private final Reconciler reconciler;
	private final Dispatcher dispatcher;
	private final Drains drains;
	private final PlanBook book = new PlanBook();
	private final Verdicts verdicts;
	private final GroupDesk groupDesk;
	private final Reports reports;
	private final DryRunDesk dryRuns = new DryRunDesk();
	private final WishDesk wishes = new WishDesk();
	private final Permissions permissions;
	private final Promotions promotions;
	private final LeaseDesk lease;
	private final KillSwitch killSwitch;
	private final CostDesk costs;
	private final Map<String, AccountDesk> desks = new TreeMap<>();
	private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
	private volatile LeadTimes leads;
	private volatile Map<String, List<Offer>> offers = Map.of();
	private volatile boolean broken;
	private boolean recovered;
	private boolean closed;
	private Set<String> known = Set.of();
	private List<Promotion> earned = List.of();
	private Instant now;

	/**
	 * Over a clock that nobody sets, such as that of a simulation. Opens the journal and takes up what it holds. A journal that is damaged or cannot be opened is no exception: the status says
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
		this(estate, directory, accounts, settings, clock, ClockWatch.follows(clock), calls, Optional.empty());
	}

	/**
	 * The same over a clock that may be set, and where several engines may stand over one estate.
	 *
	 * @param ticker nanoseconds that nobody can set and that pass as the clock's time should: where the clock jumped by them, all is read anew
	 * @param lease  says which one may act; renewed at each step and asked once more before each call
	 */
	public Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings,
			InstantSource clock, LongSupplier ticker, Executor calls, Optional<Lease> lease) {
		this(estate, directory, accounts, settings, clock, ticker, calls, lease, System::nanoTime, FailPoint.NONE);
	}

	Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings, InstantSource clock,
			LongSupplier ticker, Executor calls, Optional<Lease> lease, LongSupplier nanos, FailPoint failPoint) {
		this.estate = Objects.requireNonNull(estate, "estate");
		this.clock = clock;
		watch = new ClockWatch(clock, ticker);
		now = clock.instant();
		journal = new Journal(directory.resolve("journal"), failPoint);
		ledger = new Ledger(new LeadTimes(settings.calls().priorMedian(), settings.calls().priorP95()));
		recorder = new Recorder(journal, ledger, directory);
		killSwitch = new KillSwitch(directory, ledger, recorder);
		this.lease = new LeaseDesk(lease, calls);
		verdicts = new Verdicts(settings.planning().verdictAfter());
		costs = new CostDesk(settings, accounts.stream().collect(Collectors.toMap(Account::id, Account::type, (first, second) -> first)));
		groupDesk = new GroupDesk(estate, settings, ledger, recorder, book, costs);
		reports = new Reports(estate, ledger, recorder, book, costs, desks, this::held, this::fencing, journal.note());
		permissions = new Permissions(ledger, recorder, groupDesk::settings, group -> known.contains(group), reports::misfit);
		promotions = new Promotions(ledger, recorder);
		drains = new Drains(reports::misfit);
		reconciler = new Reconciler(estate, settings.calls(), recorder, Readiness.overNetwork(calls));
		dispatcher = new Dispatcher(recorder, drains);
		for (Account account : accounts) {
			AccountDesk desk = new AccountDesk(account, settings.calls(), calls, nanos, this::forbidden, failPoint, now);
			if (desks.put(account.id(), desk) != null) {
				throw new IllegalArgumentException("two accounts have the id " + account.id());
			}
		}
		leads = ledger.leads();
		journal.note().ifPresent(note -> LOG.log(System.Logger.Level.WARNING, note));
		journal.damage().ifPresent(damage -> LOG.log(System.Logger.Level.ERROR, damage));
		broken = !recorder.trouble().isEmpty();
	}

	/** Asked on the calling threads right before each call. */
	private String forbidden(long fencing) {
		return killSwitch.isOnAnywhere() ? "the kill switch is on." : broken ? "the journal or the audit trail cannot be written." : lease.forbidden(fencing);
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
		Map<String, GroupView> views = groups.stream().collect(Collectors.toMap(view -> view.group().id(), view -> view, (first, second) -> second, LinkedHashMap::new));
		known = views.keySet();
		if (!recovered) {
			recovered = true;
			takeUp();
		}
		for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
			command.run();
		}
		killSwitch.watch(now);
		watch.look().ifPresent(this::jumped);
		if (recorder.retry(now)) {
			killSwitch.restore();
			verdicts.clear();
			promotions.clear();
			book.clear();
			takeUp();
		}
		lease.renew();
		collect();
		desks.values().forEach(desk -> desk.refresh(now));
		collect();
		Map<String, Snapshot> snapshots = snapshots();
		snapshots.forEach((account, snapshot) -> ledger.leads(ledger.leads().declared(account, snapshot.offers())));
		reconciler.reconcile(ledger, snapshots, views, healthyTraffic, now);
		costs.see(ledger.entries(), now);
		verdicts.step(ledger, views, now).forEach(recorder::fact);
		earned = promotions.step(views.values(), groupDesk.settings(), now);
		decide(views, snapshots);
		Optional<GuardInput.Fence> fence = lease.newest();
		fence.filter(GuardInput.Fence::held).ifPresent(held -> reconciler.fence(ledger, snapshots, held.number(), now));
		if (stopped().isEmpty() && fence.map(GuardInput.Fence::held).orElse(true)) {
			dispatcher.dispatch(ledger, desks, views, this::held, fence.isPresent() ? OptionalLong.of(fence.get().number()) : OptionalLong.empty(), now);
			collect();
		}
		book.settle(ledger).forEach(plan -> recorder.fact(new JournalRecord.Decided(now, plan.id(), plan.state(), "reconciliation", plan.sentence())));
		recorder.flush();
		recorder.sumUp(now);
		broken = !recorder.trouble().isEmpty();
		leads = ledger.leads();
		offers = snapshots.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, account -> account.getValue().offers()));
		ledger.forget(now.minus(REMEMBERED));
		return reports.view(views, offers, new Reports.Moment(now, stopped(), killSwitch.isOn(), snapshots, earned));
	}

	/** What the journal holds of an earlier process. */
	private void takeUp() {
		reconciler.recover(ledger, now);
		book.restore(ledger.entries());
		groupDesk.restore(now);
	}

	/** What is known of the time before is believed no more. */
	private void jumped(ClockWatch.Jump jump) {
		reconciler.jumped(jump.by(), jump.at());
		desks.values().forEach(desk -> desk.jumped(jump.by()));
		groupDesk.jumped();
		drains.jumped(jump.by());
		promotions.jumped(jump.at());
		reports.jumped(jump);
	}

	private void collect() {
		desks.values().forEach(desk -> desk.collect(now).forEach(outcome -> {
			drains.apply(outcome, now);
			reconciler.apply(outcome, ledger, now);
		}));
	}

	private long fencing() {
		return lease.newest().map(GuardInput.Fence::number).orElse(0L);
	}

	private Map<String, Snapshot> snapshots() {
		Map<String, Snapshot> snapshots = new HashMap<>();
		// what was read before the clock was set back says nothing of what happened since
		desks.forEach((id, desk) -> desk.snapshot().filter(snapshot -> !snapshot.at().isAfter(now)).ifPresent(snapshot -> snapshots.put(id, costs.priced(id, snapshot))));
		return snapshots;
	}

	private String stopped() {
		return killSwitch.isOn() ? "The kill switch is on: nothing new is called." : recorder.trouble();
	}

	private String held(Entry entry) {
		return groupDesk.held(entry, now);
	}

	private void decide(Map<String, GroupView> views, Map<String, Snapshot> snapshots) {
		reports.retain(views.keySet());
		groupDesk.gone(views.keySet(), now);
		GroupDesk.Round round = new GroupDesk.Round(now, worthPlanning(snapshots), stopped(), lease.newest());
		views.values().forEach(view -> {
			Optional<GroupDesk.Trouble> trouble = groupDesk.step(view, round).or(() -> Readiness.fault(view).map(fault -> new GroupDesk.Trouble(false, "READINESS", fault)));
			reports.trouble(view.group().id(), trouble.map(one -> one.isOfNeed() ? one.with(closed(view)) : one), now);
		});
		groupDesk.approvals().unmet().forEach(reports::misfit);
		wishes.step((wish, person) -> views.containsKey(wish.group()) ? groupDesk.propose(wish, views.get(wish.group()), round, person)
				: Proposal.none(wish, "There is no group " + wish.group() + "."));
		dryRuns.step(plan -> groupDesk.rehearse(plan, views, round), desks, now);
	}

	/** Accounts that are stopped or make nothing for now offer nothing; what is there already is seen on. */
	private Map<String, Snapshot> worthPlanning(Map<String, Snapshot> snapshots) {
		Map<String, Snapshot> worth = new HashMap<>(snapshots);
		worth.replaceAll((id, snapshot) -> desks.get(id).isWorthPlanning(now) ? snapshot : snapshot.offering(List.of()));
		return worth;
	}

	/** What is said of the accounts of a group in which nothing can be planned now. */
	private String closed(GroupView view) {
		return view.group().templates().stream().map(template -> desks.get(template.provider())).filter(desk -> desk != null && !desk.isWorthPlanning(now))
				.map(desk -> " " + desk.status().sentence()).distinct().collect(Collectors.joining());
	}

	/**
	 * Approves a proposed plan: at the next step all guards run again, and what becomes of it is in the plan. Any thread.
	 *
	 * @param plan   its id
	 * @param person who approves; not blank
	 */
	public void approve(String plan, String person) {
		Permissions.named(person);
		commands.add(() -> groupDesk.approvals().approve(plan, person));
	}

	/**
	 * Rejects a proposed or approved plan that is not being carried out. Nothing as large is proposed for a while. Any thread.
	 *
	 * @param plan   its id
	 * @param person who rejects; not blank
	 */
	public void reject(String plan, String person) {
		Permissions.named(person);
		commands.add(() -> groupDesk.approvals().reject(plan, person));
	}

	/**
	 * Cancels an intent that was not called yet; later it goes on, and the status says so. Any thread.
	 *
	 * @param token  of the intent
	 * @param person who cancels; not blank
	 */
	public void cancel(String token, String person) {
		Permissions.named(person);
		commands.add(() -> permissions.cancel(token, person, now));
	}

	/**
	 * Asks an account again now that is paused after failures, such as wrong credentials that were put right. Any thread.
	 *
	 * @param account its id
	 * @param person  who asks; not blank
	 */
	public void retry(String account, String person) {
		Permissions.named(person);
		commands.add(() -> Optional.ofNullable(desks.get(account)).ifPresentOrElse(desk -> {
			desk.retry();
			recorder.fact(new JournalRecord.Noted(now, person + " had the account " + account + " tried again."));
		}, () -> reports.misfit("There is no account " + account + " that " + person + " could try again.")));
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
		Permissions.named(person);
		commands.add(() -> reports.strangers().adopt(account, instance, group, person, now));
	}

	/**
	 * Removes a machine that says that it was made for this estate and that the journal does not know: journalled, then called. Any thread.
	 *
	 * @param account  the id of the account
	 * @param instance the provider's id of the machine
	 * @param person   who decides that; not blank
	 */
	public void remove(String account, String instance, String person) {
		Permissions.named(person);
		commands.add(() -> reports.strangers().remove(account, instance, person, now));
	}

	/**
	 * Stops all new calls, at once; or allows them again, from the next step. What is in flight goes on. On the disk when this returns,
	 * as a {@linkplain KillMark mark} that other processes can move too. Any thread.
	 *
	 * @param on     whether to stop
	 * @param person who does it; not blank
	 */
	public void killSwitch(boolean on, String person) {
		Permissions.named(person);
		killSwitch.move(on, person, clock.instant());
		commands.add(() -> killSwitch.apply(on, person, now));
	}

	/** Whether all new calls are stopped. Any thread. */
	public boolean killSwitch() {
		return killSwitch.isOnAnywhere();
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
		Permissions.named(person);
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
		Permissions.named(person);
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
		Permissions.named(person);
		commands.add(() -> permissions.resume(group, person, now));
	}

	/**
	 * Says that a machine of ours, made or adopted, is still needed, and when it is to be reviewed again. Kept in the journal, whose date goes
	 * before the one in the provider's metadata, which stays as it was written. Any thread.
	 *
	 * @param account  the id of the account
	 * @param instance the provider's id of the machine
	 * @param until    when to review it, in the future, at most as far as the settings allow
	 * @param person   who has looked at it; not blank
	 */
	public void prolong(String account, String instance, Instant until, String person) {
		Permissions.named(person);
		commands.add(() -> permissions.prolong(account, instance, until, person, now));
	}

	/**
	 * Decides and calls by other settings from the next step on. Reads the operator's price list again, so it
	 * blocks on the disk. Any thread.
	 *
	 * @param settings the new ones
	 */
	public void settings(ProvisioningSettings settings) {
		PriceBook prices = PriceBook.of(settings.cost());
		commands.add(() -> {
			costs.settings(settings, prices);
			if (settings.equals(groupDesk.settings())) {
				return;
			}
			groupDesk.settings(settings);
			verdicts.after(settings.planning().verdictAfter());
			ledger.leads(ledger.leads().undeclared(settings.calls().priorMedian(), settings.calls().priorP95()));
			reconciler.settings(settings.calls());
			desks.values().forEach(desk -> desk.settings(settings.calls()));
			recorder.fact(new JournalRecord.Noted(now, "The settings were changed; limits: " + settings.limits() + ", oversight: " + settings.oversight() + "."));
		});
	}

	/**
	 * What a plan that waits would do now: what the guards say, each call as its provider would make it, what it costs and leaves of quotas,
	 * and how it is undone. Nothing is changed and nothing is written; also with the kill switch on. Any thread.
	 *
	 * @param plan its id
	 * @return completed after the next step, on a thread that calls an account or on the weave thread, so who has more to do with it than a
	 *         moment's work does that on another; exceptionally with a sentence, where no such plan waits or the provisioner is closed
	 */
	public CompletableFuture<DryRun> dryRun(String plan) {
		return dryRuns.ask(Objects.requireNonNull(plan, "plan"));
	}

	/**
	 * Proposes more members that a person wants, whatever forecasts say. Each plan passes all guards, and waits for the approval of a person
	 * in any mode. Any thread.
	 *
	 * @param wishes at most one of a group
	 * @param person who wants them; not blank
	 * @return what became of each, in their order; completed at the next step, on the weave thread; exceptionally where the provisioner is closed
	 */
	public CompletableFuture<List<Proposal>> propose(List<Wish> wishes, String person) {
		Permissions.named(person);
		return this.wishes.ask(wishes, person);
	}

	/** What {@link #propose} would propose. Nothing is changed and nothing is written. Any thread. */
	public CompletableFuture<List<Proposal>> preview(List<Wish> wishes) {
		return this.wishes.ask(wishes, "");
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
		dryRuns.close();
		wishes.close();
		recorder.flush();
		abandon();
	}
}
