// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.server.ServerSection;

/**
 * {@code weave.yaml}: how {@code weave serve} runs. Options of the command line go before it; what an estate is made of stands in its own file. Files
 * and folders that it names are relative to it.
 *
 * @param version 1
 * @param estate  as {@code --estate}
 * @param data    as {@code --data}
 * @param speed   as {@code --speed}
 * @param modes   as {@code --mode}, by group
 * @param scaleIn as {@code --scale-in}
 * @param rules   as {@code --rules}
 * @param server  the API; absent for none
 */
record WeaveFile(int version, Optional<String> estate, Optional<Path> data, Optional<Double> speed, Map<String, Mode> modes, List<String> scaleIn, Optional<Path> rules, Optional<ServerSection> server) {
	/** What holds without a file. */
	static final WeaveFile NONE = new WeaveFile(1, null, null, null, null, null, null, null);

	private static final ObjectReader YAML = YAMLMapper.builder(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()).addModule(new Jdk8Module())
			.addModule(new JavaTimeModule()).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build().readerFor(WeaveFile.class);

	WeaveFile {
		if (version != 1) {
			throw new IllegalArgumentException("version must be 1: " + version);
		}
		estate = present(estate);
		data = present(data);
		speed = present(speed);
		modes = modes == null ? Map.of() : Map.copyOf(modes);
		scaleIn = scaleIn == null ? List.of() : List.copyOf(scaleIn);
		rules = present(rules);
		server = present(server);
	}

	/**
	 * Reads one.
	 *
	 * @throws PluginException {@code file:line: key: reason} of the first thing that is wrong
	 */
	static WeaveFile read(Path file) throws PluginException {
		try {
			WeaveFile read = YAML.readValue(file.toFile());
			if (read == null) {
				throw new PluginException(file + ": it is empty.");
			}
			return read;
		} catch (JsonProcessingException e) {
			String line = e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty() ? ":" + line(file, mapping) : e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
			String key = e instanceof JsonMappingException mapping
					? mapping.getPath().stream().map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()).collect(Collectors.joining()).replaceFirst("^\\.", "")
					: "";
			throw new PluginException(file + line + ": " + (key.isEmpty() ? "" : key + ": ") + reason(e), e);
		} catch (IOException e) {
			throw new PluginException(file + ": cannot be read: " + e.getMessage(), e);
		}
	}

	/** Where a field stands: the parser that maps it has read on already when it finds it wrong. */
	private static int line(Path file, JsonMappingException wrong) throws PluginException {
		try (Reader text = Files.newBufferedReader(file)) {
			Node node = new Yaml().compose(text);
			int line = node.getStartMark().getLine();
			for (JsonMappingException.Reference step : wrong.getPath()) {
				if (node instanceof MappingNode mapping) {
					NodeTuple found = mapping.getValue().stream().filter(one -> one.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step.getFieldName())).findFirst().orElse(null);
					if (found == null) {
						break;
					}
					line = found.getKeyNode().getStartMark().getLine();
					node = found.getValueNode();
				} else if (node instanceof SequenceNode list && step.getIndex() >= 0 && step.getIndex() < list.getValue().size()) {
					node = list.getValue().get(step.getIndex());
					line = node.getStartMark().getLine();
				}
			}
			return line + 1;
		} catch (YAMLException e) {
			return wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr();
		} catch (IOException e) {
			throw new PluginException(file + ": cannot be read: " + e.getMessage(), e);
		}
	}

	private static String reason(JsonProcessingException e) {
		if (e instanceof UnrecognizedPropertyException unknown) {
			return "it is not known here; known are " + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".";
		}
		return e.getCause() instanceof IllegalArgumentException wrong ? wrong.getMessage() : e.getOriginalMessage();
	}

	private static <T> Optional<T> present(Optional<T> value) {
		return value == null ? Optional.empty() : value;
	}
}
