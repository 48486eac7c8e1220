// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * A contribution as its bundle's {@code plugin.xml} declares it, for tests where no extension registry runs.
 *
 * @param id         in its extension point
 * @param implementation the name of its class
 * @param parameters what it is set up with
 */
public record Declared(String id, String implementation, List<Parameter> parameters) {
	/**
	 * All contributions of a kind.
	 *
	 * @param bundle  the bundle's symbolic name
	 * @param element the kind: {@code source}, {@code provider}, {@code model}, …
	 */
	public static List<Declared> all(String bundle, String element) {
		List<Declared> declared = new ArrayList<>();
		Path file = Path.of(System.getProperty("shadowweaver.root"), "bundles", bundle, "plugin.xml");
		try {
			NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getElementsByTagName(element);
			for (int i = 0; i < found.getLength(); i++) {
				Element one = (Element) found.item(i);
				declared.add(new Declared(one.getAttribute("id"), one.getAttribute("class"), parameters(one.getElementsByTagName("parameter"))));
			}
		} catch (IOException | SAXException | ParserConfigurationException e) {
			throw new IllegalStateException(file + " cannot be read", e);
		}
		return declared;
	}

	/** The only contribution of a kind. */
	public static Declared only(String bundle, String element) {
		List<Declared> all = all(bundle, element);
		if (all.size() != 1) {
			throw new IllegalStateException(bundle + " declares " + all.size() + " of " + element);
		}
		return all.getFirst();
	}

	private static List<Parameter> parameters(NodeList elements) {
		List<Parameter> parameters = new ArrayList<>();
		for (int i = 0; i < elements.getLength(); i++) {
			Element one = (Element) elements.item(i);
			String type = one.getAttribute("type").isEmpty() ? "string" : one.getAttribute("type");
			parameters.add(new Parameter(one.getAttribute("key"), one.getAttribute("label"), ParameterType.valueOf(type.toUpperCase(Locale.ROOT)),
					one.getAttribute("unit"), one.getAttribute("default"), Boolean.parseBoolean(one.getAttribute("required")),
					Boolean.parseBoolean(one.getAttribute("secret")), one.getAttribute("help")));
		}
		return parameters;
	}

	/** The settings that an operator's texts come to. */
	public Settings settings(Map<String, String> texts) throws PluginException {
		return Settings.of(parameters, texts);
	}

	/** Makes the factory. */
	public <F> F make(Class<F> type) {
		try {
			return type.cast(Class.forName(implementation).getDeclaredConstructor().newInstance());
		} catch (ReflectiveOperationException e) {
			throw new IllegalStateException(implementation + " cannot be made", e);
		}
	}
}
