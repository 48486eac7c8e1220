// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;

import io.shadowweaver.api.plugin.PluginException;

/** Sentences for what goes wrong at a store, never with its secret. */
final class Faults {
	private final String place;
	private final String secret;

	/**
	 * @param place  service and container
	 * @param secret is masked in every sentence
	 */
	Faults(String place, String secret) {
		this.place = place;
		this.secret = secret;
	}

	/**
	 * @param what what was not done, without a full stop
	 * @param e    what jclouds threw
	 */
	PluginException failure(String what, Exception e) {
		String reason = reason(e);
		String sentence = what + " at " + place + ": " + reason + (reason.endsWith(".") ? "" : ".");
		// the cause stays away: jclouds repeats requests in its messages, with their signatures
		return new PluginException(secret.isBlank() ? sentence : sentence.replace(secret, "***"));
	}

	private static String reason(Exception e) {
		for (Throwable t = e; t != null; t = t.getCause()) {
			if (t instanceof AuthorizationException) {
				return "it does not accept the credentials, or does not allow it";
			}
			if (t instanceof HttpResponseException refused) {
				HttpResponse response = refused.getResponse();
				if (response != null) {
					return reason(response.getStatusCode());
				}
			}
			if (t instanceof UnknownHostException) {
				return "its host name is not known";
			}
			if (t instanceof ConnectException) {
				return "it cannot be reached: " + t.getMessage();
			}
			if (t instanceof InterruptedIOException) {
				return "no answer came in time";
			}
			if (t instanceof SSLException) {
				return "no secure connection could be made: " + t.getMessage();
			}
		}
		for (Throwable t = e; t != null; t = t.getCause()) {
			if (t instanceof IOException) {
				return "the connection broke: " + t.getMessage();
			}
		}
		String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
		return text.isBlank() ? e.getClass().getSimpleName() : text;
	}

	private static String reason(int status) {
		return switch (status) {
		case 401, 403 -> "it does not accept the credentials, or does not allow it (" + status + ")";
		case 404 -> "it is not there (404)";
		case 409 -> "the name is taken by somebody else, or it is being removed (409)";
		case 413, 507 -> "the store is full, or the object too large (" + status + ")";
		case 422 -> "the data arrived damaged (422)";
		case 429, 503 -> "it takes no more calls for now (" + status + ")";
		default -> "it answered " + status;
		};
	}
}
