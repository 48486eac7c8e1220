// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** Stores as the bundle's {@code plugin.xml} declares them, over real servers and over written ones. */
final class Stores {
	private static final String PEM = pem();

	private Stores() {
	}

	/** Azure's blob service as Azurite does it. */
	static Map<String, String> azure(String container) {
		Map<String, String> server = RealServers.up("azurite");
		return settings(container, Map.of("endpoint", server.get("AZURITE_ENDPOINT"), "identity", server.get("AZURITE_ACCOUNT"), "credential", server.get("AZURITE_KEY")));
	}

	/** A real Swift, with its own users. */
	static Map<String, String> swift(String container) {
		Map<String, String> server = RealServers.up("swift");
		return settings(container, Map.of("endpoint", server.get("SWIFT_ENDPOINT"), "identity", server.get("SWIFT_IDENTITY"), "credential", server.get("SWIFT_CREDENTIAL"), "auth", "tempauth"));
	}

	/** The API of S3, as Swift does it. */
	static Map<String, String> s3(String container) {
		Map<String, String> server = RealServers.up("swift");
		return settings(container, Map.of("endpoint", server.get("S3_ENDPOINT"), "identity", server.get("SWIFT_IDENTITY"), "credential", server.get("SWIFT_CREDENTIAL"), "path-style", "true"));
	}

	/** Google Cloud Storage as its reference has it, with a key made for the occasion. */
	static Map<String, String> google(WrittenGoogleStorage service) {
		return settings("archive", Map.of("endpoint", service.address(), "tokens", service.address() + WrittenGoogleStorage.TOKENS, "project", "shadow-1", "identity",
				"weaver@shadow-1.iam.gserviceaccount.com", "credential", PEM));
	}

	/** Backblaze B2 as its reference has it. */
	static Map<String, String> backblaze(WrittenBackblaze service) {
		return settings("archive", Map.of("endpoint", service.address(), "identity", WrittenBackblaze.KEY_ID, "credential", WrittenBackblaze.KEY));
	}

	/** A private key that belongs to nobody. */
	private static String pem() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
			return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Map<String, String> settings(String container, Map<String, String> more) {
		Map<String, String> settings = new HashMap<>(more);
		settings.put("container", container);
		settings.put("timeout", "20s");
		return settings;
	}

	/** Some settings replaced. */
	static Map<String, String> with(Map<String, String> settings, String key, String value) {
		Map<String, String> changed = new HashMap<>(settings);
		changed.put(key, value);
		return changed;
	}

	static BlobStore open(String id, Map<String, String> settings) throws PluginException {
		Declared store = Declared.all("io.shadowweaver.blob.jclouds", "store").stream().filter(one -> one.id().equals(id)).findAny().orElseThrow();
		return store.make(BlobStoreFactory.class).open(store.settings(settings), new TestContext(java.time.Clock.systemUTC(), Path.of(".")));
	}
}
