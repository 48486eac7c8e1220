// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;

/**
 * A process to be killed: seven hours of an estate's time in which everything is journalled and called that there is. Four groups need
 * more machines and less, a fifth is only observed; persons approve, raise, thaw, prolong, stop and resume; the estate's clock is set ahead and back, its lease is gained
 * anew, and its journal becomes long, twice. It begins at the time that the cloud has seen last, and ends when nothing is on its way.
 */
final class KilledScenario {
	static final String ESTATE = "killed";
	private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
	private static final int MINUTES = 420;
	/** So long after {@link #MINUTES} all has to have come to its end. */
	private static final int PATIENCE = 300;
	private static final String ACCOUNT = "cloud";
	private static final String OFFER = "web.small";
	private static final double SAFE = 80;
	private static final long[] LEADS = { 5, 10, 15, 30, 60, 360, 1440 };
	/** Longer than a journal may be before it is summed up. */
	private static final int LONG_NAME = 5_000_000;
	private static final Duration TO_TRAFFIC = Duration.ofMinutes(6);

	/**
	 * A group and how many members' worth of demand it has.
	 *
	 * @param base   members that nobody here made
	 * @param demand by minutes since the start
	 */
	private record Tier(String id, int base, Mode mode, ScalingGroup.Owner owner, DoubleUnaryOperator demand) {
	}

	private static final List<Tier> TIERS = List.of(
			new Tier("web", 4, Mode.AUTO, ScalingGroup.Owner.WEAVER, minute -> minute >= 30 && minute < 150 ? 6.5 : minute >= 300 ? 5.5 : 3),
			new Tier("batch", 2, Mode.PROPOSE, ScalingGroup.Owner.WEAVER, minute -> minute >= 60 ? 3.5 : 1.5),
			new Tier("pool", 3, Mode.AUTO, ScalingGroup.Owner.EXTERNAL, minute -> minute >= 90 ? 4.5 : 2.5),
			new Tier("shaky", 2, Mode.AUTO, ScalingGroup.Owner.WEAVER, minute -> minute >= 180 ? 2.5 : 1.5),
			new Tier("seen", 2, Mode.OBSERVE, ScalingGroup.Owner.WEAVER, minute -> minute >= 70 ? 2.5 : 1.5));

	private final LastingCloudCustomer cloud;
	private final Provisioner provisioner;
	/** The time that passes, at the cloud too. */
	private Instant now;
	private boolean raised;
	private boolean thawed;
	private boolean retried;
	private boolean prolonged;
	private int filled;
	private ProvisioningView view;

	private KilledScenario(int port, Path directory) throws IOException, PluginException {
		cloud = new LastingCloudCustomer(port, () -> now);
		now = cloud.newest().isBefore(START) ? START : cloud.newest();
		provisioner = new Provisioner(ESTATE, directory, List.of(new Account(ACCOUNT, "simulated", cloud)), settings(), this::clock, ClockWatch.follows(() -> now), Runnable::run,
				Optional.of(new GainedAnew()), System::nanoTime, cloud);
	}

	/** What the estate's clock says: it is set ahead once, and back once. */
	private Instant clock() {
		return now.plus(Duration.ofMinutes(minute() < 200 ? 0 : minute() < 250 ? 5 : -2));
	}

	/** For an hour and a half, in which machines are drained, the lease is under another number each minute; nobody else acts. */
	private final class GainedAnew implements Lease {
		@Override
		public OptionalLong hold() {
			return OptionalLong.of(1 + (long) Math.max(0, Math.min(90, minute() - 150)));
		}

		@Override
		public String holder() {
			return "nobody else";
		}

		@Override
		public void close() {
			// nothing is held
		}
	}

	/** @param args the port of the cloud, and a folder for the journal */
	public static void main(String[] args) throws IOException, PluginException {
		KilledScenario scenario = new KilledScenario(Integer.parseInt(args[0]), Path.of(args[1]));
		scenario.cloud.reached(KilledEstate.BEGINS);
		boolean ended = scenario.live();
		if (!ended) {
			scenario.view.queue().stream().filter(entry -> !entry.isFinal()).forEach(System.out::println);
			scenario.view.plans().stream().limit(3).forEach(plan -> System.out.println(plan.id() + " " + plan.state() + " " + plan.sentence()));
			System.out.println(scenario.clock() + " " + scenario.view.statuses() + " " + scenario.view.report().drifts());
		}
		System.exit(ended ? 0 : 1);
	}

	private static ProvisioningSettings settings() {
		ProvisioningSettings usual = ProvisioningSettings.defaults();
		ProvisioningSettings.Calls calls = usual.calls();
		return usual.withScaleIn(Set.of("web")).with(new ProvisioningSettings.Oversight(2, 0, Duration.ofDays(7), Duration.ofDays(30)))
				// each death may cost an attempt
				.with(new ProvisioningSettings.Calls(calls.deadline(), calls.poll(), 60, calls.backOff(), calls.maxBackOff(), 1, Duration.ofMinutes(12), calls.priorMedian(), calls.priorP95(), true));
	}

	private boolean live() throws PluginException {
		Instant end = START.plus(Duration.ofMinutes(MINUTES + PATIENCE));
		while (now.isBefore(end)) {
			now = now.plus(Duration.ofMinutes(1));
			List<Instance> there = cloud.list();
			persons(there);
			List<GroupView> views = new ArrayList<>();
			Set<String> healthy = new HashSet<>();
			for (Tier tier : TIERS) {
				List<Resource> members = members(tier, there);
				members.forEach(member -> healthy.add(member.id()));
				views.add(view(tier, members));
			}
			view = provisioner.step(clock(), views, healthy::contains);
			if (minute() >= MINUTES && view.queue().stream().allMatch(QueueEntry::isFinal) && isAtRest()) {
				cloud.tell(known());
				provisioner.close();
				return true;
			}
		}
		return false;
	}

	/** No plan is open, and nothing is there that the journal does not know. */
	private boolean isAtRest() {
		return view.report().drifts().isEmpty() && view.plans().stream().noneMatch(plan -> plan.state() == Plan.State.PROPOSED || plan.state() == Plan.State.EXECUTING);
	}

	/** The tokens of the machines that ought to be there: made, and not removed. */
	private List<String> known() {
		Set<String> removed = view.queue().stream().filter(entry -> entry.kind() == Action.Kind.DELETE && entry.state() == QueueEntry.State.DELETED).map(QueueEntry::resource)
				.collect(Collectors.toSet());
		return view.queue().stream().filter(entry -> entry.kind() == Action.Kind.CREATE && entry.state() == QueueEntry.State.READY && !removed.contains(entry.resource()))
				.map(QueueEntry::token).toList();
	}

	private double minute() {
		return Duration.between(START, now).toMinutes();
	}

	/** What persons do: each of it again when it was lost with a process. */
	private void persons(List<Instance> there) {
		double minute = minute();
		boolean stopped = minute >= 120 && minute < 124;
		if (provisioner.killSwitch() != stopped) {
			provisioner.killSwitch(stopped, "anna");
		}
		if (!raised && minute >= 100 && minute < 115) {
			raised = true;
			provisioner.raiseCap("web", 30, clock().plus(Duration.ofMinutes(30)), "anna");
		}
		if (!thawed && minute >= 102 && minute < 117) {
			thawed = true;
			provisioner.thaw("web", clock().plus(Duration.ofMinutes(30)), "anna", "a feast");
		}
		if (!retried && minute >= 104 && minute < 119) {
			retried = true;
			provisioner.retry(ACCOUNT, "anna");
		}
		if (!prolonged && minute >= 106 && minute < 121) {
			there.stream().filter(machine -> ESTATE.equals(machine.tags().get(CreateRequest.ESTATE))).map(Instance::id).findFirst().ifPresent(machine -> {
				prolonged = true;
				provisioner.prolong(ACCOUNT, machine, clock().plus(Duration.ofDays(20)), "anna");
			});
		}
		int fill = minute >= 108 && minute < 110 ? 1 : minute >= 128 && minute < 130 ? 2 : 0;
		if (fill > filled) {
			filled = fill;
			provisioner.retry(ACCOUNT, "anna".repeat(LONG_NAME / 4));
		}
		if (view == null) {
			return;
		}
		view.plans().stream().filter(plan -> plan.state() == Plan.State.PROPOSED && !clock().isBefore(plan.createdAt().plus(Duration.ofMinutes(2))))
				.forEach(plan -> provisioner.approve(plan.id(), plan.approvals().isEmpty() ? "anna" : "berta"));
		if (view.statuses().values().stream().anyMatch(status -> status.detail().equals("HALTED"))) {
			provisioner.resume("shaky", "anna");
		}
	}

	private List<Resource> members(Tier tier, List<Instance> there) throws PluginException {
		List<Resource> members = new ArrayList<>();
		int base = tier.owner() == ScalingGroup.Owner.EXTERNAL ? Math.max(tier.base(), cloud.size(tier.id())) : tier.base();
		for (int i = 0; i < base; i++) {
			members.add(member(tier, tier.id() + "-" + i, "a"));
		}
		Predicate<Instance> carries = machine -> machine.state() == Instance.State.RUNNING && !now.isBefore(machine.createdAt().plus(TO_TRAFFIC)) && !isDud(tier, machine);
		there.stream().filter(machine -> ESTATE.equals(machine.tags().get(CreateRequest.ESTATE)) && tier.id().equals(machine.tags().get(CreateRequest.GROUP))).filter(carries)
				.forEach(machine -> members.add(member(tier, machine.resource(), machine.zone())));
		return members;
	}

	/** For an hour machines of this group never carry traffic: it is halted. */
	private static boolean isDud(Tier tier, Instance machine) {
		return tier.id().equals("shaky") && machine.createdAt().isBefore(START.plus(Duration.ofMinutes(240)));
	}

	private static Resource member(Tier tier, String id, String zone) {
		return Resource.live(id, "vm", id, Map.of("tier", tier.id(), Resource.ZONE, zone), Map.of("requests", SAFE / .8));
	}

	private GroupView view(Tier tier, List<Resource> members) {
		Template template = new Template(ACCOUNT, List.of(OFFER), "", "", "", Map.of("tier", tier.id()), "");
		ScalingGroup group = new ScalingGroup(tier.id(), tier.id(), Selector.of("tier", tier.id()), ScalingGroup.Scaling.HORIZONTAL, tier.owner(), 1, 20, 1, template,
				Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ofMinutes(2));
		InstanceCapacity capacity = new InstanceCapacity(tier.id(), ACCOUNT, OFFER, "requests", SAFE, SAFE, InstanceCapacity.Basis.DECLARED, clock());
		boolean doubtful = minute() >= 130 && minute() < 134;
		return new GroupView(group, tier.mode(), members, List.of(capacity),
				List.of(new DemandView("requests", bands(tier), SAFE * tier.demand().applyAsDouble(minute()), .3, doubtful ? .1 : .8)), 0);
	}

	private Bands bands(Tier tier) {
		float[] values = new float[LEADS.length * Levels.COUNT];
		for (int lead = 0; lead < LEADS.length; lead++) {
			Arrays.fill(values, lead * Levels.COUNT, (lead + 1) * Levels.COUNT, (float) (SAFE * tier.demand().applyAsDouble(minute() + LEADS[lead])));
		}
		return new Bands(clock(), Arrays.stream(LEADS).map(minutes -> minutes * 60_000).toArray(), values);
	}
}
