// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** Stores as the bundle's {@code plugin.xml} declares them, over real servers. */
final class Stores {
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

	static BlobStore open(String id, Map<String, String> settings) throws Exception {
		Path file = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("bundles/io.shadowweaver.blob.jclouds/plugin.xml");
		try (InputStream in = Files.newInputStream(file)) {
			NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getElementsByTagName("store");
			for (int i = 0; i < found.getLength(); i++) {
				Element store = (Element) found.item(i);
				if (store.getAttribute("id").equals(id)) {
					BlobStoreFactory factory = (BlobStoreFactory) Class.forName(store.getAttribute("class")).getDeclaredConstructor().newInstance();
					return factory.open(Settings.of(parameters(store), settings), new TestContext(java.time.Clock.systemUTC(), Path.of(".")));
				}
			}
		}
		throw new AssertionError("there is no store " + id);
	}

	private static List<Parameter> parameters(Element store) {
		List<Parameter> parameters = new ArrayList<>();
		NodeList list = store.getElementsByTagName("parameter");
		for (int i = 0; i < list.getLength(); i++) {
			Element e = (Element) list.item(i);
			parameters.add(new Parameter(e.getAttribute("key"), e.getAttribute("label"), ParameterType.valueOf(e.getAttribute("type").toUpperCase(Locale.ROOT)), "",
					e.getAttribute("default"), Boolean.parseBoolean(e.getAttribute("required")), Boolean.parseBoolean(e.getAttribute("secret")), e.getAttribute("help")));
		}
		return parameters;
	}
}
