// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * One region of an account.
 *
 * @param region         where instances are made
 * @param credentials    who asks
 * @param types          names of instance types, {@code *} for any part; not empty
 * @param vcpuLimit      vCPUs of On-Demand instances that may run there
 * @param securityGroups ids; empty for the default
 * @param keyPair        name; empty for none
 * @param profile        name of the IAM instance profile; empty for none
 * @param scalingGroups  names of Auto Scaling groups by group of the estate, where they differ
 * @param resourceId     what sources call an instance
 * @param publicAddress  whether others reach it by its public address
 * @param leadMedian     from call to running
 * @param leadP95        the same at the 95th percentile, at least the median
 * @param settling       how long after a lost answer an instance may still appear
 * @param timeout        of one call
 * @param endpoint       takes all calls; empty for the region's own
 */
record AwsSettings(String region, Credentials credentials, List<String> types, int vcpuLimit, List<String> securityGroups, String keyPair,
		String profile, Map<String, String> scalingGroups, ResourceId resourceId, boolean publicAddress, Duration leadMedian,
		Duration leadP95, Duration settling, Duration timeout, Optional<URI> endpoint) {
	/** What sources call an instance. */
	enum ResourceId {
		/** Its private address. */
		ADDRESS,
		/** Its Name tag. */
		NAME,
		/** EC2's id. */
		ID
	}

	/**
	 * Who asks.
	 *
	 * @param accessKey    id of the access key; empty for the default chain of the AWS tools
	 * @param secretKey    its secret
	 * @param sessionToken of temporary credentials; empty for lasting ones
	 * @param role         ARN of a role to assume; empty for none
	 */
	record Credentials(String accessKey, String secretKey, String sessionToken, String role) {
		/** Without secrets. */
		@Override
		public String toString() {
			return "credentials of " + (accessKey.isEmpty() ? "the default chain" : "an access key");
		}
	}

	/** How sentences call the account. */
	String account() {
		return "Amazon EC2 in " + region;
	}

	static AwsSettings of(Settings settings) throws PluginException {
		Credentials credentials = new Credentials(settings.text("access-key"), settings.text("secret-key"), settings.text("session-token"),
				settings.text("role"));
		if (credentials.accessKey().isEmpty() != credentials.secretKey().isEmpty()) {
			throw new PluginException("Access key (access-key) and Secret access key (secret-key) are given together, or neither.");
		}
		List<String> types = words(settings.text("types"));
		long limit = settings.integer("vcpu-limit");
		Duration median = settings.duration("lead.median");
		Duration p95 = settings.duration("lead.p95");
		if (types.isEmpty()) {
			throw new PluginException("Instance types (types) names none.");
		}
		if (limit < 0 || limit > Integer.MAX_VALUE) {
			throw new PluginException("vCPU limit (vcpu-limit) must be 0 or more.");
		}
		if (p95.compareTo(median) < 0) {
			throw new PluginException("Lead, 95th percentile (lead.p95) must not be less than its median.");
		}
		if (!settings.text("region").matches("[a-z0-9-]+")) {
			throw new PluginException("Region (region) is not a name such as eu-central-1.");
		}
		return new AwsSettings(settings.text("region"), credentials, types, (int) limit, words(settings.text("security-groups")),
				settings.text("key-pair"), settings.text("instance-profile"), pairs(settings.text("groups")), resourceId(settings),
				isPublic(settings), median, p95, settings.duration("settling"), settings.duration("timeout"),
				settings.has("endpoint") ? Optional.of(settings.uri("endpoint")) : Optional.empty());
	}

	private static ResourceId resourceId(Settings settings) throws PluginException {
		return switch (settings.text("resource-id")) {
		case "address" -> ResourceId.ADDRESS;
		case "name" -> ResourceId.NAME;
		case "id" -> ResourceId.ID;
		default -> throw new PluginException("Id of the resource (resource-id) is address, name or id.");
		};
	}

	private static boolean isPublic(Settings settings) throws PluginException {
		String address = settings.text("address");
		if (!Set.of("private", "public").contains(address)) {
			throw new PluginException("Address (address) is private or public.");
		}
		return address.equals("public");
	}

	/** Words separated by commas or blanks. */
	static List<String> words(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
	}

	private static Map<String, String> pairs(String text) throws PluginException {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			int equals = line.indexOf('=');
			if (equals < 1) {
				throw new PluginException("Auto Scaling groups (groups): '" + line + "' is not of the form 'group = Auto Scaling group'.");
			}
			pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
		}
		return Map.copyOf(pairs);
	}
}
