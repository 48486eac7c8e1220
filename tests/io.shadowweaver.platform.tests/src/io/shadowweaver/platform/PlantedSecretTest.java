// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;

/** Plants a password and looks for it in everything that is left. */
class PlantedSecretTest {
	private static final String PLANTED = "planted-8d1f-secret";

	@TempDir
	Path directory;
	private final Queue<String> logged = new ConcurrentLinkedQueue<>();

	@Test
	void aSecretStandsInNoFileNoLogNoStatusAndNoConfiguration() throws Exception {
		ILogListener listener = (status, plugin) -> logged.add(told(status));
		Platform.addLogListener(listener);
		Map<String, String> environment = Map.of(SecretFile.variable("simulated", "cloud", "password"), PLANTED);
		try (ShadowPlatform platform = ShadowPlatform.headless(directory, environment)) {
			EstateConfig base = DefaultEstates.simulated(3_600, Map.of("history", "1d"));
			EstateConfig config = base.withConnections(base.sources(), List.of(new Connection("cloud", "talkative", "Talkative", Map.of("password", PLANTED))),
					List.of());
			Status tried = platform.test(Points.PROVIDERS, "talkative", Map.of("password", PLANTED));
			assertEquals(Status.State.FAILED, tried.state());
			assertEquals("401 for Authorization: ***", tried.sentence());
			Weaver weaver = platform.open(config.withConnections(config.sources(), List.of(new Connection("cloud", "talkative", "Talkative", Map.of())), List.of()));
			waitUntil(() -> weaver.state().statuses().values().stream().anyMatch(status -> status.sentence().contains("401 for")));
			assertFalse(weaver.state().statuses().toString().contains(PLANTED), weaver.state().statuses()::toString);
			assertFalse(weaver.config().toString().contains(PLANTED), weaver.config()::toString);
			platform.close("simulated");
			Weaver given = platform.open(config);
			assertFalse(given.config().toString().contains(PLANTED), "what was given for this run alone is not kept with the estate");
			platform.close("simulated");
		} finally {
			Platform.removeLogListener(listener);
		}
		assertTrue(logged.stream().anyMatch(line -> line.contains("401 for Authorization: ***")), logged::toString);
		assertEquals(List.of(), logged.stream().filter(line -> line.contains(PLANTED)).toList(), "it was logged");
		assertEquals(List.of(), holding(directory), "it was written");
	}

	@Test
	void savedItGoesIntoTheFileOfSecretsAlone() throws Exception {
		try (ShadowPlatform platform = ShadowPlatform.headless(directory, Map.of())) {
			EstateConfig config = new EstateConfig("fleet", "Fleet", List.of(new Connection("host", "host", "Host", Map.of())),
					List.of(new Connection("cloud", "talkative", "Talkative", Map.of("password", PLANTED))), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
			platform.save(config);
			assertEquals(List.of(directory.resolve("secrets.json")), holding(directory));
			assertFalse(ShadowPlatform.read(directory.resolve("estates/fleet/estate.json")).toString().contains(PLANTED));
			platform.forget("fleet");
			assertEquals(List.of(), holding(directory));
			PluginException missing = assertThrows(PluginException.class, () -> platform.open(config.withConnections(config.sources(),
					List.of(new Connection("cloud", "talkative", "Talkative", Map.of())), List.of())));
			assertTrue(missing.getMessage().contains(SecretFile.variable("fleet", "cloud", "password")), missing.getMessage());
		}
	}

	private static void waitUntil(java.util.function.BooleanSupplier reached) throws InterruptedException {
		long end = System.nanoTime() + 60_000_000_000L;
		while (!reached.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "the provider was not asked");
			Thread.sleep(20);
		}
	}

	private static List<Path> holding(Path folder) throws IOException {
		byte[] wanted = PLANTED.getBytes(StandardCharsets.UTF_8);
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).filter(file -> contains(file, wanted)).toList();
		}
	}

	private static boolean contains(Path file, byte[] wanted) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
		} catch (IOException e) {
			throw new AssertionError(file.toString(), e);
		}
	}

	private static String told(IStatus status) {
		StringWriter text = new StringWriter();
		text.append(status.getMessage()).append('\n');
		if (status.getException() != null) {
			status.getException().printStackTrace(new PrintWriter(text));
		}
		return text.toString();
	}
}
