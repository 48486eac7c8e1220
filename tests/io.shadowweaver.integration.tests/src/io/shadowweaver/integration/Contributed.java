// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

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
import io.shadowweaver.api.plugin.Settings;

/**
 * A contribution as its bundle's {@code plugin.xml} declares it: the class by its name, as the extension registry makes it, and
 * the parameters with their defaults.
 *
 * @param factory    a new object of the contributed class
 * @param parameters the declaration
 */
record Contributed(Object factory, List<Parameter> parameters) {
	/**
	 * @param bundle  symbolic name
	 * @param element {@code source}, {@code provider} …
	 * @param id      of the contribution
	 */
	static Contributed of(String bundle, String element, String id) throws Exception {
		Path file = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("bundles").resolve(bundle).resolve("plugin.xml");
		try (InputStream in = Files.newInputStream(file)) {
			NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement()
					.getElementsByTagName(element);
			for (int i = 0; i < found.getLength(); i++) {
				Element e = (Element) found.item(i);
				if (e.getAttribute("id").equals(id)) {
					return new Contributed(Class.forName(e.getAttribute("class")).getDeclaredConstructor().newInstance(), parameters(e));
				}
			}
		}
		throw new AssertionError(file + " contributes no " + element + " '" + id + "'");
	}

	private static List<Parameter> parameters(Element contribution) {
		List<Parameter> parameters = new ArrayList<>();
		NodeList list = contribution.getElementsByTagName("parameter");
		for (int i = 0; i < list.getLength(); i++) {
			Element e = (Element) list.item(i);
			parameters.add(new Parameter(e.getAttribute("key"), e.getAttribute("label"),
					ParameterType.valueOf(e.getAttribute("type").toUpperCase(Locale.ROOT)), e.getAttribute("unit"),
					e.getAttribute("default"), Boolean.parseBoolean(e.getAttribute("required")),
					Boolean.parseBoolean(e.getAttribute("secret")), e.getAttribute("help")));
		}
		return parameters;
	}

	Settings settings(Map<String, String> values) throws Exception {
		return Settings.of(parameters, values);
	}
}
