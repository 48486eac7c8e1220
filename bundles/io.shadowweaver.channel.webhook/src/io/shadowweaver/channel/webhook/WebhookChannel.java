// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.plugin.PluginException;

/**
 * Posts notices. The header {@code Idempotency-Key} is the id of the notice, the same when it is sent again, so that a
 * receiver can drop a repetition.
 */
final class WebhookChannel implements AlertChannel {
	private final URI uri;
	private final String header;
	private final String secret;
	private final Duration timeout;
	private final HttpClient client;

	WebhookChannel(URI uri, String header, String secret, Duration timeout) {
		this.uri = uri;
		this.header = header;
		this.secret = secret;
		this.timeout = timeout;
		// A redirection is not followed: the secret would go to where it was not meant for.
		client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
	}

	@Override
	public void deliver(AlertNotice notice) throws PluginException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).header("Content-Type", "application/json")
				.header("Idempotency-Key", notice.id()).POST(HttpRequest.BodyPublishers.ofByteArray(NoticeJson.write(notice)));
		if (!secret.isEmpty()) {
			request.header(header, secret);
		}
		int status;
		try {
			status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
		} catch (HttpTimeoutException e) {
			throw new PluginException("The webhook at " + address() + " did not answer within " + timeout.toMillis() + " ms.", e);
		} catch (IOException e) {
			throw new PluginException("The webhook at " + address() + " cannot be reached: " + reason(e) + ".", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("Sending to the webhook at " + address() + " was interrupted.", e);
		}
		if (status / 100 != 2) {
			String sentence = "The webhook at " + address() + " answered " + status + " for alert " + notice.alert().id() + ".";
			// A refusal stays one however often it is asked; too many requests, a conflict and a time limit pass.
			boolean permanent = status / 100 == 3 || status / 100 == 4 && status != 408 && status != 409 && status != 425 && status != 429;
			throw permanent ? new WebhookRefusedException(sentence + " It refuses such requests: check the address and the secret.", status)
					: new PluginException(sentence);
		}
	}

	/** Without the query, which may hold a token. */
	private String address() {
		return uri.getScheme() + "://" + uri.getRawAuthority() + (uri.getRawPath() == null ? "" : uri.getRawPath());
	}

	private static String reason(IOException e) {
		return e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage();
	}

	@Override
	public void close() {
		client.shutdownNow();
	}
}
