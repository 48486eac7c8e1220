// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * Puts instances into a target group, and takes them out. A target group takes running instances only, so the wish stands in a tag of the
 * instance until it runs, and goes with the
 * registration, so that no restart puts it back.
 */
final class TargetGroups {
	/** The tag that holds the ARN of the target group. */
	static final String TAG = "shadowweaver-registration";
	private static final Set<String> GONE = Set.of("TargetGroupNotFound", "InvalidTarget");

	private final Ec2Client ec2;
	private final ElasticLoadBalancingV2Client balancing;
	private final Failures failures;
	private final Set<String> registered = new HashSet<>();

	TargetGroups(Ec2Client ec2, ElasticLoadBalancingV2Client balancing, Failures failures) {
		this.ec2 = ec2;
		this.balancing = balancing;
		this.failures = failures;
	}

	/**
	 * Registers a running instance that waits for it. To register twice is no error.
	 *
	 * @return what went wrong, as a sentence; empty when nothing did or nothing was to be done
	 */
	String register(Instance instance, Map<String, String> tags) {
		String group = tags.getOrDefault(TAG, "");
		if (group.isEmpty() || Instances.state(instance) != InstanceStateName.RUNNING || registered.contains(instance.instanceId())) {
			return "";
		}
		try {
			balancing.registerTargets(request -> request.targetGroupArn(group).targets(target(instance.instanceId())));
			registered.add(instance.instanceId());
			return "";
		} catch (SdkException e) {
			return failures.ofChange("register " + instance.instanceId() + " in its target group", e).getMessage();
		}
	}

	/** Takes an instance out of its target group, if it is in one. */
	void deregister(Instance instance) {
		String group = Instances.tags(instance).getOrDefault(TAG, "");
		if (group.isEmpty()) {
			return;
		}
		registered.add(instance.instanceId());
		try {
			balancing.deregisterTargets(request -> request.targetGroupArn(group).targets(target(instance.instanceId())));
		} catch (SdkException e) {
			if (!Failures.isCode(e, GONE)) {
				registered.remove(instance.instanceId());
				throw e;
			}
		}
		ec2.deleteTags(request -> request.resources(instance.instanceId()).tags(Tag.builder().key(TAG).build()));
	}

	private static TargetDescription target(String instance) {
		return TargetDescription.builder().id(instance).build();
	}
}
