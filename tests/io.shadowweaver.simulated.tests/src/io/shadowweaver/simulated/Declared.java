// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.io.IOException;
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
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** The parameters as the bundle's {@code plugin.xml} declares them, so that a test sees what an operator gets. */
record Declared(Map<String, List<Parameter>> parameters) {
	static Declared read() {
		Path file = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("bundles/io.shadowweaver.simulated/plugin.xml");
		try (InputStream in = Files.newInputStream(file)) {
			Map<String, List<Parameter>> found = new HashMap<>();
			Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
			for (String kind : new String[] { "source", "provider" }) {
				NodeList list = ((Element) root.getElementsByTagName(kind).item(0)).getElementsByTagName("parameter");
				for (int i = 0; i < list.getLength(); i++) {
					Element e = (Element) list.item(i);
					found.computeIfAbsent(kind, k -> new ArrayList<>())
							.add(new Parameter(e.getAttribute("key"), e.getAttribute("label"),
									ParameterType.valueOf(e.getAttribute("type").toUpperCase(Locale.ROOT)), e.getAttribute("unit"),
									e.getAttribute("default"), Boolean.parseBoolean(e.getAttribute("required")),
									Boolean.parseBoolean(e.getAttribute("secret")), e.getAttribute("help")));
				}
			}
			return new Declared(found);
		} catch (IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
			throw new AssertionError(file + ": " + e, e);
		}
	}

	Settings settings(String kind, Map<String, String> values) throws PluginException {
		return Settings.of(parameters.get(kind), values);
	}
}
