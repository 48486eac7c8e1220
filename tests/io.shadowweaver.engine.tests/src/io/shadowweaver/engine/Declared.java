// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;

/** Reads the declarations of a bundle's {@code plugin.xml} where no extension registry runs. */
final class Declared {
	private Declared() {
	}

	/** The parameters of a contribution. */
	static List<Parameter> of(String bundle, String element, String id) {
		for (Element found : elements(bundle, element)) {
			if (found.getAttribute("id").equals(id)) {
				List<Parameter> parameters = new ArrayList<>();
				NodeList children = found.getElementsByTagName("parameter");
				for (int i = 0; i < children.getLength(); i++) {
					Element child = (Element) children.item(i);
					String type = child.getAttribute("type").isEmpty() ? "string" : child.getAttribute("type");
					parameters.add(new Parameter(child.getAttribute("key"), child.getAttribute("label"),
							ParameterType.valueOf(type.toUpperCase(Locale.ROOT)), child.getAttribute("unit"), child.getAttribute("default"),
							Boolean.parseBoolean(child.getAttribute("required")), Boolean.parseBoolean(child.getAttribute("secret")),
							child.getAttribute("help")));
				}
				return parameters;
			}
		}
		throw new IllegalArgumentException("no " + element + " " + id + " in " + bundle);
	}

	/** The classes of the contributions of a kind, by id. */
	static Map<String, String> classes(String bundle, String element) {
		Map<String, String> classes = new LinkedHashMap<>();
		elements(bundle, element).forEach(found -> classes.put(found.getAttribute("id"), found.getAttribute("class")));
		return classes;
	}

	private static List<Element> elements(String bundle, String element) {
		try {
			NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder()
					.parse(root().resolve(bundle).resolve("plugin.xml").toFile()).getElementsByTagName(element);
			List<Element> elements = new ArrayList<>();
			for (int i = 0; i < found.getLength(); i++) {
				elements.add((Element) found.item(i));
			}
			return elements;
		} catch (IOException | SAXException | ParserConfigurationException e) {
			throw new IllegalStateException(bundle, e);
		}
	}

	/** The folder of the repository: the one above the working directory that holds the bundles. */
	private static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("bundles"))) {
			folder = folder.getParent();
		}
		return folder;
	}
}
