// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.prefs.Preferences;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.client.ServerAddress;
import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.platform.Points;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** The workbench beside a real engine behind its API. */
class ServersTest {
	@TempDir
	Path directory;
	private final Map<String, String> secrets = new HashMap<>();
	private Preferences kept;
	private ShadowPlatform engine;
	private ShadowPlatform own;
	private ApiServer server;
	private ApiKeys keys;
	private Servers servers;
	private Backend backend;

	/** The real storage asks for a password. */
	private final class Memory extends ServerKeys {
		@Override
		Optional<String> get(String id) {
			return Optional.ofNullable(secrets.get(id));
		}

		@Override
		void put(String id, String key) {
			secrets.put(id, key);
		}

		@Override
		void forget(String id) {
			secrets.remove(id);
		}
	}

	@BeforeEach
	void start() throws Exception {
		assertTrue(PlatformUI.isWorkbenchRunning(), "preferences need a workspace");
		kept = InstanceScope.INSTANCE.getNode("io.shadowweaver.ui.core.tests/servers");
		engine = ShadowPlatform.open(directory.resolve("engine"));
		engine.open(DefaultEstates.simulated(60, Map.of("history", "1d", "incident", "false")));
		own = ShadowPlatform.open(directory.resolve("own"));
		keys = new ApiKeys(directory.resolve("engine"), Clock.systemUTC());
		server = new ApiServer(ServerSettings.LOOPBACK.withAnonymous(Set.of()), engine::estates, List::of, Optional.of(directory.resolve("engine")), Clock.systemUTC());
		server.start();
		servers = new Servers(kept, new Memory(), Clock.systemUTC());
		backend = servers.beside(PlatformBackend.over(own));
	}

	@AfterEach
	void end() throws Exception {
		servers.close();
		server.close();
		engine.close();
		own.close();
		for (String id : kept.childrenNames()) {
			kept.node(id).removeNode();
		}
	}

	private ServerAddress address() {
		return ServerAddress.parse(server.uri().toString(), "", "");
	}

	private String key(Scope... scopes) throws Exception {
		return keys.add("ann", Set.of(scopes), Optional.empty()).key();
	}

	private static void await(BooleanSupplier what) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
		while (!what.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "it did not happen");
			Thread.sleep(20);
		}
	}

	private EstateHandle attach(String key) throws Exception {
		await(() -> engine.estates().getFirst().state().version() > 0);
		servers.attach(address(), key);
		await(() -> !backend.estates().isEmpty());
		return backend.estates().getFirst();
	}

	@Test
	void anEstateOfAServerStandsBesideOnesOwnAndNamesIt() throws Exception {
		EstateHandle estate = attach(key(Scope.READ, Scope.OPERATE));
		assertTrue(estate.name().endsWith(" @ " + address().name()), estate.name());
		assertTrue(estate.id().startsWith(DefaultEstates.SIMULATED + "@127.0.0.1-"), estate.id());
		assertTrue(estate.attachment().orElseThrow().connected());
		assertEquals(engine.estates().getFirst().state().topology().groups(), estate.state().topology().groups());
		long before = estate.state().version();
		await(() -> estate.state().version() > before);
		assertEquals(estate, backend.estates().getFirst(), "the same estate is the same handle");
		estate.mode("web", Mode.OFF);
		await(() -> estate.state().mode("web") == Mode.OFF);
		SeriesId cpu = new SeriesId(estate.state().topology().liveMembers("web").getFirst().id(), "cpu");
		assertTrue(estate.history(cpu, estate.state().time().minus(Duration.ofHours(1)), estate.state().time(), Duration.ofMinutes(5)).length() > 0);
	}

	@Test
	void whatTheKeyMayNotDoIsToldInTheWordsOfTheServer() throws Exception {
		EstateHandle estate = attach(key(Scope.READ));
		assertEquals("ann may not do that: the scope 'operate' is needed.", assertThrows(IllegalStateException.class, () -> estate.killSwitch(true, "somebody")).getMessage());
		assertTrue(assertThrows(IllegalStateException.class, () -> estate.speed(2)).getMessage().contains(address().name()));
		assertFalse(estate.state().killSwitch());
		ConnectionDraft draft = new ConnectionDraft(Points.SOURCES, "", estate.id(), "Any", "any", Map.of(), 1);
		assertTrue(assertThrows(PluginException.class, () -> backend.connect(draft)).getMessage().contains("are made there"));
	}

	@Test
	void theListIsKeptWithoutTheKeyAndLeavingForgetsBoth() throws Exception {
		String key = key(Scope.READ);
		EstateHandle estate = attach(key);
		String id = estate.attachment().orElseThrow().id();
		assertEquals(List.of(id), List.of(kept.childrenNames()));
		for (String name : kept.node(id).keys()) {
			assertFalse(kept.node(id).get(name, "").contains(key), name);
		}
		Servers next = new Servers(kept, new Memory(), Clock.systemUTC());
		try {
			next.openKept();
			await(() -> !next.estates().isEmpty());
			assertEquals(estate.id(), next.estates().getFirst().id());
		} finally {
			next.close();
		}
		backend.disconnect(estate.id());
		assertTrue(backend.estates().isEmpty());
		assertTrue(servers.list().isEmpty());
		assertTrue(secrets.isEmpty());
		assertEquals(0, kept.childrenNames().length);
		assertEquals(1, engine.estates().size(), "it goes on there");
	}

	@Test
	void whoIsNotLetInIsNotAttached() {
		PluginException refusal = assertThrows(PluginException.class, () -> servers.attach(address(), ApiKeys.PREFIX + "wrong"));
		assertEquals("The key is not known, or it has ended.", refusal.getMessage());
		assertTrue(servers.list().isEmpty());
		assertTrue(secrets.isEmpty());
	}
}
