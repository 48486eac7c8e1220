// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.SortedMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

	/** An answer at many times. */
	static ObjectNode matrix(Evaluator.Result result, long[] times) {
		ObjectNode data = object().put("resultType", "matrix");
		ArrayNode rows = data.putArray("result");
		if (result.isScalar()) {
			ArrayNode values = row(rows, labels(new java.util.TreeMap<>()));
			for (int i = 0; i < times.length; i++) {
				values.add(point(times[i], result.scalar()[i]));
			}
			return data;
		}
		for (Evaluator.Row row : result.rows()) {
			ArrayNode values = array();
			for (int i = 0; i < times.length; i++) {
				if (row.is()[i]) {
					values.add(point(times[i], row.values()[i]));
				}
			}
			if (!values.isEmpty()) {
				row(rows, labels(row.labels())).addAll(values);
			}
		}
		return data;
	}

	private static ArrayNode row(ArrayNode rows, ObjectNode metric) {
		ObjectNode row = rows.addObject();
		row.set("metric", metric);
		return row.putArray("values");
	}

	private static ArrayNode point(long time, double value) {
		ArrayNode point = array();
		if (time % 1000 == 0) {
			point.add(time / 1000);
		} else {
			point.add(time / 1e3);
		}
		return point.add(Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value));
	}
}
