// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.forecasting.ForecastRule;

/** A file in YAML with what an operator has decided on forecasts: a list of rules under {@code forecasts}. */
final class RulesFile {
	private static final ObjectReader YAML = new YAMLMapper().readerFor(Content.class);

	private RulesFile() {
	}

	private record Content(List<ForecastRule> forecasts) {
	}

	/**
	 * Reads one.
	 *
	 * @throws PluginException {@code file:line: key: reason} of the first thing that is wrong
	 */
	static List<ForecastRule> read(Path file) throws PluginException {
		try {
			Content content = YAML.readValue(file.toFile());
			if (content == null || content.forecasts() == null) {
				throw new PluginException(file + ": there is no list of rules under 'forecasts'.");
			}
			return content.forecasts();
		} catch (JsonProcessingException e) {
			String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
			String key = e instanceof JsonMappingException mapping ? mapping.getPath().stream()
					.map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()).collect(Collectors.joining()).replaceFirst("^\\.", "")
					: "";
			String reason = e.getCause() instanceof IllegalArgumentException wrong ? wrong.getMessage() : e.getOriginalMessage();
			throw new PluginException(file + line + ": " + (key.isEmpty() ? "" : key + ": ") + reason, e);
		} catch (IOException e) {
			throw new PluginException(file + ": cannot be read: " + e.getMessage(), e);
		}
	}
}
