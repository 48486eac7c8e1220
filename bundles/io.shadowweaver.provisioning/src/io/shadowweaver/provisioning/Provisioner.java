// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Turns needs into machines: plans, guards, journal, calls, reconciliation. {@link #step} comes from the one weave thread;
 * commands come from any thread and are applied at the next step.
 */
public final class Provisioner implements AutoCloseable {
	private final String estate;
	private final Path directory;
	private final List<Account> accounts;
	private final ProvisioningSettings settings;
	private final InstantSource clock;
	private final Executor calls;
	private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
	private volatile LeadTimes leads;
	private volatile boolean killSwitch;

	/**
	 * Opens the journal and takes up what it holds.
	 *
	 * @param estate    the id of the estate
	 * @param directory for the journal; created
	 * @param accounts  open accounts, by which templates name them; they stay the caller's to close
	 * @param settings  how to decide and call
	 * @param clock     the estate's time
	 * @param calls     runs calls to providers; {@code Runnable::run} makes all synchronous and deterministic
	 */
	public Provisioner(String estate, Path directory, List<Account> accounts, ProvisioningSettings settings,
			InstantSource clock, Executor calls) {
		this.estate = Objects.requireNonNull(estate, "estate");
		this.directory = Objects.requireNonNull(directory, "directory");
		this.accounts = List.copyOf(accounts);
		this.settings = Objects.requireNonNull(settings, "settings");
		this.clock = Objects.requireNonNull(clock, "clock");
		this.calls = Objects.requireNonNull(calls, "calls");
		this.leads = new LeadTimes(settings.calls().priorMedian(), settings.calls().priorP95());
	}

	/**
	 * One tick.
	 *
	 * @param now            the estate's time
	 * @param groups         all scaling groups
	 * @param healthyTraffic whether a resource, by its id, was seen to carry healthy traffic
	 * @return where all stands
	 */
	public ProvisioningView step(Instant now, List<GroupView> groups, Predicate<String> healthyTraffic) {
		for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
			command.run();
		}
		return new ProvisioningView(List.of(), List.of(), List.of(), List.of(), killSwitch, Map.of());
	}

	/** Approves a proposed plan; all guards run again at the next step. */
	public void approve(String plan, String person) {
		commands.add(() -> {
		});
	}

	/** Rejects a proposed plan. */
	public void reject(String plan, String person) {
		commands.add(() -> {
		});
	}

	/** Cancels an intent that was not called yet. */
	public void cancel(String token, String person) {
		commands.add(() -> {
		});
	}

	/** Stops all new calls, or allows them again; what is in flight goes on. Kept over a restart. */
	public void killSwitch(boolean on, String person) {
		commands.add(() -> killSwitch = on);
	}

	/** The learned leads. Any thread. */
	public LeadTimes leadTimes() {
		return leads;
	}

	@Override
	public void close() {
		commands.clear();
	}
}
