// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real servers of {@code tests/servers}, started for the first test that asks and left running for the next ones:
 * {@code tests/servers/down} ends them, and {@code releng/verify} does so itself.
 * <p>
 * Where a server is not installed, the test is skipped with the reason; with {@code -Dshadowweaver.servers=required} it fails.
 */
public final class RealServers {
	private static final int NOT_INSTALLED = 3;

	private RealServers() {
	}

	/**
	 * What a test needs to know to use a server that runs now, waiting for it if need be (OpenStack takes minutes).
	 *
	 * @param name as {@code tests/servers/up} knows it, such as {@code postgresql}
	 * @return the values by the names that the server's script states, such as {@code POSTGRESQL_URL}
	 */
	public static Map<String, String> up(String name) {
		return call("up", name);
	}

	/** Ends a server and forgets what it stored. */
	public static void down(String name) {
		call("down", name);
	}

	private static Map<String, String> call(String script, String name) {
		String root = System.getProperty("shadowweaver.root");
		Assertions.assertNotNull(root, "-Dshadowweaver.root names the project's folder");
		Path messages = null;
		try {
			messages = Files.createTempFile("servers", ".log");
			Process process = new ProcessBuilder(root + "/tests/servers/" + script, name).redirectError(messages.toFile())
					.redirectInput(new File("/dev/null")).start();
			String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int code = process.waitFor();
			String said = Files.readString(messages).strip();
			boolean required = "required".equals(System.getProperty("shadowweaver.servers"));
			Assumptions.assumeFalse(code == NOT_INSTALLED && !required, said);
			Assertions.assertEquals(0, code, said);
			return values(told);
		} catch (IOException e) {
			throw new AssertionError("tests/servers/" + script + " " + name + " cannot be run", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for " + name, e);
		} finally {
			if (messages != null) {
				messages.toFile().delete();
			}
		}
	}

	private static Map<String, String> values(String told) {
		Map<String, String> values = new HashMap<>();
		told.lines().forEach(line -> {
			int equals = line.indexOf('=');
			values.put(line.substring(0, equals), line.substring(equals + 1));
		});
		return Map.copyOf(values);
	}
}
