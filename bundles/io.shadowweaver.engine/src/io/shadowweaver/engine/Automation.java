// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.provisioning.KillMark;
import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.Wish;

/**
 * What an operator decides on an estate's automation. Any thread; each decision takes effect at once, between two ticks. One without the name of
 * a person is refused with an {@link IllegalArgumentException}; what cannot be carried out is said in the status of the journal.
 */
public final class Automation {
	/** Makes what was handed to the provisioner take effect at once. */
	private static final Runnable NOTHING = () -> {
	};

	private final Consumer<Runnable> commands;
	private final Supplier<Stores> stores;
	private final Supplier<Weave> weave;
	private final Supplier<EstateConfig> config;
	private final Consumer<UnaryOperator<EstateConfig>> configure;
	private final Supplier<WeaverState> state;
	private final Supplier<CompletableFuture<Base>> base;
	private final Path directory;

	/**
	 * @param commands  queues what the weave thread is to do
	 * @param stores    what the estate keeps; {@code null} before it is open
	 * @param weave     what is computed at a tick; asked on the weave thread
	 * @param config    what the estate is made of
	 * @param configure changes that
	 * @param state     the newest state
	 * @param base      what a scenario starts from
	 * @param directory the estate's
	 */
	Automation(Consumer<Runnable> commands, Supplier<Stores> stores, Supplier<Weave> weave, Supplier<EstateConfig> config,
			Consumer<UnaryOperator<EstateConfig>> configure, Supplier<WeaverState> state, Supplier<CompletableFuture<Base>> base, Path directory) {
		this.commands = commands;
		this.stores = stores;
		this.weave = weave;
		this.config = config;
		this.configure = configure;
		this.state = state;
		this.base = base;
		this.directory = directory;
	}

	/** Approves a proposed plan; all guards run again. */
	public void approve(String plan, String person) {
		decide(person, provisioner -> provisioner.approve(plan, person));
	}

	/** Rejects a proposed plan. */
	public void reject(String plan, String person) {
		decide(person, provisioner -> provisioner.reject(plan, person));
	}

	/** Cancels what was not called yet. */
	public void cancel(String token, String person) {
		decide(person, provisioner -> provisioner.cancel(token, person));
	}

	/**
	 * Stops all new calls, or allows them again: on the disk when this returns, and held by all calls that have not begun. Blocks on the disk.
	 *
	 * @throws IllegalStateException when it could not be kept before the estate is open
	 */
	public void killSwitch(boolean on, String person) {
		named(person);
		Stores open = stores.get();
		if (open == null) {
			try {
				KillMark.in(directory()).move(on, person, state.get().time());
			} catch (IOException e) {
				throw new IllegalStateException("The kill switch was not moved: " + e.getMessage(), e);
			}
		} else {
			open.provisioner().killSwitch(on, person);
			commands.accept(NOTHING);
		}
	}

	/** Takes a machine that the journal does not know into a group. */
	public void adopt(String account, String instance, String group, String person) {
		decide(person, provisioner -> provisioner.adopt(account, instance, group, person));
	}

	/** Removes a machine that says that it was made for this estate and that the journal does not know. */
	public void remove(String account, String instance, String person) {
		decide(person, provisioner -> provisioner.remove(account, instance, person));
	}

	/** Ends the pause of an account after failures. */
	public void retry(String account, String person) {
		decide(person, provisioner -> provisioner.retry(account, person));
	}

	/** Lets automation go on for a group that was halted since its last machines never carried traffic. */
	public void resume(String group, String person) {
		decide(person, provisioner -> provisioner.resume(group, person));
	}

	/**
	 * Allows a group more members for a while; then its own maximum holds again by itself.
	 *
	 * @param group  its id
	 * @param max    how many at most; not above its own maximum to take a raise back
	 * @param until  how long, at most as long as the {@linkplain ProvisioningSettings.Oversight settings} allow
	 * @param person who allows it
	 */
	public void raiseCap(String group, int max, Instant until, String person) {
		decide(person, provisioner -> provisioner.raiseCap(group, max, until, person));
	}

	/**
	 * Allows changes in freeze windows for a while.
	 *
	 * @param group  its id; {@code *} for all
	 * @param until  how long, at most as long as the {@linkplain ProvisioningSettings.Oversight settings} allow; in the past to take it back
	 * @param person who allows it
	 * @param reason why; not blank
	 */
	public void thaw(String group, Instant until, String person, String reason) {
		if (reason.isBlank()) {
			throw new IllegalArgumentException("Changes in a freeze window need a reason.");
		}
		decide(person, provisioner -> provisioner.thaw(group, until, person, reason));
	}

	/**
	 * Says that a machine of ours is still needed, and when it is to be reviewed again.
	 *
	 * @param account  the id of the account
	 * @param instance the provider's id of the machine
	 * @param until    when, at most as far as the {@linkplain ProvisioningSettings.Oversight settings} allow
	 * @param person   who has looked at it
	 */
	public void prolong(String account, String instance, Instant until, String person) {
		decide(person, provisioner -> provisioner.prolong(account, instance, until, person));
	}

	/**
	 * What a plan that waits would do now, asked of guards and providers; nothing is changed by it, and the kill switch does not stop it.
	 *
	 * @param plan its id
	 * @return completed on a thread of the engine that must not be kept; exceptionally with a sentence, where no such plan waits, or the estate is not open
	 */
	public CompletableFuture<DryRun> dryRun(String plan) {
		Stores open = stores.get();
		if (open == null) {
			return CompletableFuture.failedFuture(new IllegalStateException("The estate is not open yet."));
		}
		CompletableFuture<DryRun> answer = open.provisioner().dryRun(plan);
		commands.accept(NOTHING);
		return answer;
	}

	/**
	 * Proposes what a scenario adds: a plan for each group, which passes all guards and waits for the approval of a person in any mode.
	 *
	 * @param scenario is not changed
	 * @param person   who wants it
	 * @return completed on a thread of the engine that must not be kept; exceptionally with a sentence, by a {@link ScenarioException} where the
	 *         scenario does not fit the estate, or where the estate is not open
	 */
	public CompletableFuture<Commit> commit(Scenario scenario, String person) {
		named(person);
		return proposed(scenario, (provisioner, wishes) -> provisioner.propose(wishes, person));
	}

	/** What {@link #commit} would propose; changes nothing. */
	public CompletableFuture<Commit> preview(Scenario scenario) {
		return proposed(scenario, Provisioner::preview);
	}

	/**
	 * Proposes more members of a group, as {@link #commit} does.
	 *
	 * @param wish   what is wanted, by when and why
	 * @param person who wants it
	 * @return what became of it; completed on a thread of the engine that must not be kept; exceptionally where the estate is not open
	 */
	public CompletableFuture<Proposal> propose(Wish wish, String person) {
		named(person);
		Stores open = stores.get();
		if (open == null) {
			return CompletableFuture.failedFuture(new IllegalStateException("The estate is not open yet."));
		}
		CompletableFuture<List<Proposal>> proposals = open.provisioner().propose(List.of(wish), person);
		commands.accept(NOTHING);
		return proposals.thenApply(List::getFirst);
	}

	private CompletableFuture<Commit> proposed(Scenario scenario, BiFunction<Provisioner, List<Wish>, CompletableFuture<List<Proposal>>> how) {
		Stores open = stores.get();
		if (open == null) {
			return CompletableFuture.failedFuture(new IllegalStateException("The estate is not open yet."));
		}
		return base.get().thenCompose(from -> {
			try {
				Commit.Additions additions = Commit.additions(from, scenario);
				CompletableFuture<List<Proposal>> proposals = how.apply(open.provisioner(), additions.wishes());
				commands.accept(NOTHING);
				return proposals.thenApply(all -> new Commit(all, additions.notes()));
			} catch (ScenarioException e) {
				return CompletableFuture.failedFuture(e);
			}
		});
	}

	/**
	 * Decides and calls by other settings from now on. Blocks on the disk.
	 *
	 * @param settings the new ones, with all groups that may shrink
	 */
	public void settings(ProvisioningSettings settings) {
		configure.accept(present -> present.withProvisioning(settings).withScaleIn(List.of()));
		Stores open = stores.get();
		if (open != null) {
			open.provisioner().settings(config.get().provisioningOrDefaults());
			commands.accept(() -> weave.get().sizingLevel(settings.planning().level()));
		}
	}

	private void decide(String person, Consumer<Provisioner> decision) {
		named(person);
		commands.accept(() -> decision.accept(stores.get().provisioner()));
	}

	private static void named(String person) {
		if (person.isBlank()) {
			throw new IllegalArgumentException("A decision needs the name of a person.");
		}
	}

	/** Sets how far automation may go for a group. */
	public void mode(String group, Mode mode) {
		commands.accept(() -> {
			weave.get().mode(group, mode);
			configure.accept(present -> present.withModes(weave.get().modes()));
		});
	}

	/** How capacity is planned and made. */
	public ProvisioningSettings settings() {
		return config.get().provisioningOrDefaults();
	}

	/** What each provider account offered when it was last read, by its id; an account that has not answered yet is missing. */
	public Map<String, List<Offer>> offers() {
		Stores open = stores.get();
		return open == null ? Map.of() : open.provisioner().offers();
	}

	/** What is decided of scaling groups. */
	public List<GroupSettings> groups() {
		return config.get().groups();
	}

	/**
	 * Decides of a scaling group.
	 *
	 * @param settings goes before what sources say, and before what was decided of that group
	 * @throws IllegalArgumentException when the decisions do not fit together; nothing is changed then
	 */
	public void group(GroupSettings settings) {
		settings.apply(Optional.ofNullable(state.get().topology().groups().get(settings.group())));
		List<GroupSettings> all = new ArrayList<>(groups());
		all.removeIf(one -> one.group().equals(settings.group()));
		all.add(settings);
		configure.accept(present -> present.withGroups(all));
		commands.accept(() -> weave.get().groups(groups()));
	}

	/** Where the journal and the audit trail are. */
	public Path directory() {
		return Stores.provisioning(directory);
	}
}
