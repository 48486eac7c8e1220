// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;
import io.shadowweaver.tck.WrittenExchanges;

/** What the tests share: an account whose calls all go to written exchanges, and a token endpoint that checks what was signed. */
final class WrittenGoogle {
	static final String EMAIL = "weaver@shadow-1.iam.gserviceaccount.com";
	static final String FAMILY = "debian-cloud/debian-12";
	private static final KeyPair PAIR = pair();
	private static final ObjectMapper JSON = new ObjectMapper();

	private WrittenGoogle() {
	}

	private static KeyPair pair() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** A key file as Google writes it. */
	static String keyFile(String tokens) {
		return JSON.createObjectNode().put("type", "service_account").put("project_id", "shadow-1").put("private_key_id", "key-1").put("private_key", pem())
				.put("client_email", EMAIL).put("client_id", "1").put("token_uri", tokens).toPrettyString();
	}

	/** The secret part of the key file. */
	static String pem() {
		return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(PAIR.getPrivate().getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
	}

	/** The claims of an assertion whose signature is right. */
	static JsonNode claims(String assertion) {
		try {
			String[] parts = assertion.split("\\.");
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initVerify(PAIR.getPublic());
			signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
			if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
				throw new IllegalArgumentException("the signature is wrong");
			}
			return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
		} catch (GeneralSecurityException | IOException e) {
			throw new IllegalArgumentException(e);
		}
	}

	/** With a token endpoint. */
	static WrittenExchanges exchanges() throws IOException {
		WrittenExchanges exchanges = new WrittenExchanges(WrittenGoogle.class);
		return exchanges.always("token").value("token", request -> "ya29." + claims(request.get("assertion")).path("iss").asText().length() + "-" + exchanges.played("token"));
	}

	/** With what a test sets otherwise. */
	static CloudProvider open(WrittenExchanges exchanges, Map<String, String> others) throws PluginException {
		return open(exchanges, others, InstantSource.system());
	}

	static CloudProvider open(WrittenExchanges exchanges, Map<String, String> others, InstantSource clock) throws PluginException {
		Declared declared = Declared.only("io.shadowweaver.provider.gcp", "provider");
		return declared.make(CloudProviderFactory.class).open(declared.settings(texts(exchanges.address().toString(), others)), new TestContext(clock, null));
	}

	static Map<String, String> texts(String address, Map<String, String> others) {
		Map<String, String> texts = new HashMap<>(Map.of("region", "europe-west3", "key", keyFile(address + "/token"), "types", "e2-standard-2, e2-standard-4, n2-*",
				"disk-size", "20", "network-tags", "web, ssh", "external-address", "true", "service-account", "web@shadow-1.iam.gserviceaccount.com", "timeout", "5s",
				"endpoint", address));
		texts.put("groups", "fleet = web-mig\nbatch = batch-mig");
		texts.putAll(others);
		return texts;
	}

	static CloudProvider open(WrittenExchanges exchanges) throws PluginException {
		return open(exchanges, Map.of());
	}

	static CreateRequest wish() {
		return wish("f00d", "e2-standard-2", "");
	}

	static CreateRequest wish(String token, String offer, String registration) {
		return new CreateRequest(token, "web-7", "web", offer, "europe-west3-a", FAMILY, "apps", "#!/bin/sh\n",
				Map.of("purpose", "test", "cost centre", "A/7", CreateRequest.ESTATE, "test"), registration, Instant.parse("2026-06-01T00:00:00Z"));
	}

	/** An instance of ours as the interface describes it. */
	static String instance(WrittenExchanges exchanges, String name, String zone, String status, Map<String, String> labels, Map<String, String> items) {
		return exchanges.answer("instance", Map.of("id", "5501", "name", name, "zone", zone, "status", status, "labels",
				"{" + labels.entrySet().stream().map(label -> text(label.getKey()) + ": " + text(label.getValue())).collect(Collectors.joining(", ")) + "}", "items",
				items.entrySet().stream().map(item -> "{\"key\": " + text(item.getKey()) + ", \"value\": " + text(item.getValue()) + "}").collect(Collectors.joining(", ")),
				"address", "10.0.0.7"));
	}

	private static String text(String value) {
		return JSON.getNodeFactory().textNode(value).toString();
	}
}
