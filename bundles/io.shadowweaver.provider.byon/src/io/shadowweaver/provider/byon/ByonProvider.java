// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * A pool of hosts. A machine is a host that somebody has claimed; hosts that nobody has are what is left of the quota. While one host of the
 * pool does not answer nothing is handed out, since it may bear the token.
 */
final class ByonProvider implements CloudProvider {
	/** What the label {@code provider} says. */
	static final String PROVIDER = "byon";

	private final List<Host> hosts;
	private final Settings settings;
	private final InstantSource clock;
	private final Shell shell;

	ByonProvider(List<Host> hosts, Settings settings, InstantSource clock) {
		this.hosts = hosts;
		this.settings = settings;
		this.clock = clock;
		this.shell = new Shell(settings);
	}

	/** What each host says; a host that nobody has is missing. */
	private Map<Host, Claim> claims() throws PluginException {
		Map<Host, Claim> claims = new LinkedHashMap<>();
		for (Host host : hosts) {
			Shell.Result said = shell.run(host, Scripts.read(host.state()), "");
			if (said.exit() != 0) {
				throw new PluginException("Host " + host + " does not say who has it: the shell ended with " + said.exit() + ".");
			}
			if (!said.output().isBlank()) {
				claims.put(host, Claim.parse(said.output()));
			}
		}
		return claims;
	}

	@Override
	public List<Offer> offers() throws PluginException {
		Map<Host, Claim> claims = claims();
		Map<String, List<Host>> byOffer = new TreeMap<>();
		hosts.forEach(host -> byOffer.computeIfAbsent(host.offer(), key -> new ArrayList<>()).add(host));
		List<Offer> offers = new ArrayList<>();
		byOffer.forEach((offer, members) -> {
			Host first = members.getFirst();
			TreeSet<String> zones = new TreeSet<>(members.stream().map(Host::zone).filter(zone -> !zone.isEmpty()).toList());
			int free = (int) members.stream().filter(host -> !claims.containsKey(host)).count();
			offers.add(new Offer(offer, offer, first.capacity(), first.region(), List.copyOf(zones), Price.UNKNOWN, free, settings.duration("lead.median"),
					settings.duration("lead.p95")));
		});
		return offers;
	}

	@Override
	public List<Instance> list() throws PluginException {
		List<Instance> list = new ArrayList<>();
		for (Map.Entry<Host, Claim> entry : claims().entrySet()) {
			Claim claim = entry.getValue();
			if (!claim.started() && isToken(claim.token())) {
				// the call that claimed it was cut off before the script began
				shell.run(entry.getKey(), Scripts.start(entry.getKey().state(), claim.token()), "");
			}
			list.add(instance(entry.getKey(), claim));
		}
		return list;
	}

	private static Instance instance(Host host, Claim claim) {
		return new Instance(id(host, claim.token()), claim.name(), claim.token(), host.name(), host.offer(), host.region(), host.zone(), host.address(), claim.state(),
				claim.createdAt(), claim.metadata(), claim.detail());
	}

	/** Names the claim too: a host is handed out again and again, and a late call must not take it from whoever has it then. */
	private static String id(Host host, String token) {
		return host.name() + "/" + token;
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		List<TopologyChange> changes = new ArrayList<>();
		claims().forEach((host, claim) -> {
			if (claim.state() == Instance.State.RUNNING) {
				changes.add(new TopologyChange.ResourceSeen(resource(host, claim)));
			}
		});
		return changes;
	}

	private static Resource resource(Host host, Claim claim) {
		Map<String, String> labels = new HashMap<>(host.labels());
		labels.putAll(claim.metadata());
		labels.remove(CreateRequest.TOKEN);
		labels.put(Resource.TOKEN, claim.token());
		labels.put(Resource.PROVIDER, PROVIDER);
		labels.put(Resource.INSTANCE, id(host, claim.token()));
		labels.put(Resource.OFFER, host.offer());
		labels.put(Resource.REGION, host.region());
		labels.put(Resource.ZONE, host.zone());
		labels.put(Resource.ADDRESS, host.address());
		labels.values().removeIf(String::isEmpty);
		return Resource.live(host.name(), "host", host.name(), labels, host.capacity());
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		Map<Host, Claim> claims = claims();
		for (Map.Entry<Host, Claim> entry : claims.entrySet()) {
			if (entry.getValue().token().equals(request.token())) {
				if (!entry.getKey().offer().equals(request.offer())) {
					throw new RefusedException("The token " + request.token() + " was used for another wish: host " + entry.getKey() + " is of offer '" + entry.getKey().offer() + "'.");
				}
				return instance(entry.getKey(), entry.getValue());
			}
		}
		for (Host host : candidates(request, claims)) {
			String input = Claim.lines(request, clock.instant()) + "\n" + request.userData() + "\n";
			Shell.Result done = shell.run(host, Scripts.claim(host.state(), request.token()), input);
			if (done.exit() == 0) {
				return instance(host, new Claim(request.name(), clock.instant(), request.metadata(), Instance.State.PENDING, true, ""));
			}
			if (done.exit() != Scripts.TAKEN) {
				throw new RefusedException("Host " + host + " cannot be claimed: its folder " + host.state() + " cannot be written.");
			}
		}
		throw none(request);
	}

	/** Free hosts that fit, in the order of the setting. */
	private List<Host> candidates(CreateRequest request, Map<Host, Claim> claims) throws RefusedException {
		if (!isToken(request.token())) {
			throw new RefusedException("The token '" + request.token() + "' cannot be part of a file's name.");
		}
		if (hosts.stream().noneMatch(host -> host.offer().equals(request.offer()))) {
			throw new RefusedException(AccountFault.MISSING, "The pool has no offer '" + request.offer() + "'.");
		}
		if (!request.registration().isEmpty()) {
			throw new RefusedException("A pool of hosts has nothing to register a host at: leave the registration of the template empty, or let the user data register the host.");
		}
		List<Host> free = hosts.stream().filter(host -> host.offer().equals(request.offer()) && !claims.containsKey(host))
				.filter(host -> request.zone().isEmpty() || host.zone().equals(request.zone())).toList();
		if (free.isEmpty()) {
			throw none(request);
		}
		return free;
	}

	private static boolean isToken(String text) {
		return text.matches("[A-Za-z0-9._-]{1,200}");
	}

	private static RefusedException none(CreateRequest request) {
		return new RefusedException(AccountFault.LIMIT, "No host of offer '" + request.offer() + "'" + (request.zone().isEmpty() ? "" : " in zone " + request.zone()) + " is free.");
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		Host host = candidates(request, claims()).getFirst();
		return List.of("each host is asked who has it (nothing is claimed where one bears the token " + request.token() + ")",
				"ssh -p " + host.port() + " " + host.user() + "@" + host.address() + " (offer " + request.offer() + ")\n" + Scripts.claim(host.state(), request.token()).strip(),
				"with the claim " + Claim.lines(request, clock.instant()).strip().replace("\n", ", ") + " and a script of " + request.userData().length() + " characters");
	}

	/** The host of a machine; empty for what cannot be one of ours. */
	private Optional<Host> host(String instance) throws RefusedException {
		int slash = instance.indexOf('/');
		if (slash < 0 || !isToken(instance.substring(slash + 1))) {
			return Optional.empty();
		}
		String name = instance.substring(0, slash);
		return Optional.of(hosts.stream().filter(host -> host.name().equals(name)).findFirst()
				.orElseThrow(() -> new RefusedException("Host " + name + " is no longer among Hosts (hosts), so that it cannot be taken back.")));
	}

	private static String token(String instance) {
		return instance.substring(instance.indexOf('/') + 1);
	}

	/** Runs the drain script, where there is one. */
	@Override
	public void drain(String instance) throws PluginException {
		Optional<Host> host = host(instance);
		if (host.isEmpty() || !settings.has("drain-script")) {
			return;
		}
		int exit = shell.run(host.get(), Scripts.run(host.get().state(), token(instance)), settings.text("drain-script")).exit();
		if (exit != 0) {
			throw new PluginException("The drain script of host " + host.get() + " ended with " + exit + ": it may still receive load.");
		}
	}

	@Override
	public void delete(String instance) throws PluginException {
		Optional<Host> host = host(instance);
		if (host.isEmpty()) {
			return;
		}
		int exit = shell.run(host.get(), Scripts.release(host.get().state(), token(instance)), settings.text("release-script")).exit();
		if (exit == Scripts.NOT_RELEASED) {
			throw new PluginException("The release script of host " + host.get() + " failed, so that it stays handed out; what it wrote is in release.log of " + host.get().state() + ".");
		}
		if (exit != 0) {
			throw new PluginException("Host " + host.get() + " cannot be taken back: the shell ended with " + exit + ".");
		}
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		throw new RefusedException("A pool of hosts owns no group '" + group + "': its hosts are handed out one by one.");
	}

	@Override
	public Duration settling() {
		return settings.duration("settling");
	}

	@Override
	public void close() {
		shell.close();
	}
}
