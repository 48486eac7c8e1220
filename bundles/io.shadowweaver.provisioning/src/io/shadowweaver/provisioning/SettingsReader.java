// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.provisioning.cost.CostSettings;

/** Reads settings over the defaults, so that a file says only what is different, and one of an earlier version is whole. */
final class SettingsReader extends StdDeserializer<ProvisioningSettings> {
	private static final long serialVersionUID = 1L;
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
			.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();

	SettingsReader() {
		super(ProvisioningSettings.class);
	}

	@Override
	public ProvisioningSettings deserialize(JsonParser parser, DeserializationContext context) throws IOException {
		TreeNode given = parser.readValueAsTree();
		if (!(given instanceof ObjectNode fields)) {
			return context.reportInputMismatch(this, "the settings of provisioning must be an object");
		}
		try {
			JsonNode all = over(JSON.valueToTree(ProvisioningSettings.defaults()), fields);
			ProvisioningSettings defaults = ProvisioningSettings.defaults();
			ObjectNode unknown = fields.deepCopy();
			JSON.valueToTree(defaults).fieldNames().forEachRemaining(unknown::remove);
			if (!unknown.isEmpty()) {
				return context.reportInputMismatch(this, "the settings of provisioning know no " + String.join(", ", unknown.properties().stream().map(one -> one.getKey()).toList()));
			}
			return new ProvisioningSettings(part(all, "planning", ProvisioningSettings.Planning.class), part(all, "limits", ProvisioningSettings.Limits.class),
					part(all, "scaleIn", ProvisioningSettings.ScaleIn.class), part(all, "calls", ProvisioningSettings.Calls.class),
					part(all, "cost", CostSettings.class), JSON.convertValue(all.get("groups"), TypeFactory.defaultInstance().constructMapType(Map.class, String.class, GroupLimits.class)),
					part(all, "oversight", ProvisioningSettings.Oversight.class), part(all, "earning", ProvisioningSettings.Earning.class));
		} catch (IllegalArgumentException e) {
			return context.reportInputMismatch(this, "the settings of provisioning do not hold: " + e.getMessage());
		}
	}

	private static <T> T part(JsonNode all, String name, Class<T> type) throws IOException {
		return JSON.treeToValue(all.get(name), type);
	}

	/** What is given counts, field by field; what is {@code null} is not given. */
	private static JsonNode over(JsonNode defaults, ObjectNode given) {
		ObjectNode all = defaults.deepCopy();
		given.properties().forEach(field -> {
			JsonNode before = all.get(field.getKey());
			if (field.getValue() instanceof ObjectNode inner && before instanceof ObjectNode) {
				all.set(field.getKey(), over(before, inner));
			} else if (!field.getValue().isNull()) {
				all.set(field.getKey(), field.getValue());
			}
		});
		return all;
	}
}
