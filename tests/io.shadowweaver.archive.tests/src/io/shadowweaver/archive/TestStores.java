// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

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

/** Contributed stores, by their ids. */
final class TestStores {
	private TestStores() {
	}

	/** Settings of a store of its own. */
	static Map<String, String> settings(String id, Path directory, String container) {
		return switch (id) {
		case "filesystem" -> Map.of("directory", directory.resolve(container).toString());
		case "azure-blob" -> {
			Map<String, String> server = RealServers.up("azurite");
			yield Map.of("endpoint", server.get("AZURITE_ENDPOINT"), "identity", server.get("AZURITE_ACCOUNT"), "credential", server.get("AZURITE_KEY"), "container", container);
		}
		case "swift" -> {
			Map<String, String> server = RealServers.up("swift");
			yield Map.of("endpoint", server.get("SWIFT_ENDPOINT"), "identity", server.get("SWIFT_IDENTITY"), "credential", server.get("SWIFT_CREDENTIAL"), "auth", "tempauth", "container",
					container);
		}
		default -> throw new IllegalArgumentException(id);
		};
	}

	static BlobStore open(String id, Map<String, String> settings) throws Exception {
		String bundle = id.equals("filesystem") ? "io.shadowweaver.blob.filesystem" : "io.shadowweaver.blob.jclouds";
		Path file = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("bundles").resolve(bundle).resolve("plugin.xml");
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
					e.getAttribute("default"), Boolean.parseBoolean(e.getAttribute("required")), Boolean.parseBoolean(e.getAttribute("secret")), ""));
		}
		return parameters;
	}

	/** {@code key=value} on a command line. */
	static Map<String, String> parse(List<String> words) {
		Map<String, String> settings = new HashMap<>();
		words.forEach(word -> settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
		return settings;
	}
}
