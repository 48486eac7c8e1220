// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;

import io.shadowweaver.engine.GroupSettings;
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

	/** The audit trail, read and checked. Blocks on the disk. */
	AuditReading audit();

	/** How capacity is planned and made, and what guards and budget allow. */
	ProvisioningSettings settings();

	/**
	 * Replaces that and keeps it. The estate is opened anew, so that nothing of the old settings is still at work. Blocks until it is.
	 *
	 * @throws IllegalStateException with a sentence, where it could not be; then the old settings hold
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
