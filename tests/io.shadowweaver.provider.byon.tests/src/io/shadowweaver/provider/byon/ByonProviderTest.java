// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/** What is particular to hosts that are handed out, over real SSH servers. */
class ByonProviderTest {
	@TempDir
	Path directory;

	private Pool pool;

	@BeforeEach
	void start() {
		pool = new Pool(directory);
	}

	private CloudProvider open(Map<String, String> values) throws Exception {
		return new ByonProviderFactory().open(Declared.only("io.shadowweaver.provider.byon", "provider").settings(values), new TestContext(Clock.systemUTC(), directory));
	}

	private static CreateRequest request(String token, String zone, String userData) {
		return new CreateRequest(token, "web " + token, "web", "2-cores-4GiB", zone, "", "", userData, Map.of("tier", "web=1 €"), "", Instant.parse("2027-01-01T00:00:00Z"));
	}

	private static Instance await(CloudProvider provider, String token, Instance.State state) throws Exception {
		Instance last = null;
		for (int i = 0; i < 100; i++) {
			for (Instance one : provider.list()) {
				if (one.token().equals(token)) {
					last = one;
				}
			}
			if (last != null && last.state() == state) {
				return last;
			}
			Thread.sleep(50);
		}
		throw new AssertionError("not " + state + " but " + last);
	}

	@Test
	void theUserDataRunOnceAndTheirEndDecides() throws Exception {
		try (CloudProvider provider = open(pool.settings())) {
			provider.create(request("t1", "b", "echo once >> " + directory + "/ran\n"));
			Instance running = await(provider, "t1", Instance.State.RUNNING);
			assertEquals("host-2", running.resource());
			assertEquals("web=1 €", running.tags().get("tier"), "whatever a tag holds comes back");
			provider.create(request("t1", "b", "echo once >> " + directory + "/ran\n"));
			assertEquals("once\n", Files.readString(directory.resolve("ran")));
			provider.create(request("t2", "a", "exit 3"));
			assertEquals("Its user data ended with 3.", await(provider, "t2", Instance.State.FAILED).detail());
		}
	}

	@Test
	void whatWasClaimedButNotBegunIsBegun() throws Exception {
		try (CloudProvider provider = open(pool.settings())) {
			provider.create(request("t1", "b", "echo once >> " + directory + "/ran\n"));
			await(provider, "t1", Instance.State.RUNNING);
			// as if the call had been cut off right after the claim
			Files.delete(pool.state(2).resolve("done.t1"));
			Files.delete(pool.state(2).resolve("started.t1"));
			await(provider, "t1", Instance.State.RUNNING);
			assertEquals("once\nonce\n", Files.readString(directory.resolve("ran")));
		}
	}

	@Test
	void manyClaimsAtOnceNeverShareAHost() throws Exception {
		Map<String, String> values = pool.settings();
		try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
			List<Future<String>> calls = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				String token = "t" + i;
				calls.add(threads.submit(() -> {
					try (CloudProvider provider = open(values)) {
						return provider.create(request(token, "", "")).resource();
					} catch (RefusedException e) {
						return "";
					}
				}));
			}
			List<String> got = new ArrayList<>();
			for (Future<String> call : calls) {
				got.add(call.get());
			}
			got.removeIf(String::isEmpty);
			assertEquals(3, got.size(), "of three hosts, five wishes got " + got);
			assertEquals(Set.of("host-0", "host-1", "host-2"), new HashSet<>(got));
		}
	}

	@Test
	void aLateDeletionDoesNotTakeTheHostFromTheNext() throws Exception {
		try (CloudProvider provider = open(pool.settings())) {
			Instance first = provider.create(request("t1", "b", ""));
			await(provider, "t1", Instance.State.RUNNING);
			provider.delete(first.id());
			provider.create(request("t2", "b", ""));
			provider.delete(first.id());
			assertEquals("host-2", await(provider, "t2", Instance.State.RUNNING).resource());
		}
	}

	@Test
	void aFailingReleaseScriptKeepsTheHost() throws Exception {
		Map<String, String> values = pool.settings();
		values.put("release-script", "test -e " + directory + "/may-go");
		values.put("drain-script", "touch " + directory + "/drained");
		try (CloudProvider provider = open(values)) {
			Instance made = provider.create(request("t1", "b", ""));
			await(provider, "t1", Instance.State.RUNNING);
			provider.drain(made.id());
			assertTrue(Files.exists(directory.resolve("drained")));
			PluginException failed = assertThrows(PluginException.class, () -> provider.delete(made.id()));
			assertTrue(failed.getMessage().contains("stays handed out"), failed.getMessage());
			assertEquals(Instance.State.DELETING, provider.list().getFirst().state());
			Files.createFile(directory.resolve("may-go"));
			provider.delete(made.id());
			assertTrue(provider.list().isEmpty());
		}
	}

	@Test
	void aHostWhoseKeyIsNotKnownIsNotSpokenTo() throws Exception {
		Map<String, String> values = pool.settings();
		Files.writeString(directory.resolve("known_hosts"), "");
		try (CloudProvider provider = open(values)) {
			PluginException failed = assertThrows(PluginException.class, provider::list);
			assertTrue(failed.getMessage().contains("known-hosts"), failed.getMessage());
		}
	}

	@Test
	void wrongCredentialsAreSaidAndNotShown() throws Exception {
		Map<String, String> values = pool.settings();
		values.remove("key-file");
		values.put("password", "hunter2-secret");
		try (CloudProvider provider = open(values)) {
			PluginException failed = assertThrows(PluginException.class, provider::offers);
			assertTrue(failed.getMessage().contains("does not accept the credentials"), failed.getMessage());
			assertFalse(failed.getMessage().contains("hunter2"), failed.getMessage());
		}
	}

	@Test
	void whileAHostIsSilentNothingIsHandedOut() throws Exception {
		Map<String, String> values = pool.settings();
		values.put("hosts", values.get("hosts") + "gone nobody@127.0.0.1:1 cores=2 memory=4GiB zone=a\n");
		try (CloudProvider provider = open(values)) {
			PluginException failed = assertThrows(PluginException.class, () -> provider.create(request("t1", "a", "")));
			assertTrue(failed.getMessage().contains("gone (nobody@127.0.0.1:1)"), failed.getMessage());
			assertFalse(failed instanceof RefusedException, "what the silent host has is not known");
			assertFalse(Files.exists(pool.state(0).resolve("claim")));
		}
	}

	@Test
	void aHostInUseIsInTheTopologyWithItsLabels() throws Exception {
		try (CloudProvider provider = open(pool.settings())) {
			provider.create(request("t1", "b", ""));
			await(provider, "t1", Instance.State.RUNNING);
			List<TopologyChange> seen = provider.discover();
			Resource resource = ((TopologyChange.ResourceSeen) seen.getFirst()).resource();
			assertEquals(1, seen.size());
			assertEquals("host-2", resource.id());
			assertEquals("r2", resource.label("rack"));
			assertEquals("t1", resource.label(Resource.TOKEN));
			assertEquals("b", resource.label(Resource.ZONE));
			assertEquals(2, resource.capacity("cpu"));
		}
	}
}
