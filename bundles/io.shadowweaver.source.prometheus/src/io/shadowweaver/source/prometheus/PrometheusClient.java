// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.source.prometheus.AnswerReader.Envelope;

/**
 * Asks a server by its HTTP API. Every answer has one deadline for all of it, headers and body. A call ends in a value or in
 * a sentence that names the server and what is wrong. One call at a time.
 */
final class PrometheusClient implements AutoCloseable {
	/** The server understood the query and will not answer it; asking again as it is does not help. */
	static final class QueryException extends PluginException {
		private static final long serialVersionUID = 1L;
		private final boolean heavy;

		QueryException(String sentence, boolean heavy) {
			super(sentence);
			this.heavy = heavy;
		}

		/** Whether a smaller one might be answered: it took too long or touched too many samples. */
		boolean isTooHeavy() {
			return heavy;
		}
	}

	private final PrometheusSettings.Connection connection;
	private final HttpClient http;
	private final ScheduledExecutorService watch;
	private boolean post = true;

	PrometheusClient(PrometheusSettings.Connection connection) {
		this.connection = connection;
		this.http = HttpClient.newBuilder().connectTimeout(connection.timeout()).followRedirects(HttpClient.Redirect.NORMAL)
				.version(HttpClient.Version.HTTP_1_1).build();
		this.watch = Executors.newSingleThreadScheduledExecutor(
				Thread.ofPlatform().daemon().name("prometheus time-out " + connection.url()).factory());
	}

	/**
	 * The value of a query at one instant.
	 *
	 * @param time when; {@code null} for the server's now
	 * @param sink takes the series
	 * @return warnings of the server
	 */
	List<String> query(String query, Instant time, AnswerReader.Sink sink) throws PluginException {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("query", query);
		if (time != null) {
			form.put("time", seconds(time));
		}
		return ask("/api/v1/query", form, sink);
	}

	/**
	 * The values of a query over time.
	 *
	 * @param start first instant
	 * @param end   last instant, included
	 * @param step  distance
	 * @param sink  takes the series
	 * @return warnings of the server
	 */
	List<String> range(String query, Instant start, Instant end, Duration step, AnswerReader.Sink sink) throws PluginException {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("query", query);
		form.put("start", seconds(start));
		form.put("end", seconds(end));
		form.put("step", Long.toString(step.toSeconds()));
		return ask("/api/v1/query_range", form, sink);
	}

	private static String seconds(Instant time) {
		return time.getNano() == 0 ? Long.toString(time.getEpochSecond())
				: java.math.BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
	}

	private List<String> ask(String path, Map<String, String> form, AnswerReader.Sink sink) throws PluginException {
		// The server gives up a little earlier than we do, so that its reason arrives.
		form.put("timeout", connection.timeout().toMillis() * 4 / 5 + "ms");
		String encoded = form.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
				.collect(Collectors.joining("&"));
		long begin = System.nanoTime();
		HttpResponse<InputStream> response;
		try {
			response = send(path, encoded);
			if (response.statusCode() == 405 && post) {
				response.body().close();
				post = false;
				response = send(path, encoded);
			}
		} catch (IOException e) {
			throw unreachable(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("Reading from Prometheus at " + connection.url() + " was given up.", e);
		}
		AtomicBoolean late = new AtomicBoolean();
		InputStream body = response.body();
		ScheduledFuture<?> deadline = watch.schedule(() -> {
			late.set(true);
			close(body);
		}, connection.timeout().toNanos() - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
		try (body) {
			return understand(response, body, sink);
		} catch (AnswerReader.TooLargeException e) {
			throw new PluginException("The answer of Prometheus at " + connection.url() + " is too large: " + e.getMessage() + ".", e);
		} catch (IOException e) {
			throw late.get() ? hangs(e)
					: new PluginException("The answer of Prometheus at " + connection.url() + " breaks off or is damaged; it is asked again.", e);
		} finally {
			deadline.cancel(false);
		}
	}

	private HttpResponse<InputStream> send(String path, String encoded) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(connection.url() + path + (post ? "" : "?" + encoded)))
				.timeout(connection.timeout()).header("Accept", "application/json");
		if (!connection.authorization().isEmpty()) {
			request.header("Authorization", connection.authorization());
		}
		if (post) {
			request.header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(encoded));
		}
		return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
	}

	private List<String> understand(HttpResponse<InputStream> response, InputStream body, AnswerReader.Sink sink)
			throws IOException, PluginException {
		int code = response.statusCode();
		if (code == 401 || code == 403) {
			throw new PluginException("Prometheus at " + connection.url() + " does not accept the credentials (HTTP " + code
					+ "): check user and password, or the token.");
		}
		String type = response.headers().firstValue("Content-Type").orElse("no content type");
		Envelope envelope;
		try {
			envelope = AnswerReader.read(body, sink);
		} catch (JsonProcessingException e) {
			if (type.startsWith("application/json") && code == 200) {
				throw e;
			}
			throw stranger(code, type);
		}
		if (envelope.status().equals("success") && code / 100 == 2) {
			return envelope.warnings();
		}
		if (!envelope.status().equals("error")) {
			throw stranger(code, type);
		}
		boolean heavy = envelope.errorType().equals("timeout") || envelope.error().contains("too many samples")
				|| envelope.error().contains("exceeded maximum resolution");
		throw new QueryException("Prometheus at " + connection.url() + " says: " + envelope.error()
				+ (envelope.errorType().isEmpty() ? "" : " (" + envelope.errorType() + ")"), heavy);
	}

	private PluginException stranger(int code, String type) {
		if (code >= 500) {
			return new PluginException("What answers at " + connection.url() + " is not ready (HTTP " + code + "): is Prometheus starting or away?");
		}
		return new PluginException("What answers at " + connection.url() + " is not a Prometheus: HTTP " + code + ", " + type
				+ ". Check the address, and the path under which it is served.");
	}

	private PluginException hangs(Exception e) {
		return new PluginException("Prometheus at " + connection.url() + " did not answer within " + shown(connection.timeout()) + ".", e);
	}

	private PluginException unreachable(IOException e) {
		if (e instanceof HttpConnectTimeoutException) {
			return new PluginException("No connection to " + connection.url() + " within " + shown(connection.timeout()) + ".", e);
		}
		if (e instanceof HttpTimeoutException) {
			return hangs(e);
		}
		if (e instanceof ConnectException) {
			return new PluginException(causedBy(e, UnresolvedAddressException.class)
					? "The host of " + connection.url() + " is not known."
					: "No connection to " + connection.url() + ": it is refused. Is Prometheus running there?", e);
		}
		if (String.valueOf(e.getMessage()).contains("received no bytes")) {
			return new PluginException("What answers at " + connection.url() + " closes the connection without a word.", e);
		}
		return new PluginException("Reading from Prometheus at " + connection.url() + " failed: "
				+ (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ".", e);
	}

	private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	private static String shown(Duration span) {
		return span.toMillis() % 1000 == 0 ? span.toSeconds() + " s" : span.toMillis() + " ms";
	}

	private static void close(InputStream body) {
		try {
			body.close();
		} catch (IOException e) {
			System.getLogger(PrometheusClient.class.getName()).log(System.Logger.Level.DEBUG, "Closing a late answer failed", e);
		}
	}

	@Override
	public void close() {
		watch.shutdownNow();
		http.shutdownNow();
	}
}
