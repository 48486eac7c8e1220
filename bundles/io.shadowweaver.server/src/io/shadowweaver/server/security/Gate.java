// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import io.shadowweaver.server.ServerSettings;

/**
 * Finds out who sends a request, by key, bearer token, certificate or because it comes from this machine, and lets nobody through who may do nothing or
 * asks too often. What a method needs beyond a read is checked where it is reached, see {@link ScopeFilter}.
 */
public final class Gate extends Handler.Wrapper {
	private static final Logger LOG = System.getLogger(Gate.class.getName());
	private static final String BEARER = "Bearer ";
	private static final double SECONDS_A_MINUTE = 60;
	/** A proxy on this machine hides who asks. */
	private static final Set<HttpHeader> FORWARDED = Set.of(HttpHeader.FORWARDED, HttpHeader.X_FORWARDED_FOR);
	/** What anybody may read: that the server lives, and what it could answer. */
	private static final Set<String> PUBLIC = Set.of("/", "/healthz", "/openapi.json");
	private static final String PUBLIC_PAGE = "/docs";

	private final ServerSettings settings;
	private final Optional<ApiKeys> keys;
	private final Optional<BearerTokens> tokens;
	private final Refusal refusal;
	private final RateLimiter requests;
	private final RateLimiter failures;

	/** Answers with a problem instead of what was asked for. */
	@FunctionalInterface
	public interface Refusal {
		/**
		 * Answers.
		 *
		 * @param headers more of them, by name
		 */
		void answer(Response response, Callback callback, int status, String detail, Map<String, String> headers);
	}

	private static final class RefusedException extends Exception {
		private static final long serialVersionUID = 1L;
		private final int status;
		private final Map<String, String> headers;

		RefusedException(int status, String detail, Map<String, String> headers) {
			super(detail);
			this.status = status;
			this.headers = headers;
		}
	}

	/**
	 * @param settings who may come
	 * @param keys     those of this server; empty for none
	 * @param refusal  how others are told
	 */
	public Gate(ServerSettings settings, Optional<ApiKeys> keys, Refusal refusal) {
		this.settings = settings;
		this.keys = keys;
		this.refusal = refusal;
		tokens = settings.oidc().map(BearerTokens::new);
		Limits limits = settings.limits();
		requests = new RateLimiter(limits.requestsPerSecond(), 2. * limits.requestsPerSecond(), System::nanoTime);
		failures = new RateLimiter(limits.failuresPerMinute() / SECONDS_A_MINUTE, limits.failuresPerMinute(), System::nanoTime);
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		String path = Request.getPathInContext(request);
		boolean reads = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
		try {
			if (reads && (PUBLIC.contains(path) || path.equals(PUBLIC_PAGE) || path.startsWith(PUBLIC_PAGE + "/"))) {
				slow(requests.take("public " + address(request)));
				return super.handle(request, response, callback);
			}
			Caller caller = caller(request);
			slow(requests.take(caller.means() + " " + (caller.means() == Caller.Means.NONE ? address(request) : caller.name())));
			if (caller.scopes().isEmpty() || reads && !caller.may(Scope.READ)) {
				throw forbidden(caller, reads ? Scope.READ.text() : "any");
			}
			request.setAttribute(Caller.ATTRIBUTE, caller);
			return super.handle(request, response, callback);
		} catch (RefusedException e) {
			refusal.answer(response, callback, e.status, e.getMessage(), e.headers);
			return true;
		}
	}

	private Caller caller(Request request) throws RefusedException {
		String key = request.getHeaders().get("X-API-KEY");
		String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
		if (key == null && authorization == null) {
			return certified(request).or(() -> local(request)).orElseThrow(() -> unknown("A key or a bearer token is needed.", false));
		}
		int blocked = failures.look(address(request));
		if (blocked > 0) {
			throw new RefusedException(429, "Too many wrong keys or tokens came from there.", Map.of("Retry-After", Integer.toString(blocked)));
		}
		if (key == null && !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			throw failed(request, "Only the scheme Bearer is known.");
		}
		String secret = key == null ? authorization.substring(BEARER.length()).strip() : key.strip();
		return secret.startsWith(ApiKeys.PREFIX) || tokens.isEmpty() ? byKey(request, secret) : byToken(request, secret);
	}

	private Caller byKey(Request request, String secret) throws RefusedException {
		try {
			ApiKey found = keys.isEmpty() ? null : keys.get().find(secret).orElse(null);
			if (found == null) {
				throw failed(request, "The key is not known, or it has ended.");
			}
			return new Caller(found.name(), Caller.Means.KEY, found.scopes());
		} catch (IOException e) {
			LOG.log(Level.ERROR, e.getMessage());
			throw new RefusedException(503, "Keys cannot be checked now; the log of this server says why.", Map.of());
		}
	}

	private Caller byToken(Request request, String secret) throws RefusedException {
		try {
			return tokens.orElseThrow().check(secret);
		} catch (BearerTokens.TokenException e) {
			if (e.isUnknown()) {
				LOG.log(Level.WARNING, e.getMessage() + " " + e.getCause());
				throw new RefusedException(503, e.getMessage(), Map.of("Retry-After", "5"));
			}
			throw failed(request, e.getMessage());
		}
	}

	private Optional<Caller> certified(Request request) throws RefusedException {
		Object session = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
		X509Certificate[] chain = session instanceof EndPoint.SslSessionData data ? data.peerCertificates() : null;
		if (chain == null || chain.length == 0) {
			return Optional.empty();
		}
		String subject = chain[0].getSubjectX500Principal().getName();
		String common = commonName(subject);
		Map<String, Set<Scope>> clients = settings.tls().map(TlsSettings::clients).orElse(Map.of());
		Set<Scope> scopes = clients.getOrDefault(subject, clients.getOrDefault(common, Set.of()));
		return Optional.of(new Caller(common.isEmpty() ? subject : common, Caller.Means.CERTIFICATE, scopes));
	}

	private static String commonName(String subject) {
		try {
			return new LdapName(subject).getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf).findFirst().orElse("");
		} catch (InvalidNameException e) {
			return "";
		}
	}

	private Optional<Caller> local(Request request) {
		boolean here = Request.getRemoteAddr(request) != null && request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress from && from.getAddress() != null
				&& from.getAddress().isLoopbackAddress();
		boolean hidden = FORWARDED.stream().anyMatch(request.getHeaders()::contains);
		return here && !hidden && !settings.anonymous().isEmpty() ? Optional.of(new Caller(Caller.LOCAL, Caller.Means.NONE, settings.anonymous())) : Optional.empty();
	}

	private RefusedException failed(Request request, String detail) {
		failures.take(address(request));
		return unknown(detail, true);
	}

	private static RefusedException unknown(String detail, boolean wrong) {
		return new RefusedException(401, detail, Map.of("WWW-Authenticate", "Bearer realm=\"Shadow Weaver\"" + (wrong ? ", error=\"invalid_token\"" : "")));
	}

	private static RefusedException forbidden(Caller caller, String scope) {
		return new RefusedException(403, caller.name() + " may not do that: the scope '" + scope + "' is needed.",
				Map.of("WWW-Authenticate", "Bearer realm=\"Shadow Weaver\", error=\"insufficient_scope\", scope=\"" + scope + "\""));
	}

	private static void slow(int seconds) throws RefusedException {
		if (seconds > 0) {
			throw new RefusedException(429, "That is more requests a second than are answered.", Map.of("Retry-After", Integer.toString(seconds)));
		}
	}

	private static String address(Request request) {
		return String.valueOf(Request.getRemoteAddr(request));
	}
}
