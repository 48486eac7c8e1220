// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.tck.CloudProviderContract;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** The contract on a real OpenStack. */
class OpenStackContractTest extends CloudProviderContract {
	private static Map<String, String> server;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		server = RealServers.up("openstack");
	}

	static Map<String, String> settings(Map<String, String> server) {
		Map<String, String> values = new HashMap<>();
		String[] identity = server.get("OPENSTACK_IDENTITY").split(":");
		values.put("endpoint", server.get("OPENSTACK_ENDPOINT"));
		values.put("project", server.get("OPENSTACK_PROJECT"));
		values.put("domain", identity[0]);
		values.put("user", identity[1]);
		values.put("password", server.get("OPENSTACK_CREDENTIAL"));
		values.put("network", server.get("OPENSTACK_NETWORK"));
		values.put("image", server.get("OPENSTACK_IMAGE"));
		return values;
	}

	@Override
	protected CloudProvider open() throws Exception {
		return new OpenStackProviderFactory().open(Declared.only("io.shadowweaver.provider.openstack", "provider").settings(settings(server)), new TestContext(Clock.systemUTC(), directory));
	}

	@Override
	protected String group() {
		return "web";
	}

	/** The servers' time is real: waits until nothing is being made or removed. */
	@Override
	protected void pass(Duration time) throws Exception {
		try (CloudProvider provider = open()) {
			for (int i = 0; i < 120; i++) {
				if (provider.list().stream().noneMatch(one -> one.state() == Instance.State.PENDING || one.state() == Instance.State.DELETING)) {
					return;
				}
				Thread.sleep(1000);
			}
		}
	}
}
