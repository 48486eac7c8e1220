// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** One region of an account at Amazon EC2. */
final class AwsProvider implements CloudProvider {
	private static final Set<String> GONE = Set.of("InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed");

	/** One call of the SDK. */
	private interface Call<T> {
		T run() throws PluginException;
	}

	private final AwsSettings settings;
	private final AwsClients clients;
	private final Failures failures;
	private final InstanceTypes types;
	private final Instances instances;
	private final Launch launch;
	private final TargetGroups targetGroups;
	private final ScalingGroups scalingGroups;

	AwsProvider(AwsSettings settings, AwsClients clients) {
		this.settings = settings;
		this.clients = clients;
		failures = new Failures(settings.account());
		types = new InstanceTypes(clients.ec2());
		instances = new Instances(clients.ec2(), settings);
		launch = new Launch(clients.ec2(), settings);
		targetGroups = new TargetGroups(clients.ec2(), clients.balancing(), failures);
		scalingGroups = new ScalingGroups(clients.scaling(), settings);
	}

	private <T> T ask(String what, Call<T> call) throws PluginException {
		try {
			return call.run();
		} catch (SdkException e) {
			throw failures.ofQuestion(what, e);
		}
	}

	private <T> T change(String what, Call<T> call) throws PluginException {
		try {
			return call.run();
		} catch (SdkException e) {
			throw failures.ofChange(what, e);
		}
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return ask("list instance types", () -> {
			List<InstanceTypes.Type> offered = types.offered(settings.types());
			Map<String, List<String>> zones = types.zones(settings.types());
			int left = Math.max(0, settings.vcpuLimit() - Instances.vcpus(instances.all()));
			List<Offer> offers = new ArrayList<>();
			for (InstanceTypes.Type type : offered) {
				if (zones.containsKey(type.name())) {
					offers.add(new Offer(type.name(), type.label(), type.capacity(), settings.region(), zones.get(type.name()), Price.UNKNOWN,
							left / type.vcpus(), settings.machines().leadMedian(), settings.machines().leadP95()));
				}
			}
			return offers;
		});
	}

	/** Registers on the way what has come to run and waits for its target group. */
	@Override
	public List<Instance> list() throws PluginException {
		return ask("list instances", () -> instances.all().stream().filter(instance -> !Instances.isGone(instance))
				.map(instance -> instances.instance(instance, targetGroups.register(instance, Instances.tags(instance)))).toList());
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		return ask("list instances", () -> {
			List<software.amazon.awssdk.services.ec2.model.Instance> running = instances.all().stream()
					.filter(instance -> Instances.state(instance) == InstanceStateName.RUNNING).toList();
			Map<String, InstanceTypes.Type> known = types.of(running.stream().map(instance -> instance.instanceTypeAsString()).toList());
			return running.stream().<TopologyChange>map(instance -> new TopologyChange.ResourceSeen(instances.resource(instance, known))).toList();
		});
	}

	@Override
	public Instance create(CreateRequest wish) throws PluginException {
		return change("make '" + wish.name() + "'", () -> {
			RunInstancesRequest request = launch.request(wish);
			try {
				return clients.ec2().runInstances(request).instances().stream().findFirst().map(instance -> instances.instance(instance, ""))
						.orElseThrow(() -> new PluginException(settings.account() + " could not make '" + wish.name() + "': the answer names no instance."));
			} catch (SdkException e) {
				if (!Failures.isCode(e, Set.of("IdempotentParameterMismatch"))) {
					throw e;
				}
				// the token has made an instance already, from a template that has changed since
				return instances.ofToken(wish.token()).map(instance -> instances.instance(instance, "")).orElseThrow(() -> e);
			}
		});
	}

	/** Quota, type and zone are looked up, and EC2 checks image, network and permissions in a dry run of its own. */
	@Override
	public List<String> dryRun(CreateRequest wish) throws PluginException {
		Offer offer = offers().stream().filter(one -> one.id().equals(wish.offer())).findFirst().orElseThrow(
				() -> new RefusedException(AccountFault.MISSING, settings.account() + " offers no instance type '" + wish.offer() + "' among " + settings.types() + "."));
		if (!wish.zone().isEmpty() && !offer.zones().contains(wish.zone())) {
			throw new RefusedException(AccountFault.MISSING, settings.account() + " has no " + wish.offer() + " in zone " + wish.zone() + ", only in " + offer.zones() + ".");
		}
		if (offer.quotaLeft() < 1) {
			throw new RefusedException(AccountFault.LIMIT, settings.account() + " has no vCPUs left for a " + wish.offer() + ": the limit is " + settings.vcpuLimit() + ".");
		}
		clients.calls().begin();
		try {
			return change("make '" + wish.name() + "'", () -> {
				try {
					clients.ec2().runInstances(launch.request(wish).toBuilder().dryRun(true).build());
				} catch (SdkException e) {
					// so EC2 says that it would have done it
					if (!Failures.isCode(e, Set.of("DryRunOperation"))) {
						throw e;
					}
				}
				List<String> lines = new ArrayList<>(clients.calls().end());
				if (!wish.registration().isEmpty()) {
					lines.add("RegisterTargets at Elastic Load Balancing, once it runs: TargetGroupArn=" + wish.registration());
				}
				return lines;
			});
		} finally {
			clients.calls().end();
		}
	}

	@Override
	public void drain(String instance) throws PluginException {
		change("drain " + instance, () -> {
			instances.ofId(instance).ifPresent(targetGroups::deregister);
			return instance;
		});
	}

	@Override
	public void delete(String instance) throws PluginException {
		change("delete " + instance, () -> {
			try {
				clients.ec2().terminateInstances(request -> request.instanceIds(instance));
			} catch (SdkException e) {
				if (!Failures.isCode(e, GONE)) {
					throw e;
				}
			}
			return instance;
		});
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		change("set the size of '" + group + "'", () -> {
			scalingGroups.setSize(group, size);
			return group;
		});
	}

	@Override
	public Duration settling() {
		return settings.machines().settling();
	}

	@Override
	public void close() {
		clients.close();
	}
}
