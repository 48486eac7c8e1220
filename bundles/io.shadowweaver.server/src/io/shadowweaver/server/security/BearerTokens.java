// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

/**
 * Checks bearer tokens of an OpenID provider (RFC 9068): signature by the issuer's keys, which are asked for again when an unknown one comes, issuer,
 * audience and time. Takes no token without a signature, and none that is signed with a shared secret. Thread-safe; may block on the network.
 */
final class BearerTokens {
	private static final int TIMEOUT_MILLIS = 3000;
	private static final int LARGEST = 256 * 1024;
	private static final int SKEW_SECONDS = 60;
	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
			JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	private final OidcSettings settings;
	private final DefaultResourceRetriever web = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST);
	private DefaultJWTProcessor<SecurityContext> processor;

	/** A token was refused, or nobody could say whether it is good. */
	static final class TokenException extends Exception {
		private static final long serialVersionUID = 1L;
		private final boolean unknown;

		TokenException(String message, boolean unknown, Exception cause) {
			super(message, cause);
			this.unknown = unknown;
		}

		/** Whether the issuer could not be asked, so that the token may be good. */
		boolean isUnknown() {
			return unknown;
		}
	}

	BearerTokens(OidcSettings settings) {
		this.settings = settings;
	}

	/**
	 * Who sends a token.
	 *
	 * @throws TokenException with a sentence for the caller
	 */
	Caller check(String token) throws TokenException {
		try {
			JWTClaimsSet claims = processor().process(token, null);
			String name = claims.getClaimAsString(settings.name().orElse("sub"));
			if (name == null || name.isBlank()) {
				throw new TokenException("The token names nobody: it has no claim " + settings.name().orElse("sub") + ".", false, null);
			}
			return new Caller(name, Caller.Means.TOKEN, scopes(claims.getClaim(settings.claim().orElse("scope"))));
		} catch (ParseException | BadJOSEException e) {
			throw new TokenException("The token is refused: " + e.getMessage(), false, e);
		} catch (RateLimitReachedException e) {
			throw new TokenException("The token is refused: its key is none of the issuer's, whose keys were asked for a moment ago.", false, e);
		} catch (JOSEException | IOException e) {
			throw new TokenException("The issuer " + settings.issuer() + " cannot be asked for its keys now.", true, e);
		}
	}

	private Set<Scope> scopes(Object claim) {
		Collection<?> values = claim instanceof String text ? Arrays.asList(text.split(" ")) : claim instanceof List<?> list ? list : List.of();
		Set<Scope> scopes = EnumSet.noneOf(Scope.class);
		for (Object value : values) {
			if (!settings.scopes().isEmpty()) {
				scopes.addAll(settings.scopes().getOrDefault(String.valueOf(value), Set.of()));
			} else {
				Arrays.stream(Scope.values()).filter(scope -> scope.text().equals(value)).forEach(scopes::add);
			}
		}
		return scopes;
	}

	private synchronized DefaultJWTProcessor<SecurityContext> processor() throws IOException {
		if (processor == null) {
			JWKSource<SecurityContext> keys = JWKSourceBuilder.create(jwks(), web).retrying(true).build();
			DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
			made.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
			made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
			DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(settings.audience(), new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
					new HashSet<>(Set.of("exp", "sub")));
			claims.setMaxClockSkew(SKEW_SECONDS);
			made.setJWTClaimsSetVerifier(claims);
			processor = made;
		}
		return processor;
	}

	private URL jwks() throws IOException {
		if (settings.jwks().isPresent()) {
			return url(settings.jwks().get());
		}
		String configuration = settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration";
		try {
			Map<String, Object> found = JSONObjectUtils.parse(web.retrieveResource(url(configuration)).getContent());
			if (!settings.issuer().equals(found.get("issuer")) || !(found.get("jwks_uri") instanceof String uri)) {
				throw new IOException(configuration + " describes another issuer, or names no jwks_uri");
			}
			return url(uri);
		} catch (ParseException e) {
			throw new IOException(configuration + " cannot be read", e);
		}
	}

	private static URL url(String text) throws MalformedURLException {
		return URI.create(text).toURL();
	}
}
