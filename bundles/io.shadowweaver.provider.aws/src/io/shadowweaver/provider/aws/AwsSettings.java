// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.kit.rest.MachineSettings;

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
 * @param machines       what all accounts of machines have
 * @param endpoint       takes all calls; empty for the region's own
 */
record AwsSettings(String region, Credentials credentials, List<String> types, int vcpuLimit, List<String> securityGroups, String keyPair,
		String profile, Map<String, String> scalingGroups, MachineSettings machines, Optional<URI> endpoint) {
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
		List<String> types = MachineSettings.words(settings.text("types"));
		long limit = settings.integer("vcpu-limit");
		if (types.isEmpty()) {
			throw new PluginException("Instance types (types) names none.");
		}
		if (limit < 0 || limit > Integer.MAX_VALUE) {
			throw new PluginException("vCPU limit (vcpu-limit) must be 0 or more.");
		}
		if (!settings.text("region").matches("[a-z0-9-]+")) {
			throw new PluginException("Region (region) is not a name such as eu-central-1.");
		}
		return new AwsSettings(settings.text("region"), credentials, types, (int) limit, MachineSettings.words(settings.text("security-groups")),
				settings.text("key-pair"), settings.text("instance-profile"), MachineSettings.owners(settings, "Auto Scaling groups",
				"Auto Scaling group", name -> !name.isEmpty()), MachineSettings.of(settings),
				settings.has("endpoint") ? Optional.of(settings.uri("endpoint")) : Optional.empty());
	}
}
