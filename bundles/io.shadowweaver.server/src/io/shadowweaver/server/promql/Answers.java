// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import jakarta.ws.rs.core.StreamingOutput;

/** Answers in the form of the query API of Prometheus. */
final class Answers {
	private static final ObjectMapper JSON = new ObjectMapper();

	private Answers() {
	}

	static ObjectNode object() {
		return JSON.createObjectNode();
	}

	static ArrayNode array() {
		return JSON.createArrayNode();
	}

	static ObjectNode success(JsonNode data) {
		ObjectNode answer = object().put("status", "success");
		answer.set("data", data);
		return answer;
	}

	static ObjectNode error(String type, String message) {
		return object().put("status", "error").put("errorType", type).put("error", message);
	}

	static ObjectNode labels(SortedMap<String, String> labels) {
		ObjectNode metric = object();
		labels.forEach(metric::put);
		return metric;
	}

	/** An answer at one time. */
	static ObjectNode vector(Evaluator.Result result, long time) {
		ObjectNode data = object();
		if (result.isScalar()) {
			data.put("resultType", "scalar").set("result", point(time, result.scalar()[0]));
			return data;
		}
		ArrayNode rows = data.put("resultType", "vector").putArray("result");
		for (Evaluator.Row row : result.rows()) {
			if (row.is()[0]) {
				ObjectNode one = rows.addObject();
				one.set("metric", labels(row.labels()));
				one.set("value", point(time, row.values()[0]));
			}
		}
		return data;
	}

	/** A whole answer at many times, which is large, so that it is not made before it is written. */
	static StreamingOutput matrix(Evaluator.Result result, long[] times) {
		return out -> {
			try (JsonGenerator json = JSON.createGenerator(out)) {
				json.writeStartObject();
				json.writeStringField("status", "success");
				json.writeObjectFieldStart("data");
				json.writeStringField("resultType", "matrix");
				json.writeArrayFieldStart("result");
				if (result.isScalar()) {
					boolean[] all = new boolean[times.length];
					Arrays.fill(all, true);
					row(json, Collections.emptySortedMap(), times, result.scalar(), all);
				} else {
					for (Evaluator.Row row : result.rows()) {
						row(json, row.labels(), times, row.values(), row.is());
					}
				}
				json.writeEndArray();
				json.writeEndObject();
				json.writeEndObject();
			}
		};
	}

	/** Nothing of one that has no values. */
	private static void row(JsonGenerator json, SortedMap<String, String> labels, long[] times, double[] values, boolean[] is) throws IOException {
		boolean begun = false;
		for (int i = 0; i < times.length; i++) {
			if (is[i]) {
				if (!begun) {
					json.writeStartObject();
					json.writeObjectFieldStart("metric");
					for (Map.Entry<String, String> label : labels.entrySet()) {
						json.writeStringField(label.getKey(), label.getValue());
					}
					json.writeEndObject();
					json.writeArrayFieldStart("values");
					begun = true;
				}
				json.writeStartArray();
				if (times[i] % 1000 == 0) {
					json.writeNumber(times[i] / 1000);
				} else {
					json.writeNumber(times[i] / 1e3);
				}
				json.writeString(text(values[i]));
				json.writeEndArray();
			}
		}
		if (begun) {
			json.writeEndArray();
			json.writeEndObject();
		}
	}

	private static ArrayNode point(long time, double value) {
		ArrayNode point = array();
		if (time % 1000 == 0) {
			point.add(time / 1000);
		} else {
			point.add(time / 1e3);
		}
		return point.add(text(value));
	}

	private static String text(double value) {
		return Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
	}
}
