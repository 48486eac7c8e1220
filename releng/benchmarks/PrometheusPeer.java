// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/** A Prometheus on loopback that holds given series: they are written as blocks before it starts, and it scrapes nothing. */
public final class PrometheusPeer implements AutoCloseable {
	private static final int SECONDS = 120;

	private final Process process;
	private final URI uri;

	/** Series by their ids, written one after the other. */
	public static final class Blocks implements AutoCloseable {
		private final BufferedWriter out;
		private final String estate;

		/** Writes to a file from now on. */
		public Blocks(Path file, String estate) throws IOException {
			this.estate = estate;
			out = Files.newBufferedWriter(file);
			out.write("# TYPE shadowweaver_value gauge\n");
		}

		/** Writes a series with its values. */
		public void add(SeriesId id, Series series) throws IOException {
			String labels = "shadowweaver_value{estate=\"" + estate + "\",subject=\"" + id.subject() + "\",metric=\"" + id.metric() + "\"} ";
			for (int i = 0; i < series.length(); i++) {
				if (!Double.isNaN(series.values()[i])) {
					out.write(labels + series.values()[i] + " " + series.time(i).getEpochSecond() + "\n");
				}
			}
		}

		@Override
		public void close() throws IOException {
			out.write("# EOF\n");
			out.close();
		}
	}

	/**
	 * Starts it, and waits until it answers.
	 *
	 * @param programs the folder of {@code prometheus} and {@code promtool}
	 * @param folder   for its files
	 * @param series   as {@link Blocks} wrote them
	 */
	public PrometheusPeer(Path programs, Path folder, Path series) throws IOException, InterruptedException {
		Path blocks = folder.resolve("blocks");
		run(folder, programs.resolve("promtool").toString(), "tsdb", "create-blocks-from", "openmetrics", "--quiet", series.toString(), blocks.toString());
		Path config = Files.writeString(folder.resolve("prometheus.yml"), "global:\n  scrape_interval: 1h\n");
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		uri = URI.create("http://127.0.0.1:" + port + "/");
		process = new ProcessBuilder(programs.resolve("prometheus").toString(), "--config.file=" + config, "--storage.tsdb.path=" + blocks, "--storage.tsdb.retention.time=100y",
				"--web.listen-address=127.0.0.1:" + port, "--log.level=error").redirectErrorStream(true).redirectOutput(folder.resolve("prometheus.log").toFile()).start();
		ready();
	}

	private static void run(Path folder, String... command) throws IOException, InterruptedException {
		Path log = folder.resolve("promtool.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		if (process.waitFor() != 0) {
			throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
		}
	}

	private void ready() throws IOException, InterruptedException {
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(uri.resolve("-/ready")).build();
		for (int i = 0; i < SECONDS * 10 && process.isAlive(); i++) {
			try {
				if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
					return;
				}
			} catch (IOException e) {
				// it does not listen yet
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		close();
		throw new IOException("prometheus does not come up");
	}

	/** Where it answers. */
	public URI uri() {
		return uri;
	}

	/** Its CPU time so far in nanoseconds; it goes by hundredths of a second. */
	public long cpu() {
		return process.info().totalCpuDuration().orElseThrow().toNanos();
	}

	@Override
	public void close() {
		process.destroy();
		try {
			process.waitFor(10, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
