// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import io.shadowweaver.api.provision.RefusedException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Asks Auto Scaling for another size of a group, within the limits that the group has there. */
final class ScalingGroups {
	private final AutoScalingClient scaling;
	private final AwsSettings settings;

	ScalingGroups(AutoScalingClient scaling, AwsSettings settings) {
		this.scaling = scaling;
		this.settings = settings;
	}

	/** @throws RefusedException when there is no such group, or its limits forbid the size */
	void setSize(String group, int size) throws RefusedException {
		String name = settings.scalingGroups().getOrDefault(group, group);
		AutoScalingGroup found = scaling.describeAutoScalingGroups(request -> request.autoScalingGroupNames(name)).autoScalingGroups().stream()
				.findFirst().orElseThrow(() -> new RefusedException(settings.account() + " has no Auto Scaling group '" + name + "'."));
		if (size < found.minSize() || size > found.maxSize()) {
			throw new RefusedException(settings.account() + ": Auto Scaling group '" + name + "' may have " + found.minSize() + " to " + found.maxSize()
					+ " members, not " + size + ".");
		}
		if (size != found.desiredCapacity()) {
			// what is needed ahead of time does not wait for the end of a cooldown
			scaling.setDesiredCapacity(request -> request.autoScalingGroupName(name).desiredCapacity(size).honorCooldown(false));
		}
	}
}
