// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** A group that a stack of a real Heat owns. */
class StacksOfHeatTest {
	private static final int PATIENCE_SECONDS = 180;
	private static final String STACK = """
			{"stack_name": "fleet", "disable_rollback": true, "template": {
			  "heat_template_version": "2018-08-31",
			  "parameters": {"size": {"type": "number", "default": 1, "constraints": [{"range": {"min": 1, "max": 4}}]}},
			  "resources": {"members": {"type": "OS::Heat::ResourceGroup", "properties": {"count": {"get_param": "size"}, "resource_def": {
			    "type": "OS::Nova::Server", "properties": {"name": "fleet-%index%", "flavor": "m1.small", "image": "IMAGE",
			      "networks": [{"network": "NETWORK"}], "user_data_format": "RAW", "metadata": {"tier": "fleet"}}}}}}}}
			""";
	private static Map<String, String> server;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		server = RealServers.up("openstack");
	}

	private static void await(String what, Callable<Boolean> done) throws Exception {
		for (int i = 0; i < PATIENCE_SECONDS; i++) {
			if (done.call()) {
				return;
			}
			Thread.sleep(1000);
		}
		fail("waited " + PATIENCE_SECONDS + " s for " + what);
	}

	private static List<Instance> members(CloudProvider provider) throws Exception {
		return provider.list().stream().filter(machine -> machine.name().startsWith("fleet-")).toList();
	}

	private static void awaitStatus(Cloud cloud, String stack, String status) throws Exception {
		await(status, () -> {
			JsonNode shown = cloud.call("GET", stack, null).path("stack");
			String now = shown.path("stack_status").asText();
			assertFalse(now.endsWith("_FAILED"), () -> now + ": " + shown.path("stack_status_reason").asText());
			return now.equals(status);
		});
	}

	private static boolean isGone(Cloud cloud, String stack) {
		try {
			return cloud.call("GET", stack, null).path("stack").path("stack_status").asText().equals("DELETE_COMPLETE");
		} catch (RuntimeException e) {
			if (Faults.isNotFound(e)) {
				return true;
			}
			throw e;
		}
	}

	@Test
	void theStackMakesAndRemovesTheMembersOfItsGroup() throws Exception {
		Settings settings = Declared.only("io.shadowweaver.provider.openstack", "provider").settings(OpenStackContractTest.settings(server));
		try (Cloud cloud = new Cloud(settings, Clock.systemUTC());
				CloudProvider provider = new OpenStackProviderFactory().open(settings, new TestContext(Clock.systemUTC(), directory))) {
			String stacks = cloud.address("orchestration").orElseThrow() + "/stacks";
			JsonNode wish = new ObjectMapper().readTree(STACK.replace("IMAGE", server.get("OPENSTACK_IMAGE")).replace("NETWORK", server.get("OPENSTACK_NETWORK")));
			String stack = stacks + "/fleet/" + cloud.call("POST", stacks, wish).path("stack").path("id").asText();
			try {
				resize(cloud, provider, stack);
			} finally {
				cloud.call("DELETE", stack, null);
			}
			await("the stack to go", () -> isGone(cloud, stack));
			await("its servers to go", () -> members(provider).isEmpty());
		}
	}

	private static void resize(Cloud cloud, CloudProvider provider, String stack) throws Exception {
		awaitStatus(cloud, stack, "CREATE_COMPLETE");
		assertEquals(1, members(provider).size());
		RefusedException refused = assertThrows(RefusedException.class, () -> provider.setSize("fleet", 5));
		assertTrue(refused.getMessage().contains("1 to 4"), refused.getMessage());
		assertThrows(RefusedException.class, () -> provider.setSize("navy", 2));

		provider.setSize("fleet", 3);
		provider.setSize("fleet", 3);
		await("three active members", () -> members(provider).stream().filter(member -> member.state() == Instance.State.RUNNING).count() == 3);
		awaitStatus(cloud, stack, "UPDATE_COMPLETE");
		assertEquals(List.of("", "", ""), members(provider).stream().map(Instance::token).toList(), "a member is taken for ours");

		String updated = cloud.call("GET", stack, null).path("stack").path("updated_time").asText();
		provider.setSize("fleet", 3);
		assertEquals(updated, cloud.call("GET", stack, null).path("stack").path("updated_time").asText(), "updated again");
	}
}
