// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.TopologyChange;

/** Says where all stands, for the operator: plans, queue, what comes into the topology, statuses. One thread. */
final class Reports {
	/**
	 * What is said at a step.
	 *
	 * @param now       the estate's time
	 * @param stopped   why nothing new is called; empty for nothing
	 * @param killed    whether the kill switch is on
	 * @param snapshots what the accounts said last
	 * @param earned    what groups have earned
	 */
	record Moment(Instant now, String stopped, boolean killed, Map<String, Snapshot> snapshots, List<Promotion> earned) {
	}

	private static final Duration SHOWN = Duration.ofHours(24);
	private static final Duration JUMP_SHOWN = Duration.ofHours(1);
	private static final int QUEUE_SHOWN = 300;

	private final String estate;
	private final Ledger ledger;
	private final Recorder recorder;
	private final PlanBook book;
	private final CostDesk costs;
	private final Strangers strangers;
	private final Drifts drifts;
	private final Map<String, AccountDesk> desks;
	private final Function<Entry, String> held;
	private final Optional<String> note;
	private final Announcer announcer = new Announcer();
	private final Map<String, Status> statuses = new HashMap<>();
	private String misfit = "";
	private Optional<ClockWatch.Jump> jump = Optional.empty();

	/**
	 * @param desks   by account
	 * @param held    why what is journalled must not be called now
	 * @param fencing the fencing number under which we act; 0 without a lease
	 * @param note    what was noticed when the journal was opened; empty for nothing
	 */
	Reports(String estate, Ledger ledger, Recorder recorder, PlanBook book, CostDesk costs, Map<String, AccountDesk> desks, Function<Entry, String> held,
			LongSupplier fencing, Optional<String> note) {
		this.estate = estate;
		this.ledger = ledger;
		this.recorder = recorder;
		this.book = book;
		this.costs = costs;
		this.desks = desks;
		this.held = held;
		this.note = note;
		strangers = new Strangers(estate, ledger, recorder, desks, fencing, this::misfit);
		drifts = new Drifts(estate);
	}

	/** Somebody's decision could not be carried out, and why. The newest is said. */
	void misfit(String sentence) {
		misfit = " " + sentence;
	}

	/** The clock was set: said for a while. */
	void jumped(ClockWatch.Jump newest) {
		jump = Optional.of(newest);
	}

	Strangers strangers() {
		return strangers;
	}

	/** What is in the way of a group's need; empty for nothing. */
	void trouble(String group, Optional<GroupDesk.Trouble> trouble, Instant now) {
		String key = Provisioner.GROUP + group;
		trouble.ifPresentOrElse(one -> become(key, new Status(one.urgent() ? Status.State.FAILED : Status.State.DEGRADED, one.detail(), one.sentence(), now)), () -> statuses.remove(key));
	}

	/** Forgets all other groups. */
	void retain(Set<String> groups) {
		statuses.keySet().removeIf(key -> key.startsWith(Provisioner.GROUP) && !groups.contains(key.substring(Provisioner.GROUP.length())));
	}

	ProvisioningView view(Map<String, GroupView> views, Map<String, List<Offer>> offers, Moment moment) {
		List<Intent> planned = new ArrayList<>();
		for (PlanBook.Open open : book.open()) {
			GroupView view = views.get(open.plan().group());
			if ((open.plan().state() == Plan.State.PROPOSED || open.plan().state() == Plan.State.APPROVED) && view != null && !open.draft().removes()) {
				planned.addAll(Intents.of(estate, open.plan(), open.draft(), view, offers, List.of(), moment.now()));
			}
		}
		Map<String, Integer> ready = views.values().stream().collect(Collectors.toMap(view -> view.group().id(), GroupView::ready));
		List<TopologyChange> changes = announcer.changes(planned, ledger.entries(), ready, ledger.leads(), moment.now());
		return new ProvisioningView(book.all(), queue(moment), ledger.verdicts(), changes, moment.killed(),
				new ProvisioningReport(costs.spending(moment.now()), drifts.find(ledger, moment.snapshots(), moment.now()), moment.earned(), costs.prices(views.values(), ledger.entries(), offers)), statuses(views, offers, moment));
	}

	private List<QueueEntry> queue(Moment moment) {
		Instant since = moment.now().minus(SHOWN);
		return ledger.entries().stream().filter(entry -> !entry.isFinal() || entry.since().isAfter(since))
				.sorted(Comparator.comparing((Entry entry) -> entry.intent().queuedAt()).reversed().thenComparing(Entry::token)).limit(QUEUE_SHOWN)
				.map(entry -> shown(entry, moment)).toList();
	}

	private QueueEntry shown(Entry entry, Moment moment) {
		Intent intent = entry.intent();
		Progress progress = Progress.of(entry, ledger.leads(), moment.now());
		String waits = !entry.is(QueueEntry.State.JOURNALLED) ? "" : moment.stopped().isEmpty() ? held.apply(entry) : moment.stopped();
		String sentence = waits.isEmpty() ? entry.sentence() : "It waits: " + waits;
		return new QueueEntry(intent.token(), intent.plan(), intent.group(), intent.kind(), intent.provider(), intent.offer(), intent.zone(),
				entry.state(), entry.resource(), intent.queuedAt(), intent.needBy(), progress.eta(), progress.share(), entry.attempts(),
				intent.price(), sentence);
	}

	private Map<String, Status> statuses(Map<String, GroupView> views, Map<String, List<Offer>> offers, Moment moment) {
		Instant now = moment.now();
		String trouble = recorder.trouble();
		become(Provisioner.JOURNAL, !trouble.isEmpty() ? new Status(Status.State.FAILED, "JOURNAL", trouble, now)
				: moment.killed() ? new Status(Status.State.DEGRADED, "KILLED", "The kill switch is on: nothing new is called, what is in flight goes on." + misfit, now)
						: new Status(Status.State.OK, "", note.orElse("The journal is whole.") + misfit, now));
		jump = jump.filter(one -> now.isBefore(one.at().plus(JUMP_SHOWN)));
		Map<String, Status> all = new HashMap<>(statuses);
		jump.ifPresent(one -> all.put(Provisioner.CLOCK, new Status(Status.State.DEGRADED, "JUMPED", one.sentence()
				+ " What accounts said before is asked again, settling times begin anew, and nothing is learned from what was on its way.", one.at())));
		costs.status(views.values(), offers, now).ifPresent(status -> all.put(Provisioner.PRICES, status));
		desks.forEach((id, desk) -> all.put(id, strangers.told(id, desk.status(), moment.snapshots().get(id))));
		return all;
	}

	private void become(String key, Status status) {
		Status before = statuses.get(key);
		if (status.differsFrom(before)) {
			statuses.put(key, before != null && before.state() == status.state() && before.detail().equals(status.detail())
					? new Status(status.state(), status.detail(), status.sentence(), before.since()) : status);
		}
	}
}
