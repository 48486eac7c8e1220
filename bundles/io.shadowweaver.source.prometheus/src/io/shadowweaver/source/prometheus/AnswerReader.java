// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Reads the envelope of the query API as a stream: one series is in memory at a time, however many there are. The format is
 * that of Prometheus' docs/querying/api.md.
 */
final class AnswerReader {
	/** Takes one series after the other. */
	@FunctionalInterface
	interface Sink {
		/**
		 * @param labels of the series
		 * @param times  seconds since the epoch; more room than values
		 * @param values NaN where the server has no number
		 * @param count  how many of both there are
		 */
		void series(Map<String, String> labels, double[] times, double[] values, int count);
	}

	/**
	 * What stands around the series.
	 *
	 * @param status    {@code success}, {@code error}, or empty where it is no such envelope
	 * @param errorType of an error
	 * @param error     the server's message
	 * @param warnings  such as a part of the data that is missing
	 * @param type      of the result: {@code matrix}, {@code vector}, {@code scalar} or {@code string}
	 * @param series    how many came
	 */
	record Envelope(String status, String errorType, String error, List<String> warnings, String type, int series) {
	}

	/** The answer is larger than anything that was asked for. */
	static final class TooLargeException extends IOException {
		private static final long serialVersionUID = 1L;

		TooLargeException(String message) {
			super(message);
		}
	}

	private static final JsonFactory JSON = new JsonFactory();
	private static final long MOST_BYTES = 512L << 20;
	private static final int MOST_SERIES = 500_000;
	private static final int MOST_POINTS = 20_000;

	private final Sink sink;
	private double[] times = new double[64];
	private double[] values = new double[64];
	private int count;
	private int series;
	private String status = "";
	private String errorType = "";
	private String error = "";
	private String type = "";
	private final List<String> warnings = new ArrayList<>();

	private AnswerReader(Sink sink) {
		this.sink = sink;
	}

	/**
	 * Reads an answer to its end.
	 *
	 * @param in   the body
	 * @param sink takes the series
	 * @return the envelope
	 * @throws IOException when it is not JSON, breaks off, or is too large
	 */
	static Envelope read(InputStream in, Sink sink) throws IOException {
		AnswerReader reader = new AnswerReader(sink);
		try (JsonParser json = JSON.createParser(limited(in))) {
			if (json.nextToken() != JsonToken.START_OBJECT) {
				return new Envelope("", "", "", List.of(), "", 0);
			}
			while (json.nextToken() == JsonToken.FIELD_NAME) {
				String field = json.currentName();
				json.nextToken();
				reader.field(json, field);
			}
		}
		return new Envelope(reader.status, reader.errorType, reader.error, List.copyOf(reader.warnings), reader.type, reader.series);
	}

	private void field(JsonParser json, String field) throws IOException {
		switch (field) {
		case "status" -> status = json.getValueAsString("");
		case "errorType" -> errorType = json.getValueAsString("");
		case "error" -> error = json.getValueAsString("");
		case "warnings" -> {
			if (json.currentToken() == JsonToken.START_ARRAY) {
				while (json.nextToken() == JsonToken.VALUE_STRING) {
					if (warnings.size() < 10) {
						warnings.add(json.getText());
					}
				}
			}
		}
		case "data" -> data(json);
		default -> json.skipChildren();
		}
	}

	private void data(JsonParser json) throws IOException {
		if (json.currentToken() != JsonToken.START_OBJECT) {
			json.skipChildren();
			return;
		}
		while (json.nextToken() == JsonToken.FIELD_NAME) {
			String field = json.currentName();
			json.nextToken();
			if (field.equals("resultType")) {
				type = json.getValueAsString("");
			} else if (field.equals("result") && json.currentToken() == JsonToken.START_ARRAY) {
				result(json);
			} else {
				json.skipChildren();
			}
		}
	}

	private void result(JsonParser json) throws IOException {
		JsonToken token = json.nextToken();
		if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
			// A scalar: [time, "value"] instead of a list of series.
			count = 0;
			pair(json);
			emit(Map.of());
			return;
		}
		for (; token != JsonToken.END_ARRAY; token = json.nextToken()) {
			if (token == null) {
				throw new java.io.EOFException("the list of series has no end");
			}
			if (token == JsonToken.START_OBJECT) {
				item(json);
			} else {
				json.skipChildren();
			}
		}
	}

	private void item(JsonParser json) throws IOException {
		Map<String, String> labels = Map.of();
		count = 0;
		while (json.nextToken() == JsonToken.FIELD_NAME) {
			String field = json.currentName();
			JsonToken token = json.nextToken();
			switch (field) {
			case "metric" -> labels = labels(json);
			case "value" -> {
				if (token == JsonToken.START_ARRAY) {
					json.nextToken();
					pair(json);
				}
			}
			case "values" -> {
				if (token == JsonToken.START_ARRAY) {
					while (json.nextToken() == JsonToken.START_ARRAY) {
						json.nextToken();
						pair(json);
					}
				}
			}
			default -> json.skipChildren();
			}
		}
		emit(labels);
	}

	private void emit(Map<String, String> labels) throws IOException {
		if (++series > MOST_SERIES) {
			throw new TooLargeException("more than " + MOST_SERIES + " series");
		}
		sink.series(labels, times, values, count);
	}

	private static Map<String, String> labels(JsonParser json) throws IOException {
		Map<String, String> labels = new HashMap<>();
		if (json.currentToken() != JsonToken.START_OBJECT) {
			json.skipChildren();
			return labels;
		}
		while (json.nextToken() == JsonToken.FIELD_NAME) {
			String name = json.currentName();
			json.nextToken();
			labels.put(name, json.getValueAsString(""));
			json.skipChildren();
		}
		return labels;
	}

	/** Time and value; the parser stands at the time, and at the end of the pair afterwards. */
	private void pair(JsonParser json) throws IOException {
		if (count == times.length) {
			if (count >= MOST_POINTS) {
				throw new TooLargeException("more than " + MOST_POINTS + " points in a series");
			}
			times = Arrays.copyOf(times, count * 2);
			values = Arrays.copyOf(values, count * 2);
		}
		times[count] = json.getValueAsDouble(Double.NaN);
		json.nextToken();
		values[count] = number(json.getValueAsString(""));
		if (!Double.isNaN(times[count])) {
			count++;
		}
		while (json.nextToken() != JsonToken.END_ARRAY) {
			if (json.currentToken() == null) {
				throw new java.io.EOFException("a pair has no end");
			}
			json.skipChildren();
		}
	}

	/** NaN and the infinities are no samples. */
	private static double number(String text) {
		try {
			double value = Double.parseDouble(text);
			return Double.isFinite(value) ? value : Double.NaN;
		} catch (NumberFormatException e) {
			return Double.NaN;
		}
	}

	private static InputStream limited(InputStream in) {
		return new FilterInputStream(in) {
			private long left = MOST_BYTES;

			@Override
			public int read() throws IOException {
				int read = super.read();
				count(read < 0 ? 0 : 1);
				return read;
			}

			@Override
			public int read(byte[] bytes, int from, int length) throws IOException {
				return count(super.read(bytes, from, length));
			}

			private int count(int read) throws IOException {
				left -= Math.max(0, read);
				if (left < 0) {
					throw new TooLargeException("more than " + (MOST_BYTES >> 20) + " MiB");
				}
				return read;
			}
		};
	}
}
