// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.net.URI;
import java.util.Map;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import io.shadowweaver.server.security.Gate;

/** Refuses requests that a web page of somebody else has made a browser send: another host's name, or another origin. */
final class OwnHost extends Handler.Wrapper {
	private final ServerSettings settings;
	private final Gate.Refusal refusal;

	OwnHost(ServerSettings settings, Gate.Refusal refusal) {
		this.settings = settings;
		this.refusal = refusal;
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		String host = Request.getServerName(request);
		String origin = request.getHeaders().get(HttpHeader.ORIGIN);
		// with TLS on another address the certificate says whose name it is, and no page of another host can be made ours
		boolean own = ServerSettings.isLoopback(host) || settings.names().stream().anyMatch(host::equalsIgnoreCase) || !settings.isLocal();
		if (!own) {
			refusal.answer(response, callback, 421, "This server is not " + host + ".", Map.of());
			return true;
		}
		boolean reads = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
		if (origin != null && !isOwn(origin, request, reads) || "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
			refusal.answer(response, callback, 403, "Requests from pages of " + (origin == null ? "other sites" : origin) + " are not answered.", Map.of());
			return true;
		}
		return super.handle(request, response, callback);
	}

	/** A page of this machine may read; what changes something comes from our own pages alone. */
	private boolean isOwn(String origin, Request request, boolean reads) {
		try {
			URI uri = URI.create(origin);
			if (uri.getHost() == null) {
				return false;
			}
			int port = uri.getPort() < 0 ? "https".equals(uri.getScheme()) ? 443 : 80 : uri.getPort();
			boolean same = uri.getHost().equalsIgnoreCase(Request.getServerName(request)) && port == Request.getServerPort(request) && request.isSecure() == "https".equals(uri.getScheme());
			return same || reads && settings.isLocal() && ServerSettings.isLoopback(uri.getHost());
		} catch (IllegalArgumentException e) {
			return false;
		}
	}
}
