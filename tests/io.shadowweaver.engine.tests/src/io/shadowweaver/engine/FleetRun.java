// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.tck.Declared;

/**
 * Weaves the simulated fleet for some days as fast as it goes, in one thread, and keeps the accounts: when the web tier was
 * critical, and how much of its capacity was used.
 */
final class FleetRun {
	private static final double CRITICAL = .9;

	/** What a run came to. */
	record Result(Set<Integer> criticalDays, int violationMinutes, double unused, int created, int deleted, WeaverState last) {
	}

	private final Path directory;
	private final Map<String, String> fleet = new HashMap<>();
	private final Map<String, String> cloud = new HashMap<>();
	private Map<String, Mode> modes = Map.of();
	private ProvisioningSettings provisioning = ProvisioningSettings.defaults();
	private List<Candidate> models;
	private Predicate<SeriesId> scope = id -> id.subject().equals("group:web");
	private Consumer<WeaverState> watcher = state -> {
	};

	FleetRun(Path directory, long seed) {
		this.directory = directory;
		fleet.put("seed", Long.toString(seed));
		fleet.put("start", "2026-03-02T00:00:00Z");
	}

	FleetRun quiet() {
		fleet.put("incident", "false");
		fleet.put("flash-crowd", "false");
		return this;
	}

	/** Begins at this time instead. */
	FleetRun start(String instant) {
		fleet.put("start", instant);
		return this;
	}

	FleetRun with(Map<String, Mode> groups, ProvisioningSettings settings) {
		modes = groups;
		provisioning = settings;
		return this;
	}

	FleetRun cloud(String key, String value) {
		cloud.put(key, value);
		return this;
	}

	/** Forecasts with these alone. */
	FleetRun models(List<Candidate> candidates) {
		models = candidates;
		return this;
	}

	/** Which series are forecast; by default what the web tier is scaled on, which is what costs the least time. */
	FleetRun scope(Predicate<SeriesId> newScope) {
		scope = newScope;
		return this;
	}

	FleetRun watch(Consumer<WeaverState> newWatcher) {
		watcher = newWatcher;
		return this;
	}

	Result run(int days) throws PluginException, InterruptedException {
		try (Weaver weaver = open()) {
			weaver.prepare();
			return account(weaver, days);
		}
	}

	/** The engine over the fleet, before its first tick. */
	Weaver open() throws PluginException {
		Connection source = new Connection("fleet", "simulated", "Fleet", fleet);
		Connection provider = new Connection("simulated", "simulated", "Cloud", cloud);
		EstateConfig config = new EstateConfig("sim", "Simulated", List.of(source), List.of(provider), List.of(), 1, Duration.ZERO, modes,
				List.of(), List.of());
		EstateParts parts = new EstateParts(directory, Instant::now,
				List.of(new EstateParts.Part<MetricSourceFactory>(source, io.shadowweaver.simulated.SimulatedSourceFactory::new,
						Declared.only("io.shadowweaver.simulated", "source").settings(fleet))),
				List.of(new EstateParts.Part<CloudProviderFactory>(provider, io.shadowweaver.simulated.SimulatedProviderFactory::new,
						Declared.only("io.shadowweaver.simulated", "provider").settings(cloud))),
				List.of(), models == null ? models() : models, Runnable::run);
		return new Weaver(config, parts, provisioning, false, scope);
	}

	private Result account(Weaver weaver, int days) {
		Set<Integer> critical = new HashSet<>();
		Set<String> deleted = new HashSet<>();
		Set<String> created = new HashSet<>();
		int violations = 0;
		double unused = 0;
		int minutes = 0;
		WeaverState state = weaver.state();
		for (int minute = 0; minute < days * 1440; minute++) {
			state = weaver.step();
			watcher.accept(state);
			double used = 0;
			double capacity = 0;
			for (Resource member : state.topology().liveMembers("web")) {
				double cpu = state.series().value(new SeriesId(member.id(), "cpu"));
				if (!Double.isNaN(cpu)) {
					used += cpu * member.capacity("cpu");
					capacity += member.capacity("cpu");
				}
			}
			if (capacity > 0) {
				minutes++;
				unused += 1 - used / capacity;
				if (used / capacity >= CRITICAL) {
					violations++;
					critical.add(minute / 1440);
				}
			}
			state.queue().forEach(entry -> {
				if (entry.state() == io.shadowweaver.api.provision.QueueEntry.State.READY) {
					created.add(entry.token());
				} else if (entry.state() == io.shadowweaver.api.provision.QueueEntry.State.DELETED) {
					deleted.add(entry.token());
				}
			});
		}
		return new Result(critical, violations, unused / minutes, created.size(), deleted.size(), state);
	}

	/** All models of the product, with their declared defaults. */
	static List<Candidate> models() throws PluginException {
		List<Candidate> candidates = new ArrayList<>();
		for (String bundle : List.of("baseline", "ets", "lags")) {
			for (Declared declared : Declared.all("io.shadowweaver.model." + bundle, "model")) {
				candidates.add(new Candidate(declared.id(), declared.make(ForecastModelFactory.class), declared.settings(Map.of())));
			}
		}
		return candidates;
	}
}
