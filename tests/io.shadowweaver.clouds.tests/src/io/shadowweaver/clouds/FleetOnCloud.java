// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.EstateParts;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * The whole engine over the simulated fleet, whose web servers come from a real cloud when there are to be more. The estate's clock
 * stands until {@link #until} moves it: as fast as it goes while nothing is in flight, and five minutes a second while the cloud works.
 */
final class FleetOnCloud implements AutoCloseable {
	static final String GROUP = "web";
	/** Web servers of the simulated fleet. */
	static final int BASE = 18;
	/** The id of the account. */
	static final String ACCOUNT = "cloud";
	private static final Duration PACE = Duration.ofSeconds(1);
	private static final Duration TICK = Duration.ofMinutes(5);
	private static final Duration PATIENCE = Duration.ofHours(3);

	private final List<CloudProvider> watched = new ArrayList<>();
	private final Weaver weaver;
	private final List<String> story = new ArrayList<>();
	private final Map<String, Instant> readyAt = new TreeMap<>();
	private Set<String> running = Set.of();
	private Instant peakAt = Instant.MIN;
	private double peak;
	private double busiest;
	private WeaverState state;

	/**
	 * @param directory of the estate
	 * @param estate    its id, which is written on all that it makes
	 * @param cloud     the plug-in
	 * @param account   its settings
	 * @param template  how a web server is made there; its account is filled in
	 * @param most      how many may be made
	 */
	FleetOnCloud(Path directory, String estate, Declared cloud, Map<String, String> account, Template template, int most) throws PluginException, InterruptedException {
		this(directory, estate, cloud, Map.of(ACCOUNT, account), template, most, UnaryOperator.identity());
	}

	/**
	 * The same with several accounts, or other settings.
	 *
	 * @param accounts their settings by id; the template is the same for all
	 * @param settings changes what is usual
	 */
	FleetOnCloud(Path directory, String estate, Declared cloud, Map<String, Map<String, String>> accounts, Template template, int most,
			UnaryOperator<ProvisioningSettings> settings) throws PluginException, InterruptedException {
		Declared fleet = Declared.all("io.shadowweaver.simulated", "source").getFirst();
		Map<String, String> load = Map.of("seed", "3", "start", "2026-03-02T07:00:00Z", "step", TICK.toSeconds() + "s", "incident", "false", "flash-crowd", "false", "deployments", "false");
		Connection source = new Connection("fleet", fleet.id(), "Fleet", load);
		List<Connection> providers = new ArrayList<>();
		List<Template> made = new ArrayList<>();
		List<EstateParts.Part<CloudProviderFactory>> clouds = new ArrayList<>();
		for (Map.Entry<String, Map<String, String>> account : new TreeMap<>(accounts).entrySet()) {
			Connection provider = new Connection(account.getKey(), cloud.id(), "Cloud", account.getValue());
			providers.add(provider);
			made.add(new Template(account.getKey(), template.offers(), template.image(), template.network(), template.userData(), Map.of("tier", GROUP), template.registration()));
			clouds.add(new EstateParts.Part<>(provider, () -> RealTimeCloud.factory(cloud), cloud.settings(account.getValue())));
			watched.add(cloud.make(CloudProviderFactory.class).open(cloud.settings(account.getValue()), new TestContext(Instant::now, directory)));
		}
		GroupSettings web = GroupSettings.of(GROUP).withTemplates(made).withLimits(BASE, BASE + most).withPlacement(Placement.ANYWHERE);
		EstateConfig config = new EstateConfig(estate, "Fleet on a cloud", List.of(source), providers, List.of(), 1, Duration.ZERO,
				Map.of(GROUP, Mode.AUTO), List.of(), List.of(GROUP)).withGroups(List.of(web)).withProvisioning(settings.apply(provisioning()));
		MetricSourceFactory guests = (parameters, context) -> new GuestLoad(fleet.make(MetricSourceFactory.class).open(parameters, context), () -> running);
		EstateParts parts = new EstateParts(directory, Instant::now, List.of(new EstateParts.Part<>(source, () -> guests, fleet.settings(load))), clouds, List.of(), models(), Runnable::run);
		weaver = new Weaver(config, parts, config.provisioningOrDefaults(), false, id -> id.subject().equals(SeriesId.GROUP_PREFIX + GROUP));
		weaver.prepare();
	}

	/** As usual, but in steps of a tick, and with patience, since minutes of the estate pass while the cloud takes seconds. */
	private static ProvisioningSettings provisioning() {
		ProvisioningSettings usual = ProvisioningSettings.defaults();
		ProvisioningSettings.Planning planning = usual.planning();
		ProvisioningSettings.Calls calls = usual.calls();
		return usual.with(new ProvisioningSettings.Planning(planning.level(), planning.reactiveHeadroom(), planning.reactiveSpan(), planning.horizon(), planning.leadMargin(), TICK,
				planning.approvalWait(), planning.rejectHold(), planning.verdictAfter()))
				.with(new ProvisioningSettings.Calls(calls.deadline(), TICK.multipliedBy(2), calls.maxAttempts(), calls.backOff(), calls.maxBackOff(), calls.deadlineFactor(),
						PATIENCE, calls.priorMedian(), calls.priorP95(), calls.removeFailed()));
	}

	private static List<Candidate> models() throws PluginException {
		List<Candidate> candidates = new ArrayList<>();
		for (String model : List.of("baseline", "ets", "lags")) {
			for (Declared declared : Declared.all("io.shadowweaver.model." + model, "model")) {
				candidates.add(new Candidate(declared.id(), declared.make(ForecastModelFactory.class), declared.settings(Map.of())));
			}
		}
		return candidates;
	}

	/** Moves the estate's clock until something holds. */
	WeaverState until(String what, Duration most, Predicate<WeaverState> holds) throws PluginException, InterruptedException {
		Instant end = weaver.now().plus(most);
		do {
			boolean busy = state != null && state.queue().stream().anyMatch(entry -> !entry.isFinal());
			if (busy || running.size() != standing()) {
				running = running();
			}
			if (busy) {
				Thread.sleep(PACE);
			}
			state = weaver.step();
			measure();
			tell();
			if (holds.test(state)) {
				return state;
			}
		} while (weaver.now().isBefore(end));
		throw new AssertionError(what + " did not happen within " + most + " of the estate's time:\n" + String.join("\n", story) + "\n" + state.plans() + "\n" + state.statuses());
	}

	/** What runs at the accounts that answer; while none does, what ran before. */
	private Set<String> running() {
		Set<String> found = new TreeSet<>();
		int answers = 0;
		for (CloudProvider one : watched) {
			try {
				one.list().stream().filter(machine -> machine.state() == Instance.State.RUNNING && !machine.token().isEmpty()).map(Instance::resource).forEach(found::add);
				answers++;
			} catch (PluginException e) {
				tell(e.getMessage());
			}
		}
		return answers == 0 ? running : found;
	}

	/** How many of the machines that were made are not removed again, as far as the queue tells. */
	private int standing() {
		return state == null ? 0 : entries(QueueEntry.State.READY).size() - entries(QueueEntry.State.DELETED).size();
	}

	private void measure() {
		double demand = state.series().value(SeriesId.ofGroup(GROUP, "requests"));
		if (demand > peak) {
			peak = demand;
			peakAt = state.time();
		}
		state.topology().liveMembers(GROUP).stream().mapToDouble(member -> state.series().value(new SeriesId(member.id(), "cpu"))).filter(cpu -> !Double.isNaN(cpu)).average()
				.ifPresent(mean -> busiest = Math.max(busiest, mean));
		entries(QueueEntry.State.READY).forEach(entry -> readyAt.putIfAbsent(entry.token(), state.time()));
	}

	/** When the demand that was seen so far was at its highest. */
	Instant peakAt() {
		return peakAt;
	}

	/** The highest mean utilisation of the web servers so far. */
	double busiest() {
		return busiest;
	}

	/** When each machine carried its first traffic, by token. */
	Map<String, Instant> readyAt() {
		return Map.copyOf(readyAt);
	}

	/** What changed in the queue, for whoever reads why a test failed. */
	private void tell() {
		for (QueueEntry entry : state.queue()) {
			tell(entry.kind() + " " + entry.token() + " " + entry.state() + ": " + entry.sentence());
		}
	}

	private void tell(String line) {
		if (story.stream().noneMatch(told -> told.endsWith(line))) {
			story.add(weaver.now() + " " + line);
			System.out.println(story.getLast());
		}
	}

	WeaverState state() {
		return state;
	}

	List<String> story() {
		return List.copyOf(story);
	}

	/** The entries of machines that were made, in a state. */
	List<QueueEntry> entries(QueueEntry.State wanted) {
		return state.queue().stream().filter(entry -> entry.state() == wanted).toList();
	}

	@Override
	public void close() {
		weaver.close();
		watched.forEach(CloudProvider::close);
	}
}
