// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder among the clients that releng/npm names, where a script of a test finds them; it goes when the test ends. */
final class Clients implements AutoCloseable {
	private final Path folder;

	/** Skips the test where they are not fetched. */
	Clients() throws IOException {
		Path tools = Path.of(System.getProperty("shadowweaver.root", ".")).toAbsolutePath().resolve("releng/.tools/npm");
		assumeTrue(Files.isDirectory(tools.resolve("node_modules")), "the clients are not there: releng/packages test fetches them");
		folder = Files.createTempDirectory(tools, "test");
	}

	/** Puts a file there. */
	Path write(String name, String text) throws IOException {
		return Files.writeString(folder.resolve(name), text);
	}

	/** Puts a script of the tests there, such as {@code autoscaler/keda.mjs}. */
	Path copy(String script) throws IOException {
		Path source = Path.of(System.getProperty("shadowweaver.root", "."), "tests/io.shadowweaver.server.tests", script);
		return Files.copy(source, folder.resolve(source.getFileName()));
	}

	/** What a command of the clients says; it ends well, or the test fails. */
	String tool(String name, String... arguments) throws Exception {
		return run(Stream.concat(Stream.of("../node_modules/.bin/" + name), Stream.of(arguments)).toList());
	}

	/** What a script says; it ends well, or the test fails. */
	String node(String... arguments) throws Exception {
		return run(Stream.concat(Stream.of("node"), Stream.of(arguments)).toList());
	}

	private String run(List<String> command) throws Exception {
		Path said = folder.resolve("said");
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
		builder.environment().put("REDOCLY_TELEMETRY", "off");
		builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
		builder.environment().put("NO_COLOR", "1");
		Process process = builder.start();
		try {
			assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> command + " does not end");
		} finally {
			process.destroyForcibly();
		}
		String text = Files.readString(said, StandardCharsets.UTF_8);
		assertEquals(0, process.exitValue(), command + ": " + text);
		return text;
	}

	@Override
	public void close() throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}
}
