// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.plugin.PluginException;

/**
 * Posts events as the webhook specification of CloudEvents has it: the receiver agrees first, and says how many a minute it takes; nothing
 * is sent before the time that it asks for by {@code Retry-After}, and nothing at all after 410. What waits meanwhile, waits in the bounded
 * queue of the engine, which says what it gives up.
 */
final class CloudEventsChannel implements AlertChannel {
	private static final long SECOND = 1_000_000_000L;
	private static final int MINUTE = 60;

	private final Target target;
	private final HttpClient client;
	private boolean agreed;
	private boolean retired;
	private long pause;
	private long sentAt = System.nanoTime();
	private long held;
	private long heldAt;

	/**
	 * To whom events are sent.
	 *
	 * @param uri       where to
	 * @param origin    the DNS name to ask under; empty to send without asking
	 * @param token     empty for none
	 * @param signing   empty for no signature
	 * @param timeout   of an answer
	 */
	record Target(URI uri, String origin, String token, String signing, Duration timeout) {
		/** Without the query, which may hold a token. */
		String address() {
			return uri.getScheme() + "://" + uri.getRawAuthority() + (uri.getRawPath() == null ? "" : uri.getRawPath());
		}
	}

	CloudEventsChannel(Target target) {
		this.target = target;
		// A redirection is not followed: the specification forbids it, and the token would go to where it was not meant for.
		client = HttpClient.newBuilder().connectTimeout(target.timeout()).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
	}

	@Override
	public void deliver(AlertNotice notice) throws PluginException {
		if (retired) {
			throw gone();
		}
		long wait = held - (System.nanoTime() - heldAt);
		if (wait > 0) {
			throw new PluginException("The receiver at " + target.address() + " takes nothing for another " + (wait / SECOND + 1) + " s, as it has asked for.");
		}
		if (!agreed && !target.origin().isEmpty()) {
			ask();
		}
		agreed = true;
		keepRate();
		byte[] body = CloudEvent.write(notice);
		HttpRequest.Builder request = request().header("Content-Type", CloudEvent.JSON).POST(HttpRequest.BodyPublishers.ofByteArray(body));
		if (!target.signing().isEmpty()) {
			request.header("X-Hub-Signature-256", "sha256=" + sign(body));
		}
		judge(send(request.build()), notice);
	}

	/** Asks whether the receiver wants events from here, and how many. */
	private void ask() throws PluginException {
		HttpResponse<Void> answer = send(request().header("WebHook-Request-Origin", target.origin()).header("WebHook-Request-Rate", "*").method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build());
		hold(answer);
		if (answer.statusCode() / 100 == 5 || answer.statusCode() == 429) {
			throw new PluginException("The receiver at " + target.address() + " answered " + answer.statusCode() + " when asked whether it wants events.");
		}
		List<String> allowed = answer.headers().allValues("WebHook-Allowed-Origin");
		if (allowed.stream().noneMatch(one -> one.strip().equals("*") || one.strip().equalsIgnoreCase(target.origin()))) {
			throw new StoppedException("The receiver at " + target.address() + " does not want events from " + target.origin() + ": it answered " + answer.statusCode()
					+ " without WebHook-Allowed-Origin for it.");
		}
		String rate = answer.headers().firstValue("WebHook-Allowed-Rate").map(String::strip).orElse("*");
		pause = rate.matches("[1-9][0-9]{0,6}") ? MINUTE * SECOND / Long.parseLong(rate) : 0;
		sentAt = System.nanoTime() - pause;
	}

	private void keepRate() throws PluginException {
		try {
			TimeUnit.NANOSECONDS.sleep(pause - (System.nanoTime() - sentAt));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("Waiting for the receiver at " + target.address() + " was interrupted.", e);
		}
		sentAt = System.nanoTime();
	}

	private void judge(HttpResponse<Void> answer, AlertNotice notice) throws PluginException {
		int status = answer.statusCode();
		if (status / 100 == 2) {
			return;
		}
		hold(answer);
		if (status == 410) {
			retired = true;
			throw gone();
		}
		String sentence = "The receiver at " + target.address() + " answered " + status + " to event " + notice.id() + ".";
		// A refusal stays one however often it is asked; too many requests, a conflict and a time limit pass.
		boolean permanent = status / 100 == 3 || status / 100 == 4 && status != 408 && status != 409 && status != 425 && status != 429;
		throw permanent ? new StoppedException(sentence + (status == 415 ? " It takes no CloudEvents in JSON." : " It refuses such requests: check the address, the token and the key."))
				: new PluginException(sentence);
	}

	private StoppedException gone() {
		return new StoppedException("The receiver at " + target.address() + " is retired (410): nothing is sent to it any more.");
	}

	private void hold(HttpResponse<?> answer) {
		if (answer.statusCode() / 100 != 2) {
			held = RetryAfter.of(answer.headers()).toNanos();
			heldAt = System.nanoTime();
		}
	}

	private HttpRequest.Builder request() {
		HttpRequest.Builder request = HttpRequest.newBuilder(target.uri()).timeout(target.timeout());
		return target.token().isEmpty() ? request : request.header("Authorization", "Bearer " + target.token());
	}

	private String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(target.signing().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(body));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("every Java has HmacSHA256", e);
		}
	}

	private HttpResponse<Void> send(HttpRequest request) throws PluginException {
		try {
			return client.send(request, HttpResponse.BodyHandlers.discarding());
		} catch (HttpTimeoutException e) {
			throw new PluginException("The receiver at " + target.address() + " did not answer within " + target.timeout().toMillis() + " ms.", e);
		} catch (IOException e) {
			throw new PluginException("The receiver at " + target.address() + " cannot be reached: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ".", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("Sending to the receiver at " + target.address() + " was interrupted.", e);
		}
	}

	@Override
	public void close() {
		client.shutdownNow();
	}
}
