// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Settings by the parameters that the bundle's {@code plugin.xml} declares, so that a test sees what an operator gets. */
final class Declared {
	private Declared() {
	}

	static Settings settings(Map<String, String> values) throws PluginException {
		return Settings.of(parameters(), values);
	}

	static List<Parameter> parameters() {
		Path file = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("bundles/io.shadowweaver.provider.byon/plugin.xml");
		try (InputStream in = Files.newInputStream(file)) {
			List<Parameter> found = new ArrayList<>();
			NodeList list = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement()
					.getElementsByTagName("parameter");
			for (int i = 0; i < list.getLength(); i++) {
				Element e = (Element) list.item(i);
				found.add(new Parameter(e.getAttribute("key"), e.getAttribute("label"),
						ParameterType.valueOf(e.getAttribute("type").toUpperCase(Locale.ROOT)), e.getAttribute("unit"),
						e.getAttribute("default"), Boolean.parseBoolean(e.getAttribute("required")),
						Boolean.parseBoolean(e.getAttribute("secret")), e.getAttribute("help")));
			}
			return found;
		} catch (IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
			throw new AssertionError(file + ": " + e, e);
		}
	}
}
