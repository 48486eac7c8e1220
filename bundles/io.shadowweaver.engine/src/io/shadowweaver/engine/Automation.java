// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** What an operator decides on an estate's automation. Any thread; each decision takes effect at once, between two ticks. */
public final class Automation {
	private final Consumer<Runnable> commands;
	private final Supplier<Stores> stores;
	private final Supplier<Weave> weave;
	private final Supplier<EstateConfig> config;
	private final Consumer<UnaryOperator<EstateConfig>> configure;
	private final Supplier<WeaverState> state;
	private final Path directory;

	/**
	 * @param commands  queues what the weave thread is to do
	 * @param stores    what the estate keeps; {@code null} before it is open
	 * @param weave     what is computed at a tick; asked on the weave thread
	 * @param config    what the estate is made of
	 * @param configure changes that
	 * @param state     the newest state
	 * @param directory the estate's
	 */
	Automation(Consumer<Runnable> commands, Supplier<Stores> stores, Supplier<Weave> weave, Supplier<EstateConfig> config,
			Consumer<UnaryOperator<EstateConfig>> configure, Supplier<WeaverState> state, Path directory) {
		this.commands = commands;
		this.stores = stores;
		this.weave = weave;
		this.config = config;
		this.configure = configure;
		this.state = state;
		this.directory = directory;
	}

	/** Approves a proposed plan; all guards run again. */
	public void approve(String plan, String person) {
		commands.accept(() -> stores.get().provisioner().approve(plan, person));
	}

	/** Rejects a proposed plan. */
	public void reject(String plan, String person) {
		commands.accept(() -> stores.get().provisioner().reject(plan, person));
	}

	/** Cancels what was not called yet. */
	public void cancel(String token, String person) {
		commands.accept(() -> stores.get().provisioner().cancel(token, person));
	}

	/** Stops all new calls, or allows them again. */
	public void killSwitch(boolean on, String person) {
		commands.accept(() -> stores.get().provisioner().killSwitch(on, person));
	}

	/** Takes a machine that the journal does not know into a group. */
	public void adopt(String account, String instance, String group, String person) {
		commands.accept(() -> stores.get().provisioner().adopt(account, instance, group, person));
	}

	/** Removes a machine that says that it was made for this estate and that the journal does not know. */
	public void remove(String account, String instance, String person) {
		commands.accept(() -> stores.get().provisioner().remove(account, instance, person));
	}

	/** Ends the pause of an account after failures. */
	public void retry(String account, String person) {
		commands.accept(() -> stores.get().provisioner().retry(account, person));
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
