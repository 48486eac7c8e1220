// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** What an operator sees of and decides on an estate's automation. Any thread; methods that say 'blocks' belong in a Job. */
public interface AutomationHandle {
	/** The provider accounts, in the order in which they were made. */
	List<AccountInfo> accounts();

	/** Asks an account again at once that pauses after failures. */
	void retry(String account, String person);

	/** Takes a machine that says it is ours, and of which the journal knows nothing, into a group. */
	void adopt(String account, String instance, String group, String person);

	/** Removes such a machine at its provider. */
	void remove(String account, String instance, String person);

	/** Lets automation go on for a group that was halted since its last machines never carried traffic. */
	void resume(String group, String person);

	/**
	 * Allows a group more members for a while; then its own maximum holds again by itself.
	 *
	 * @param max   how many at most; not above its own maximum to take a raise back
	 * @param until how long, at most {@link ProvisioningSettings.Oversight#longestException()} from now
	 */
	void raiseCap(String group, int max, Instant until, String person);

	/**
	 * Allows changes in freeze windows for a while.
	 *
	 * @param group  its id; {@code *} for all
	 * @param until  how long, at most {@link ProvisioningSettings.Oversight#longestException()} from now; in the past to take it back
	 * @param reason why; not blank
	 */
	void thaw(String group, Instant until, String person, String reason);

	/**
	 * Says that a machine of ours is still needed, and when it is to be reviewed again.
	 *
	 * @param until at most {@link ProvisioningSettings.Oversight#review()} from now
	 */
	void prolong(String account, String instance, Instant until, String person);

	/**
	 * What a plan that waits would do now. Nothing is changed by it, and the kill switch does not stop it.
	 *
	 * @param plan its id
	 * @return completed on a thread of the engine that must not be kept; exceptionally with a sentence, where no such plan waits
	 */
	CompletableFuture<DryRun> dryRun(String plan);

	/**
	 * Proposes what a scenario adds: plans that pass all guards and wait for the approval of a person in any mode.
	 *
	 * @return completed on a thread of the engine that must not be kept; exceptionally with a sentence, where the scenario does not fit the estate
	 */
	CompletableFuture<Commit> commit(Scenario scenario, String person);

	/** What {@link #commit} would propose; changes nothing. */
	CompletableFuture<Commit> preview(Scenario scenario);

	/** The audit trail, read and checked. Blocks on the disk. */
	AuditReading audit();

	/** How capacity is planned and made, and what guards and budget allow. */
	ProvisioningSettings settings();

	/**
	 * Replaces that, for what is decided and called from now on, and keeps it. Blocks on the disk.
	 *
	 * @throws IllegalStateException with a sentence, where it could not be kept; it holds until the next start then
	 */
	void settings(ProvisioningSettings settings);

	/** What was decided of scaling groups, whatever their sources say. */
	List<GroupSettings> groups();

	/**
	 * Decides of a scaling group and keeps it. Blocks on the disk.
	 *
	 * @throws IllegalArgumentException where the decisions do not fit together; then nothing is changed
	 * @throws IllegalStateException    with a sentence, where it could not be kept
	 */
	void group(GroupSettings settings);
}
