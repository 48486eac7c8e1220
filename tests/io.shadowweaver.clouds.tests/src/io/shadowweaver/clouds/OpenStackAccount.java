// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.topology.Template;

/** How the product is set up to use the real OpenStack. */
final class OpenStackAccount {
	static final String BUNDLE = "io.shadowweaver.provider.openstack";
	/** Two cores, as a web server of the simulated fleet has. */
	static final String OFFER = "m1.medium";

	private OpenStackAccount() {
	}

	/** The settings of an account. */
	static Map<String, String> settings(RealOpenStack cloud) {
		return settings(cloud, cloud.said.get("OPENSTACK_CREDENTIAL"));
	}

	/** The settings of an account with any password. */
	static Map<String, String> settings(RealOpenStack cloud, String password) {
		String[] identity = cloud.said.get("OPENSTACK_IDENTITY").split(":");
		// the cloud is on this machine: what was asked for is seen at once
		return Map.of("endpoint", cloud.said.get("OPENSTACK_ENDPOINT"), "domain", identity[0], "user", identity[1], "password", password, "project", cloud.said.get("OPENSTACK_PROJECT"),
				"region", cloud.said.get("OPENSTACK_REGION"), "settling", "15s");
	}

	/** How a web server is made there. */
	static Template template(RealOpenStack cloud, String image) {
		return new Template("", List.of(OFFER), image, cloud.said.get("OPENSTACK_NETWORK"), "", Map.of(), "");
	}

	/** Processes that provision there. */
	static Lives lives(RealOpenStack cloud, Path directory, String estate) {
		return new Lives(directory, estate, BUNDLE, settings(cloud), Map.of("offer", OFFER, "image", cloud.said.get("OPENSTACK_IMAGE"), "network", cloud.said.get("OPENSTACK_NETWORK")));
	}
}
