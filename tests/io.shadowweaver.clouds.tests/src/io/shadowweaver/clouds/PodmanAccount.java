// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.nio.file.Path;
import java.util.Map;

/** How the product is set up to use the real podman. */
final class PodmanAccount {
	static final String BUNDLE = "io.shadowweaver.provider.docker";
	/** Two cores, as a web server of the simulated fleet has. */
	static final String OFFER = "medium";

	private PodmanAccount() {
	}

	/** The settings of an account; a call is given up after 3 s, and what was asked for is seen 6 s later or never. */
	static Map<String, String> settings(String endpoint) {
		return Map.of("endpoint", endpoint, "network", "host", "limits", "false", "timeout", "3s", "settling", "6s");
	}

	/** Processes that provision there. */
	static Lives lives(RealPodman podman, Path directory, String estate, String endpoint) {
		return new Lives(directory, estate, BUNDLE, settings(endpoint), Map.of("offer", OFFER, "image", podman.said.get("PODMAN_IMAGE")));
	}
}
