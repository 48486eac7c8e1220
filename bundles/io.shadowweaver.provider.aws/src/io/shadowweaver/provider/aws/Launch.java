// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.MachineSettings;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** From a wish to the call that makes it true: one instance, whose client token is the wish's token. */
final class Launch {
	/** The longest client token that EC2 takes. */
	private static final int LONGEST_TOKEN = 64;

	private final Ec2Client ec2;
	private final AwsSettings settings;

	Launch(Ec2Client ec2, AwsSettings settings) {
		this.ec2 = ec2;
		this.settings = settings;
	}

	/**
	 * @param wish what is wanted; its network names one subnet, or several of which that in the zone is taken
	 * @return the call
	 * @throws RefusedException when no call can be made of it
	 */
	RunInstancesRequest request(CreateRequest wish) throws RefusedException {
		if (wish.token().length() > LONGEST_TOKEN) {
			throw new RefusedException(settings.account() + " takes tokens of up to " + LONGEST_TOKEN + " characters.");
		}
		if (wish.image().isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, settings.account() + " needs an image for '" + wish.name() + "': the group's template names none.");
		}
		List<Tag> tags = new java.util.ArrayList<>();
		wish.metadata().forEach((key, value) -> tags.add(tag(key, value)));
		tags.add(tag("Name", wish.name()));
		if (!wish.registration().isEmpty()) {
			tags.add(tag(TargetGroups.TAG, wish.registration()));
		}
		RunInstancesRequest.Builder request = RunInstancesRequest.builder().clientToken(wish.token()).minCount(1).maxCount(1)
				.instanceType(wish.offer()).imageId(wish.image())
				.tagSpecifications(tagged(ResourceType.INSTANCE, tags), tagged(ResourceType.VOLUME, tags));
		String subnet = subnet(wish);
		if (!subnet.isEmpty()) {
			request.subnetId(subnet);
		}
		if (!wish.zone().isEmpty()) {
			request.placement(placement -> placement.availabilityZone(wish.zone()));
		}
		if (!wish.userData().isEmpty()) {
			request.userData(Base64.getEncoder().encodeToString(wish.userData().getBytes(StandardCharsets.UTF_8)));
		}
		if (!settings.securityGroups().isEmpty()) {
			request.securityGroupIds(settings.securityGroups());
		}
		if (!settings.keyPair().isEmpty()) {
			request.keyName(settings.keyPair());
		}
		if (!settings.profile().isEmpty()) {
			request.iamInstanceProfile(profile -> profile.name(settings.profile()));
		}
		return request.build();
	}

	private String subnet(CreateRequest wish) throws RefusedException {
		List<String> subnets = MachineSettings.words(wish.network());
		if (subnets.size() < 2) {
			return subnets.isEmpty() ? "" : subnets.getFirst();
		}
		return ec2.describeSubnetsPaginator(request -> request.subnetIds(subnets)).subnets().stream()
				.filter(subnet -> wish.zone().isEmpty() || wish.zone().equals(subnet.availabilityZone())).map(Subnet::subnetId).findFirst()
				.orElseThrow(() -> new RefusedException(settings.account() + " cannot make '" + wish.name() + "': none of the subnets "
						+ wish.network() + " lies in zone " + wish.zone() + "."));
	}

	private static Tag tag(String key, String value) {
		return Tag.builder().key(key).value(value).build();
	}

	private static TagSpecification tagged(ResourceType type, List<Tag> tags) {
		return TagSpecification.builder().resourceType(type).tags(tags).build();
	}
}
