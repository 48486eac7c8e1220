// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

class DiscoveryTest {
	private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

	@TempDir
	Path directory;

	private int asked;

	/** Answers to discovery alone, each second time with a failure. */
	private CloudProvider cloud() {
		return (CloudProvider) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { CloudProvider.class }, (proxy, method, arguments) -> {
			if (method.getName().equals("close")) {
				return null;
			}
			if (!method.getName().equals("discover")) {
				throw new AssertionError(method + " is not asked for by discovery");
			}
			if (++asked % 2 == 0) {
				throw new PluginException("The region is down.");
			}
			return List.of(new TopologyChange.ResourceSeen(Resource.live("vm-" + asked, "vm", "vm", Map.of(), Map.of())));
		});
	}

	@Test
	void asksEveryFiveMinutesAndWhenAMachineOfOursHasBecomeReady() throws Exception {
		EstateClock clock = new EstateClock(() -> START, () -> 0);
		Statuses statuses = new Statuses("t", clock);
		Connection connection = new Connection("cloud", "listed", "Cloud", Map.of());
		CloudProviderFactory factory = (settings, context) -> cloud();
		AccountProvider account = new AccountProvider(new EstateParts.Part<>(connection, () -> factory, Settings.of(List.of(), Map.of())),
				new EstateContext("t", clock, directory).of(connection), statuses);
		Discovery discovery = new Discovery(List.of(account), List.of("cloud"));
		List<String> found = new ArrayList<>();
		discovery.run(START, 0, Runnable::run, (id, whole) -> found.add(id + whole.size()));
		discovery.run(START.plusSeconds(60), 0, Runnable::run, (id, whole) -> found.add(id + whole.size()));
		assertEquals(1, asked, "too early");
		discovery.run(START.plusSeconds(120), 1, Runnable::run, (id, whole) -> found.add(id + whole.size()));
		assertEquals(2, asked, "a machine became ready");
		assertEquals(List.of("cloud1"), found, "what failed tells nothing");
		assertEquals("The region is down.", statuses.all().get("provider:cloud").sentence());
		discovery.run(START.plusSeconds(120).plus(Duration.ofMinutes(5)), 1, Runnable::run, (id, whole) -> found.add(id + whole.size()));
		assertEquals(3, asked, "it is time");
		account.close();
		assertEquals("Cloud is closed.", assertThrows(PluginException.class, account::discover).getMessage());
		assertEquals(3, asked, "what comes late opens nothing again");
	}
}
