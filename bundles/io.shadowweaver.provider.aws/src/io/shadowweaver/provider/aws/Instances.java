// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.topology.Resource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances as EC2 describes them, and what the product reads of them. */
final class Instances {
	/** The tag by which EC2 says whose an instance of an Auto Scaling group is. */
	static final String SCALING_GROUP = "aws:autoscaling:groupName";
	private static final Set<String> ENDED_ON_PURPOSE = Set.of("Client.UserInitiatedShutdown", "Client.InstanceInitiatedShutdown");
	private static final int PAGE = 1000;

	private final Ec2Client ec2;
	private final AwsSettings settings;

	Instances(Ec2Client ec2, AwsSettings settings) {
		this.ec2 = ec2;
		this.settings = settings;
	}

	/** All of the region. */
	List<Instance> all() {
		return ec2.describeInstancesPaginator(request -> request.maxResults(PAGE)).reservations().stream()
				.flatMap(reservation -> reservation.instances().stream()).toList();
	}

	/** That with the token, if it is not terminated. */
	Optional<Instance> ofToken(String token) {
		return filtered("tag:" + CreateRequest.TOKEN, token).filter(instance -> state(instance) != InstanceStateName.TERMINATED);
	}

	/** That with the id. */
	Optional<Instance> ofId(String id) {
		// a filter, because an id that is gone or malformed is an error when it is named outright
		return filtered("instance-id", id);
	}

	private Optional<Instance> filtered(String filter, String value) {
		return ec2.describeInstancesPaginator(request -> request.filters(Filter.builder().name(filter).values(value).build())).reservations()
				.stream().flatMap(reservation -> reservation.instances().stream()).findFirst();
	}

	/** vCPUs that count against the quota of On-Demand instances. */
	static int vcpus(List<Instance> instances) {
		return instances.stream().filter(one -> state(one) == InstanceStateName.PENDING || state(one) == InstanceStateName.RUNNING)
				.filter(one -> one.instanceLifecycle() != InstanceLifecycleType.SPOT && one.cpuOptions() != null)
				.mapToInt(one -> one.cpuOptions().coreCount() * one.cpuOptions().threadsPerCore()).sum();
	}

	static InstanceStateName state(Instance instance) {
		return instance.state() == null ? InstanceStateName.UNKNOWN_TO_SDK_VERSION : instance.state().name();
	}

	/** Whether it has gone as somebody wished; EC2 describes such ones for another hour. */
	static boolean isGone(Instance instance) {
		return state(instance) == InstanceStateName.TERMINATED
				&& (reason(instance).isEmpty() || ENDED_ON_PURPOSE.contains(instance.stateReason().code()));
	}

	private static String reason(Instance instance) {
		return instance.stateReason() == null || instance.stateReason().code() == null ? "" : instance.stateReason().code();
	}

	static Map<String, String> tags(Instance instance) {
		Map<String, String> tags = new HashMap<>();
		instance.tags().forEach((Tag tag) -> tags.put(tag.key(), tag.value()));
		return tags;
	}

	/** As the provisioning sees it. */
	io.shadowweaver.api.provision.Instance instance(Instance instance, String detail) {
		Map<String, String> tags = tags(instance);
		String said = switch (state(instance)) {
		case STOPPING, STOPPED -> "It is " + instance.state().nameAsString() + ".";
		case TERMINATED -> instance.stateReason() == null ? "" : String.valueOf(instance.stateReason().message());
		default -> detail;
		};
		return new io.shadowweaver.api.provision.Instance(instance.instanceId(), name(instance, tags), tags.getOrDefault(CreateRequest.TOKEN, ""),
				resourceId(instance, tags), String.valueOf(instance.instanceTypeAsString()), settings.region(), zone(instance), address(instance),
				provisionState(instance), instance.launchTime() == null ? Instant.EPOCH : instance.launchTime(), tags, said);
	}

	private static io.shadowweaver.api.provision.Instance.State provisionState(Instance instance) {
		return switch (state(instance)) {
		case PENDING -> io.shadowweaver.api.provision.Instance.State.PENDING;
		case RUNNING -> io.shadowweaver.api.provision.Instance.State.RUNNING;
		case SHUTTING_DOWN -> io.shadowweaver.api.provision.Instance.State.DELETING;
		default -> io.shadowweaver.api.provision.Instance.State.FAILED;
		};
	}

	/** As the topology has it: labels are the tags and what EC2 knows, capacity is that of its type. */
	Resource resource(Instance instance, Map<String, InstanceTypes.Type> types) {
		Map<String, String> tags = tags(instance);
		Map<String, String> labels = new HashMap<>(tags);
		put(labels, Resource.REGION, settings.region());
		put(labels, Resource.ZONE, zone(instance));
		put(labels, Resource.INSTANCE, instance.instanceId());
		put(labels, Resource.OFFER, instance.instanceTypeAsString());
		put(labels, Resource.ADDRESS, address(instance));
		put(labels, Resource.TOKEN, tags.getOrDefault(CreateRequest.TOKEN, ""));
		put(labels, Resource.OWNER, tags.getOrDefault(SCALING_GROUP, ""));
		InstanceTypes.Type type = types.get(instance.instanceTypeAsString());
		return Resource.live(resourceId(instance, tags), "vm", name(instance, tags), labels, type == null ? Map.of() : type.capacity());
	}

	private static void put(Map<String, String> labels, String key, String value) {
		if (value != null && !value.isEmpty()) {
			labels.put(key, value);
		}
	}

	private static String name(Instance instance, Map<String, String> tags) {
		return tags.getOrDefault("Name", "").isEmpty() ? instance.instanceId() : tags.get("Name");
	}

	private static String zone(Instance instance) {
		return instance.placement() == null || instance.placement().availabilityZone() == null ? "" : instance.placement().availabilityZone();
	}

	private String address(Instance instance) {
		String address = settings.machines().publicAddress() ? instance.publicIpAddress() : instance.privateIpAddress();
		return address == null ? "" : address;
	}

	/** EC2's id where it has not yet what was asked for. Members of an Auto Scaling group share a name, so those go by their id. */
	private String resourceId(Instance instance, Map<String, String> tags) {
		String wanted = switch (settings.machines().resourceId()) {
		case ADDRESS -> instance.privateIpAddress();
		case NAME -> tags.containsKey(SCALING_GROUP) ? "" : tags.get("Name");
		case ID -> instance.instanceId();
		};
		return wanted == null || wanted.isBlank() ? instance.instanceId() : wanted;
	}
}
