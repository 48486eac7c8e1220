// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;

import io.shadowweaver.kit.state.StateJson;

/** Reads answers of the API, in which {@code null} stands for what is no number. */
final class ApiJson {
	private static final ObjectMapper MAPPER = StateJson.mapper().copy()
			.registerModule(new SimpleModule("no number").addDeserializer(double.class, new Gap(double.class)).addDeserializer(Double.class, new Gap(Double.class)));

	private ApiJson() {
	}

	/** The mapper; not to be configured. */
	static ObjectMapper mapper() {
		return MAPPER;
	}

	/**
	 * A value out of an answer.
	 *
	 * @throws ApiException where it is none
	 */
	static <T> T read(JsonNode node, Class<T> type) throws ApiException {
		try {
			return MAPPER.treeToValue(node, type);
		} catch (IOException | RuntimeException e) {
			throw new ApiException("The answer of the server cannot be read, since it is of another version perhaps: " + e.getMessage(), e);
		}
	}

	private static final class Gap extends StdDeserializer<Double> {
		private static final long serialVersionUID = 1L;

		Gap(Class<?> type) {
			super(type);
		}

		@Override
		public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
			return _parseDoublePrimitive(in, context);
		}

		@Override
		public Double getNullValue(DeserializationContext context) {
			return Double.NaN;
		}
	}
}
