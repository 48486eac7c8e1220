// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * Where provisioning stands after a step.
 *
 * @param plans      open ones, and those closed lately; newest first
 * @param queue      what is on its way, and what ended lately; newest first
 * @param verdicts   newest first
 * @param changes    resources that are planned, queued or building, each as it is now, and those that are gone. A resource that
 *                   became ready is mentioned no more: the source that saw its traffic reports it
 * @param killSwitch whether all new calls are stopped
 * @param report     costs, drifts, promotions
 * @param statuses   of each account by its id, and of the journal and the groups in trouble
 */
public record ProvisioningView(List<Plan> plans, List<QueueEntry> queue, List<Verdict> verdicts,
		List<TopologyChange> changes, boolean killSwitch, ProvisioningReport report, Map<String, Status> statuses) {
	/** Copies. */
	public ProvisioningView {
		plans = List.copyOf(plans);
		queue = List.copyOf(queue);
		verdicts = List.copyOf(verdicts);
		changes = List.copyOf(changes);
		statuses = Map.copyOf(statuses);
	}
}
