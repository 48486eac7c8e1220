// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.net.URI;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests that a web page of somebody else has made a browser of this machine send: another host's name, or another origin. */
final class OwnHost extends Handler.Wrapper {
	private final Refusal refusal;

	/** Writes a refusal. */
	interface Refusal {
		/** Answers with a problem. */
		void answer(Response response, Callback callback, int status, String detail);
	}

	OwnHost(Refusal refusal) {
		this.refusal = refusal;
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		String host = Request.getServerName(request);
		String origin = request.getHeaders().get(HttpHeader.ORIGIN);
		if (!ServerSettings.isLoopback(host)) {
			refusal.answer(response, callback, 421, "This server is not " + host + ".");
			return true;
		}
		if (origin != null && !isOwn(origin)) {
			refusal.answer(response, callback, 403, "Requests from pages of " + origin + " are not answered.");
			return true;
		}
		return super.handle(request, response, callback);
	}

	private static boolean isOwn(String origin) {
		try {
			String host = URI.create(origin).getHost();
			return host != null && ServerSettings.isLoopback(host);
		} catch (IllegalArgumentException e) {
			return false;
		}
	}
}
