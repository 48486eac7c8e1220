// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.tck.CloudProviderContract;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** The contract on real containers. */
class PodmanContractTest extends CloudProviderContract {
	private static Map<String, String> server;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		server = RealServers.up("podman");
	}

	@Override
	protected CloudProvider open() throws Exception {
		Map<String, String> values = Map.of("endpoint", server.get("PODMAN_ENDPOINT"), "image", server.get("PODMAN_IMAGE"), "network", "host", "limits", "false");
		return new DockerProviderFactory().open(Declared.only("io.shadowweaver.provider.docker", "provider").settings(values), new TestContext(Clock.systemUTC(), directory));
	}

	@Override
	protected String group() {
		return "web";
	}

	/** podman's answers are of what is there: nothing appears later. */
	@Override
	protected void pass(Duration time) throws Exception {
		Thread.sleep(200);
	}
}
