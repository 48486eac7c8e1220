// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of the distribution, run as a child process on the loopback interface and ended with the test. */
final class RealServer implements AutoCloseable {
	private final Process process;
	private final Path log;

	private RealServer(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/** Where a program is on the search path. */
	static Optional<Path> find(String program) {
		for (String folder : System.getenv("PATH").split(":")) {
			Path file = Path.of(folder, program);
			if (Files.isExecutable(file)) {
				return Optional.of(file);
			}
		}
		return Optional.empty();
	}

	/** A port that is free now. */
	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Starts a program and waits until it answers.
	 *
	 * @param directory its working directory; its output goes there
	 * @param ready     an address that answers 200 when it is ready
	 * @param command   program and arguments
	 */
	static RealServer start(Path directory, String ready, List<String> command) throws IOException, InterruptedException {
		Path log = directory.resolve(Path.of(command.get(0)).getFileName() + ".log");
		Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
				.redirectOutput(log.toFile()).start();
		RealServer server = new RealServer(process, log);
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		try (HttpClient http = HttpClient.newHttpClient()) {
			while (System.nanoTime() < end && process.isAlive()) {
				try {
					if (http.send(HttpRequest.newBuilder(URI.create(ready)).timeout(Duration.ofSeconds(5)).build(),
							HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
						return server;
					}
				} catch (IOException e) {
					// not yet
				}
				Thread.sleep(100);
			}
		}
		String said = Files.readString(log);
		server.close();
		throw new IOException(command.get(0) + " does not answer at " + ready + ":\n" + said);
	}

	/** What it wrote so far. */
	String output() throws IOException {
		return Files.readString(log);
	}

	@Override
	public void close() {
		process.destroy();
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
		} catch (InterruptedException e) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}
}
