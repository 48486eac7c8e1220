// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;

/**
 * A service account with its key. It signs assertions that the token endpoint exchanges for a bearer token, as
 * <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">Google describes it</a>.
 *
 * @param email   who it is
 * @param project in which it was made; may be empty
 * @param keyId   names the key; may be empty
 * @param key     secret
 * @param tokens  the token endpoint
 */
record ServiceAccount(String email, String project, String keyId, PrivateKey key, URI tokens) {
	/** How long an assertion is valid, the most that is allowed. */
	static final Duration LIFETIME = Duration.ofHours(1);
	private static final String SCOPE = "https://www.googleapis.com/auth/compute";
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	/**
	 * @param file the content of a key file
	 * @throws PluginException saying what is wrong with it, without any part of it
	 */
	static ServiceAccount of(String file) throws PluginException {
		JsonNode json;
		try {
			json = JSON.readTree(file);
		} catch (JsonProcessingException e) {
			// its message quotes the text
			throw new PluginException("Service account key (key) is not the JSON of a key file.");
		}
		if (!json.path("type").asText().equals("service_account")) {
			throw new PluginException("Service account key (key) is not the key of a service account: its type is another.");
		}
		String email = json.path("client_email").asText();
		String endpoint = json.path("token_uri").asText();
		if (email.isEmpty() || !endpoint.matches("https?://[^/?#]+/\\S*")) {
			throw new PluginException("Service account key (key) lacks client_email or token_uri.");
		}
		return new ServiceAccount(email, json.path("project_id").asText(), json.path("private_key_id").asText(), key(json.path("private_key").asText()), URI.create(endpoint));
	}

	private static PrivateKey key(String pem) throws PluginException {
		try {
			byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
			return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
		} catch (GeneralSecurityException | IllegalArgumentException e) {
			throw new PluginException("Service account key (key): its private_key is not an RSA key in PKCS #8.");
		}
	}

	/**
	 * A signed assertion, RS256.
	 *
	 * @param now by our clock
	 * @return secret while it is valid
	 */
	String assertion(Instant now) {
		ObjectNode header = JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT");
		if (!keyId.isEmpty()) {
			header.put("kid", keyId);
		}
		ObjectNode claims = JSON.createObjectNode().put("iss", email).put("scope", SCOPE).put("aud", tokens.toString())
				.put("iat", now.getEpochSecond()).put("exp", now.plus(LIFETIME).getEpochSecond());
		String signed = encoded(header) + "." + encoded(claims);
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(key);
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + "." + BASE64.encodeToString(signature.sign());
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("every Java platform signs with SHA256withRSA", e);
		}
	}

	private static String encoded(ObjectNode json) {
		return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** Without the key. */
	@Override
	public String toString() {
		return "service account " + email;
	}
}
