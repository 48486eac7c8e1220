// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.CreateRequest;

/**
 * Tags of an instance. A label holds up to 63 lower-case characters, so that what is ours stands in the instance's metadata as it is; so does, in
 * one item, each other tag that cannot be a label. What can be a label is one too, for lists and bills.
 */
final class Tags {
	/** Where it registers to receive load; gone from the metadata once it is drained. */
	static final String REGISTRATION = "shadowweaver-registration";
	private static final String OTHERS = "shadowweaver-tags";
	private static final Set<String> OURS = Set.of(CreateRequest.TOKEN, CreateRequest.ESTATE, CreateRequest.GROUP, CreateRequest.REVIEW, REGISTRATION);
	private static final ObjectMapper JSON = new ObjectMapper();

	private Tags() {
	}

	/** The labels for tags. */
	static Map<String, String> labels(Map<String, String> tags) {
		Map<String, String> labels = new TreeMap<>();
		tags.forEach((key, value) -> {
			if (Names.isLabelKey(key) && Names.isLabelValue(value)) {
				labels.put(key, value);
			}
		});
		labels.put(CreateRequest.TOKEN, Names.tokenLabel(tags.get(CreateRequest.TOKEN)));
		return labels;
	}

	/** The items of metadata for tags. */
	static Map<String, String> items(Map<String, String> tags) {
		Map<String, String> items = new TreeMap<>();
		ObjectNode others = JSON.createObjectNode();
		new TreeMap<>(tags).forEach((key, value) -> {
			if (OURS.contains(key)) {
				items.put(key, value);
			} else if (!Names.isLabelKey(key) || !Names.isLabelValue(value)) {
				others.put(key, value);
			}
		});
		if (!others.isEmpty()) {
			items.put(OTHERS, others.toString());
		}
		return items;
	}

	/** The items of an instance's metadata. */
	static Map<String, String> metadata(JsonNode instance) {
		Map<String, String> items = new HashMap<>();
		instance.path("metadata").path("items").forEach(item -> items.put(item.path("key").asText(), item.path("value").asText()));
		return items;
	}

	/** The tags of an instance. */
	static Map<String, String> of(JsonNode instance) {
		Map<String, String> tags = new HashMap<>();
		instance.path("labels").properties().forEach(label -> tags.put(label.getKey(), label.getValue().asText()));
		Map<String, String> items = metadata(instance);
		try {
			JSON.readTree(items.getOrDefault(OTHERS, "{}")).properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
		} catch (JsonProcessingException e) {
			// somebody else has written it, so that it holds no tags of ours
			tags.put(OTHERS, items.get(OTHERS));
		}
		OURS.stream().filter(items::containsKey).forEach(key -> tags.put(key, items.get(key)));
		return tags;
	}
}
