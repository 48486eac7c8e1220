// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;

/**
 * The machines of the fleet and all that happens to them: those of the beginning and those that were asked for. The whole
 * life of a machine is drawn when its wish arrives, from the seed and the token; so nothing needs to run in between, and the
 * same wish has the same fate whoever watches. Thread-safe; time is the estate's clock.
 */
final class SimulatedCloud {
	/** What the cloud and the source both call themselves in the label {@code provider}. */
	static final String NAME = "simulated";
	/** Share of the lead after which a machine runs; the rest is registration and warming up. */
	private static final double BOOT = .7;
	/** The 95th percentile of the standard normal distribution. */
	private static final double Z95 = 1.6448536269514722;

	private final InstantSource clock;
	private final Map<String, Machine> machines = new LinkedHashMap<>();
	private final Map<String, CreateRequest> requests = new HashMap<>();
	private final Map<String, Integer> attempts = new HashMap<>();
	private final Deque<Fault> script = new ArrayDeque<>();
	private CloudSettings settings;
	private long seed;
	private MachineLog log;
	private long version;
	private int opened;

	/**
	 * @param clock of the estate
	 * @param seed  of the leads and faults
	 */
	SimulatedCloud(InstantSource clock, long seed) {
		this.clock = clock;
		this.seed = seed;
		this.settings = CloudSettings.defaults();
		for (Tier tier : Tier.values()) {
			for (int i = 0; i < tier.perZone; i++) {
				for (String zone : Tier.ZONES) {
					String resource = tier.id + "-" + zone + (tier.perZone > 1 ? "-" + (i + 1) : "");
					machines.put("i-" + resource, new Machine("i-" + resource, resource, "", resource, tier.id, tier.offer, zone,
							Map.of(Resource.TIER, tier.id), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.MAX,
							Instant.MAX, Duration.ZERO));
				}
			}
		}
	}

	/** The seed of the fleet, once it is known; affects later wishes only. */
	synchronized void seed(long value) {
		seed = value;
	}

	/**
	 * Sets how the cloud behaves from now on and where it remembers its machines.
	 *
	 * @param directory where; {@code null} for nowhere
	 */
	synchronized void configure(CloudSettings wanted, Path directory) throws PluginException {
		settings = wanted;
		opened++;
		if (log == null && directory != null) {
			MachineLog file = new MachineLog(directory.resolve("machines.tsv"));
			machines.putAll(file.open());
			log = file;
			version++;
		}
	}

	/** The estate's time. */
	Instant now() {
		return clock.instant();
	}

	/** Lets go of the file when the last account is closed. */
	synchronized void release() {
		opened--;
		if (opened <= 0 && log != null) {
			log.close();
			log = null;
		}
	}

	/** Lets the next wishes meet these faults, one each, before probabilities count. */
	synchronized void failNext(Fault... faults) {
		script.addAll(Arrays.asList(faults));
	}

	/** Grows whenever a machine is added or changed. */
	synchronized long version() {
		return version;
	}

	/** All machines that ever were, in the order of creation. */
	synchronized List<Machine> machines() {
		return List.copyOf(machines.values());
	}

	synchronized List<Offer> offers() {
		Instant now = clock.instant();
		long used = machines.values().stream().filter(m -> !m.token().isEmpty() && now.isBefore(m.goneAt())).count();
		int left = (int) Math.max(0, settings.quota() - used);
		// What the cloud says of itself is the time to 'running'; registration and warming up come on top.
		Duration median = part(settings.leadMedian(), BOOT);
		Duration p95 = part(settings.leadP95(), BOOT);
		List<Offer> offers = new ArrayList<>();
		for (Offers.Type type : Offers.all()) {
			if (type.onSale()) {
				offers.add(new Offer(type.id(), type.name(), type.capacity(), Tier.ZONES, type.price() * settings.price(), "EUR",
						left, median, p95));
			}
		}
		return offers;
	}

	synchronized List<Instance> list() {
		Instant now = clock.instant();
		List<Instance> list = new ArrayList<>();
		for (Machine machine : machines.values()) {
			if (!now.isBefore(machine.visibleAt()) && now.isBefore(machine.goneAt())) {
				list.add(machine.instance(now));
			}
		}
		return list;
	}

	/** Makes a machine; see {@link io.shadowweaver.api.provision.CloudProvider#create}. */
	Instance create(CreateRequest request) throws PluginException {
		Answer answer = take(request);
		pause();
		if (!answer.delivered()) {
			throw new PluginException("The answer of the simulated cloud to the wish " + request.token()
					+ " was lost; whether a machine was made is not known.");
		}
		return answer.instance();
	}

	private record Answer(Instance instance, boolean delivered) {
	}

	private synchronized Answer take(CreateRequest request) throws PluginException {
		Instant now = clock.instant();
		for (Machine machine : machines.values()) {
			if (machine.token().equals(request.token())) {
				CreateRequest before = requests.get(request.token());
				if (before != null && !before.equals(request) || !machine.offer().equals(request.offer())
						|| !machine.zone().equals(request.zone())) {
					throw new RefusedException("The token " + request.token() + " was used for another wish: " + machine.offer() + " in "
							+ machine.zone() + " is " + machine.id() + ".");
				}
				return new Answer(machine.instance(now), true);
			}
		}
		Offers.Type type = check(request);
		String zone = zone(request);
		long luck = Noise.hash(Noise.hash(seed, request.token()), attempts.merge(request.token(), 1, Integer::sum));
		Fault fault = fault(luck);
		if (fault == Fault.REFUSED) {
			throw new RefusedException(AccountFault.LIMIT, "Zone " + zone + " of the simulated cloud has no room for " + type.id() + " now.");
		}
		if (fault == Fault.DROPPED) {
			return new Answer(null, false);
		}
		Machine machine = make(request, type, zone, now, Noise.hash(seed, request.token()), fault);
		if (log != null) {
			log.append(machine);
		}
		machines.put(machine.id(), machine);
		requests.put(request.token(), request);
		version++;
		return new Answer(machine.instance(now), fault != Fault.LOST && fault != Fault.LATE);
	}

	/** Refuses what cannot be made now. */
	synchronized Offers.Type check(CreateRequest request) throws RefusedException {
		Offers.Type type = Offers.find(request.offer());
		if (type == null || !type.onSale()) {
			throw new RefusedException(AccountFault.MISSING, "The simulated cloud has no offer '" + request.offer() + "'.");
		}
		if (!Tier.ZONES.contains(zone(request))) {
			throw new RefusedException(AccountFault.MISSING, "The simulated cloud has no zone '" + request.zone() + "'; it has " + String.join(", ", Tier.ZONES) + ".");
		}
		if (offers().get(0).quotaLeft() == 0) {
			throw new RefusedException(AccountFault.LIMIT, "The quota of " + settings.quota() + " machines of the simulated cloud is used up.");
		}
		return type;
	}

	private static String zone(CreateRequest request) {
		return request.zone().isEmpty() ? Tier.ZONES.get(0) : request.zone();
	}

	private Machine make(CreateRequest request, Offers.Type type, String zone, Instant now, long luck, Fault fault) {
		double sigma = Math.log(settings.leadP95().toMillis() / (double) settings.leadMedian().toMillis()) / Z95;
		Duration lead = part(settings.leadMedian(), Math.exp(sigma * Noise.exactNormal(luck, 1)));
		String id = "i-" + String.format("%012x", Noise.hash(luck, 2) >>> 16);
		String tier = request.tags().getOrDefault(Resource.TIER, request.group());
		boolean fails = fault == Fault.FAILED;
		return new Machine(id, request.name(), request.token(), tier + "-" + zone + "-" + id.substring(2, 8), request.group(),
				type.id(), zone, request.metadata(), now,
				fault == Fault.LATE ? now.plus(settings.settling()).plus(settings.settling()).plusSeconds(1) : now,
				now.plus(part(lead, BOOT)), fails || fault == Fault.UNHEALTHY ? Instant.MAX : now.plus(lead),
				fails ? now.plus(part(lead, BOOT / 2)) : Instant.MAX, Instant.MAX, Duration.ZERO);
	}

	private Fault fault(long luck) {
		if (!script.isEmpty()) {
			return script.poll();
		}
		if (happens(settings.refused(), luck, Fault.REFUSED)) {
			return Fault.REFUSED;
		}
		if (happens(settings.dropped(), luck, Fault.DROPPED)) {
			return Fault.DROPPED;
		}
		if (happens(settings.lost(), luck, Fault.LOST)) {
			return happens(settings.late(), luck, Fault.LATE) ? Fault.LATE : Fault.LOST;
		}
		if (happens(settings.failed(), luck, Fault.FAILED)) {
			return Fault.FAILED;
		}
		return happens(settings.unhealthy(), luck, Fault.UNHEALTHY) ? Fault.UNHEALTHY : null;
	}

	private static boolean happens(double probability, long luck, Fault fault) {
		return Noise.uniform(luck, 100 + fault.ordinal()) < probability;
	}

	/** A slow answer is slow in real time, as deadlines are. */
	private void pause() throws PluginException {
		Duration slow;
		synchronized (this) {
			slow = settings.slow();
		}
		if (slow.isZero()) {
			return;
		}
		try {
			Thread.sleep(slow);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("The simulated cloud was not waited for; whether a machine was made is not known.", e);
		}
	}

	/** Removes a machine after it has drained; one that is gone already is no error. */
	synchronized void delete(String id) throws PluginException {
		Machine machine = machines.get(id);
		if (machine == null || !machine.deletedAt().equals(Instant.MAX)) {
			return;
		}
		Instant now = clock.instant();
		Machine deleted = machine.deleted(now, now.isBefore(machine.trafficAt()) ? Duration.ZERO : settings.drain());
		if (log != null) {
			log.append(deleted);
		}
		machines.put(id, deleted);
		version++;
	}

	synchronized Duration settling() {
		return settings.settling();
	}

	private static Duration part(Duration whole, double share) {
		return Duration.ofMillis(Math.round(whole.toMillis() * share));
	}
}
