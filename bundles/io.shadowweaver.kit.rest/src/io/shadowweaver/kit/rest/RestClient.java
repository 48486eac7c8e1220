// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * The HTTP client of an account whose interface speaks JSON. One deadline holds for a whole call: token, headers, body and what is sent again. A
 * call that changes something is sent once, and again only where the token was declined, since then nothing was done. A question that the
 * provider has no time for (429, 503) is asked again when it says, if the deadline allows. Redirections are not followed, and
 * nothing is sent over plain HTTP but to this machine: a secret would go where it was not meant for. Thread-safe.
 */
public final class RestClient implements AutoCloseable {
	private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
	private static final int MOST_PAGES = 10_000;

	/** What is sent. */
	private record Sent(RestCall call, String type, BodyPublisher body) {
	}

	/** An answer as it came. */
	private record Raw(int status, HttpHeaders headers, String body) {
	}

	private final HttpClient http;
	private final Duration timeout;
	private final Skew skew;
	private final UnaryOperator<String> mask;

	/**
	 * @param clock   ours
	 * @param timeout of a whole call
	 * @param mask    takes secrets out of what the provider says, such as {@link io.shadowweaver.api.plugin.Settings#mask}
	 */
	public RestClient(InstantSource clock, Duration timeout, UnaryOperator<String> mask) {
		this.http = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
		this.timeout = timeout;
		this.skew = new Skew(clock);
		this.mask = mask;
	}

	/** Of the provider's clock. */
	public Skew skew() {
		return skew;
	}

	/**
	 * One call with a bearer token.
	 *
	 * @param call   what is sent
	 * @param tokens gives the token
	 * @return a good answer
	 * @throws AnswerException        where the answer is an error, a redirection, or no JSON
	 * @throws InterruptedIOException where no answer came in time
	 * @throws IOException            where no token was granted, or the connection failed
	 */
	public RestAnswer call(RestCall call, BearerTokens tokens) throws IOException {
		Sent sent = new Sent(call, "application/json", call.body().isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body().toString()));
		long end = System.nanoTime() + timeout.toNanos();
		String token = tokens.token();
		Raw raw = answered(sent, token, end);
		if (raw.status() == 401) {
			tokens.declined(token);
			token = tokens.token();
			raw = answered(sent, token, end);
			if (raw.status() == 401) {
				tokens.declined(token);
			}
		}
		String secret = token;
		return understood(call, raw, text -> mask.apply(text).replace(secret, "***"));
	}

	/** The body of the answer to a question. See {@link #call}. */
	public JsonNode get(URI uri, BearerTokens tokens) throws IOException {
		return call(RestCall.get(uri), tokens).body();
	}

	/**
	 * All pages of a list.
	 *
	 * @param first the address of the first page
	 * @param next  the address of the page after one; empty after the last
	 * @param tokens gives the token, which goes to the host of the first page alone
	 * @return the bodies in order
	 * @throws IOException as of {@link #call}, or where the pages go round or lead to another host
	 */
	public List<JsonNode> pages(URI first, Function<JsonNode, Optional<URI>> next, BearerTokens tokens) throws IOException {
		List<JsonNode> pages = new ArrayList<>();
		Set<URI> seen = new HashSet<>();
		for (Optional<URI> at = Optional.of(first); at.isPresent(); at = next.apply(pages.getLast())) {
			URI uri = at.get();
			if (!first.getScheme().equals(uri.getScheme()) || !first.getAuthority().equals(uri.getAuthority())) {
				throw new IOException("the next page of " + first.getPath() + " is said to be at another host");
			}
			if (!seen.add(uri) || seen.size() > MOST_PAGES) {
				throw new IOException("the pages of " + first.getPath() + " never end");
			}
			pages.add(get(uri, tokens));
		}
		return pages;
	}

	/**
	 * Asks for a token, as <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, section 5</a> has it.
	 *
	 * @param uri  the token endpoint
	 * @param form what is sent, with its secrets
	 * @return the token
	 * @throws AnswerException of status 401 where the credentials are declined
	 * @throws IOException     where no answer came, or none that can be read
	 */
	public BearerTokens.Granted grant(URI uri, Map<String, String> form) throws IOException {
		String encoded = form.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue())).collect(Collectors.joining("&"));
		RestCall call = RestCall.of("POST", uri);
		Raw raw = answered(new Sent(call, "application/x-www-form-urlencoded", BodyPublishers.ofString(encoded)), "", System.nanoTime() + timeout.toNanos());
		UnaryOperator<String> masked = text -> {
			String shown = mask.apply(text);
			for (String value : form.values()) {
				// short ones, such as the kind of grant, stand in ordinary words
				shown = value.length() < 40 ? shown : shown.replace(value, "***");
			}
			return shown;
		};
		if (raw.status() == 400 || raw.status() == 403) {
			throw declined(401, call, raw, masked);
		}
		JsonNode body = understood(call, raw, masked).body();
		String token = body.path("access_token").asText();
		if (token.isEmpty()) {
			throw new IOException("the answer of the token endpoint holds no access token");
		}
		return new BearerTokens.Granted(token, Duration.ofSeconds(body.path("expires_in").asLong(0)));
	}

	/** A text as a part of a query or form. */
	public static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/** The last answer before the deadline: of a question, after the pauses that the provider asks for. */
	private Raw answered(Sent sent, String token, long end) throws IOException {
		while (true) {
			Raw raw = once(sent, token, end);
			if (!sent.call().isQuestion() || raw.status() != 429 && raw.status() != 503) {
				return raw;
			}
			Duration pause = retryAfter(raw.headers()).orElse(SHORTEST_PAUSE);
			if (end - System.nanoTime() <= pause.toNanos()) {
				return raw;
			}
			try {
				Thread.sleep(pause);
			} catch (InterruptedException e) {
				throw interrupted();
			}
		}
	}

	private Raw once(Sent sent, String token, long end) throws IOException {
		URI uri = sent.call().uri();
		if (!"https".equals(uri.getScheme()) && !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
			throw new IOException("the address " + uri.getScheme() + "://" + uri.getAuthority() + " is not secure, so nothing is sent");
		}
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json").method(sent.call().method(), sent.body());
		if (sent.body().contentLength() > 0) {
			request.header("Content-Type", sent.type());
		}
		sent.call().headers().forEach(request::header);
		if (!token.isEmpty()) {
			request.header("Authorization", "Bearer " + token);
		}
		CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
		try {
			HttpResponse<String> response = answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			date(response.headers()).ifPresent(skew::answered);
			return new Raw(response.statusCode(), response.headers(), response.body());
		} catch (TimeoutException e) {
			answer.cancel(true);
			throw new InterruptedIOException("no answer within " + timeout.toMillis() + " ms");
		} catch (InterruptedException e) {
			answer.cancel(true);
			throw interrupted();
		} catch (ExecutionException e) {
			throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
		}
	}

	private static InterruptedIOException interrupted() {
		Thread.currentThread().interrupt();
		return new InterruptedIOException("the call was given up");
	}

	private static RestAnswer understood(RestCall call, Raw raw, UnaryOperator<String> masked) throws AnswerException {
		if (raw.status() / 100 != 2) {
			throw declined(raw.status(), call, raw, masked);
		}
		if (raw.body().isBlank()) {
			return new RestAnswer(raw.status(), raw.headers(), JsonNodeFactory.instance.missingNode());
		}
		try {
			JsonNode body = JSON.readTree(raw.body());
			if (body.isContainerNode()) {
				return new RestAnswer(raw.status(), raw.headers(), body);
			}
		} catch (JsonProcessingException e) {
			// its message quotes the answer, in which a secret may stand
			throw new AnswerException(AnswerException.NOT_JSON, call.title(), "");
		}
		throw new AnswerException(AnswerException.NOT_JSON, call.title(), "");
	}

	private static AnswerException declined(int status, RestCall call, Raw raw, UnaryOperator<String> masked) {
		// before it is cut, since half a secret would not be found any more
		String body = masked.apply(raw.body());
		return new AnswerException(status, call.title(), masked.apply(Answers.reason(body)), masked.apply(Answers.said(body)), retryAfter(raw.headers()));
	}

	private static Optional<Instant> date(HttpHeaders headers) {
		return headers.firstValue("Date").flatMap(RestClient::date);
	}

	private static Optional<Instant> date(String text) {
		try {
			return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
		} catch (DateTimeParseException e) {
			return Optional.empty();
		}
	}

	/** Seconds, or a date after that of the answer itself. */
	private static Optional<Duration> retryAfter(HttpHeaders headers) {
		Optional<String> header = headers.firstValue("Retry-After").map(String::strip);
		if (header.isEmpty()) {
			return Optional.empty();
		}
		Optional<Duration> pause = header.get().matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(header.get())))
				: date(header.get()).flatMap(until -> date(headers).map(now -> Duration.between(now, until)));
		return pause.map(span -> span.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : span);
	}

	@Override
	public void close() {
		http.shutdownNow();
	}
}
