// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.source.MetricSource;

/**
 * A service of sixty machines in two regions of three zones: load balancers, web, application and database servers, a cache
 * and a queue; and the cloud in which it runs. The {@linkplain #source() source} reports what the machines measure, the
 * {@linkplain #provider() provider} makes and removes machines, and both stand over the same fleet.
 *
 * <h2>The model</h2>
 * Everything is a function of the settings, the time and the machines that were made: nothing runs in between, any instant can
 * be computed by itself, and whoever asks when, the samples are the same.
 * <ul>
 * <li><b>Demand</b> (requests a second at the load balancers): a shape of the hour in the week with a deep night, a
 * working-day plateau and an evening peak of nearly equal height on all days, in UTC; compound growth a week, 1 at the start;
 * a per cent of difference from day to day; noise that is a first-order autoregression of 1.5 % with a memory of 30 minutes
 * and .4 % of white noise; a flash crowd (+45 to +90 % within 8 minutes, decaying with 30 minutes) and an incident (the
 * database three times slower for 20 to 45 minutes, a fifth more requests by retries), once a week each.
 * <li><b>Spreading</b>: the members of a tier share by capacity and a small fixed unfairness each (2 %); what a full one
 * cannot take goes to those with room, and what nobody can take is shed and reported as {@code shed}. A tier calls the next in a fixed ratio for each request
 * that it serves.
 * <li><b>Processor</b>: idle share plus load, at most 1. At the usual daily peak the web tier stands at .945 of its capacity, so
 * it crosses .9 each day and is half asleep at night.
 * <li><b>Latency</b>: 95th percentile of the response time of an M/M/c station a member ({@code Queueing} names the sources),
 * capped at a time-out of 5 s; the load balancers report the sum over the tiers that a user waits for.
 * <li><b>Roll-outs</b>: on six of ten working days, between 10:00 and 15:00 UTC, each web and application server is out for 3
 * of 24 minutes, in turn.
 * <li><b>A new machine</b> takes load after boot (seven tenths of its lead), registration and warming up; the lead is
 * log-normal and drawn from the seed and the token. A removed one gives its load back while it drains.
 * </ul>
 * Thread-safe: samples are computed under one lock, the cloud has its own.
 */
public final class SimulatedFleet {
	private final InstantSource clock;
	private final SimulatedCloud cloud;
	private FleetSettings settings;
	private Demand demand;
	private FleetModel model;
	private Roster roster;
	private long rosterVersion = -1;
	private int sources;
	private volatile String providerConnection = SimulatedCloud.NAME;

	/**
	 * A fleet whose load is set later, by the first source that is opened over it.
	 *
	 * @param clock of the estate
	 */
	SimulatedFleet(InstantSource clock) {
		this.clock = clock;
		this.cloud = new SimulatedCloud(clock, 0);
	}

	/**
	 * A fleet by itself, without a workbench around it.
	 *
	 * @param settings  of the load
	 * @param cloud     how the cloud behaves
	 * @param clock     time of the estate: what the provider does, happens then
	 * @param directory where the cloud remembers its machines; {@code null} for nowhere
	 * @return the fleet
	 * @throws PluginException when the remembered machines cannot be read
	 */
	public static SimulatedFleet of(FleetSettings settings, CloudSettings cloud, InstantSource clock, Path directory)
			throws PluginException {
		SimulatedFleet fleet = new SimulatedFleet(clock);
		fleet.setUp(settings);
		fleet.cloud.configure(cloud, directory);
		return fleet;
	}

	/** A new view of the metrics; has its own place in time. */
	public MetricSource source() {
		synchronized (this) {
			sources++;
		}
		return new SimulatedSource(this);
	}

	/** A new view of the cloud. */
	public CloudProvider provider() {
		return new SimulatedProvider(cloud);
	}

	/** Lets the next wishes for machines meet these faults, one each. */
	public void failNext(Fault... faults) {
		cloud.failNext(faults);
	}

	/**
	 * The truth about a tier.
	 *
	 * @param tier {@code lb}, {@code web}, {@code app}, {@code db}, {@code cache} or {@code queue}
	 * @param time any instant of the fleet
	 * @return what is offered and what can be carried
	 */
	public synchronized GroupLoad load(String tier, Instant time) {
		Tier found = Arrays.stream(Tier.values()).filter(t -> t.id.equals(tier)).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("the simulated fleet has no tier '" + tier + "'"));
		return model.load(rosterAt(time), found, time);
	}

	/** The settings of the load. */
	public synchronized FleetSettings settings() {
		return settings;
	}

	SimulatedCloud cloud() {
		return cloud;
	}

	InstantSource clock() {
		return clock;
	}

	/** The id of the connection by which new members of the groups are made. */
	String providerConnection() {
		return providerConnection;
	}

	void providerConnection(String id) {
		providerConnection = id;
	}

	synchronized Demand demand() {
		return demand;
	}

	/** Sets the load up; refused while a source with other settings is open. */
	synchronized void setUp(FleetSettings wanted) throws PluginException {
		if (sources > 0 && !wanted.equals(settings)) {
			throw new PluginException("An estate has one simulated fleet; another source is open over it with other settings.");
		}
		settings = wanted;
		demand = new Demand(wanted);
		model = new FleetModel(wanted, demand);
		roster = null;
		cloud.seed(Noise.hash(wanted.seed(), "cloud"));
	}

	synchronized void closed() {
		sources--;
	}

	/** Who carries load at an instant. The same object as long as nothing changes. */
	synchronized Roster rosterAt(Instant time) {
		long version = cloud.version();
		if (roster == null || version != rosterVersion || !roster.covers(time)) {
			List<Machine> machines = cloud.machines();
			Roster next = new Roster(machines, time, settings.seed());
			// The list of columns is kept where it is equal, so that readers may compare it by identity.
			roster = roster != null && roster.series().equals(next.series()) ? next.withColumnsOf(roster) : next;
			rosterVersion = version;
		}
		return roster;
	}

	/** The samples of an instant, for the columns of the roster that holds then. */
	synchronized void sample(Roster at, Instant time, double[] out) {
		model.sample(at, time, out);
	}
}
