// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.forecasting.Candidate;

/** The models that the bundles of this tree contribute and that are on the class path, with their defaults. */
public final class Installed {
	private Installed() {
	}

	/** Reads the contributions from {@code bundles/}, below the present directory; those with parameters are left out. */
	public static List<Candidate> models() throws Exception {
		List<Candidate> all = new ArrayList<>();
		try (Stream<Path> bundles = Files.list(Path.of("bundles"))) {
			for (Path bundle : bundles.filter(path -> path.getFileName().toString().startsWith("io.shadowweaver.model.")).sorted().toList()) {
				Path plugin = bundle.resolve("plugin.xml");
				if (Files.exists(plugin)) {
					NodeList models = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plugin.toFile()).getElementsByTagName("model");
					for (int i = 0; i < models.getLength(); i++) {
						add((Element) models.item(i), all);
					}
				}
			}
		}
		return all;
	}

	private static void add(Element model, List<Candidate> all) throws Exception {
		if (model.getElementsByTagName("parameter").getLength() > 0) {
			return;
		}
		try {
			Object factory = Class.forName(model.getAttribute("class")).getDeclaredConstructor().newInstance();
			all.add(new Candidate(model.getAttribute("id"), (ForecastModelFactory) factory, Settings.of(List.of(), Map.of())));
		} catch (ClassNotFoundException e) {
			System.err.println(model.getAttribute("id") + " is not on the class path and left out");
		}
	}
}
