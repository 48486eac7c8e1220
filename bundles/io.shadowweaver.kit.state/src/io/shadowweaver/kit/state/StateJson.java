// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/**
 * How values of the domain stand in JSON so that they come back as they were: records by their components, instants and durations as ISO text, what is
 * no finite number as text ({@code "NaN"}), the many floats of bands in base 64, little endian.
 */
public final class StateJson {
	private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).addModule(new Domain())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
			.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
			// what a newer server says beyond that is not known here
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

	private StateJson() {
	}

	/** The mapper; not to be configured. Thread-safe. */
	public static ObjectMapper mapper() {
		return MAPPER;
	}

	private static final class Domain extends SimpleModule {
		private static final long serialVersionUID = 1L;

		Domain() {
			addSerializer(Bands.class, new BandsWriter());
			addDeserializer(Bands.class, new BandsReader());
			addKeySerializer(SeriesId.class, new KeyWriter());
			addKeyDeserializer(SeriesId.class, new KeyReader());
			setMixInAnnotation(Topology.class, TopologyMixIn.class);
		}
	}

	private static final class BandsWriter extends StdSerializer<Bands> {
		private static final long serialVersionUID = 1L;

		BandsWriter() {
			super(Bands.class);
		}

		@Override
		public void serialize(Bands bands, JsonGenerator out, SerializerProvider provider) throws IOException {
			out.writeStartObject();
			out.writeStringField("origin", bands.origin().toString());
			out.writeArrayFieldStart("leads");
			ByteBuffer values = ByteBuffer.allocate(bands.leads() * Levels.COUNT * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			for (int lead = 0; lead < bands.leads(); lead++) {
				out.writeNumber(bands.leadMillis(lead));
				for (int level = 0; level < Levels.COUNT; level++) {
					values.putFloat((float) bands.value(lead, level));
				}
			}
			out.writeEndArray();
			out.writeBinaryField("values", values.array());
			out.writeEndObject();
		}
	}

	private static final class BandsReader extends StdDeserializer<Bands> {
		private static final long serialVersionUID = 1L;

		BandsReader() {
			super(Bands.class);
		}

		@Override
		public Bands deserialize(JsonParser in, DeserializationContext context) throws IOException {
			JsonNode node = in.readValueAsTree();
			long[] leads = new long[node.required("leads").size()];
			for (int lead = 0; lead < leads.length; lead++) {
				leads[lead] = node.get("leads").get(lead).longValue();
			}
			byte[] bytes = node.required("values").binaryValue();
			float[] values = new float[bytes.length / Float.BYTES];
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
			return new Bands(Instant.parse(node.required("origin").textValue()), leads, values);
		}
	}

	/** A subject may hold any sign that a person can type; a tab parts it from the metric. */
	private static final class KeyWriter extends StdSerializer<SeriesId> {
		private static final long serialVersionUID = 1L;

		KeyWriter() {
			super(SeriesId.class);
		}

		@Override
		public void serialize(SeriesId id, JsonGenerator out, SerializerProvider provider) throws IOException {
			out.writeFieldName(id.subject() + '\t' + id.metric());
		}
	}

	private static final class KeyReader extends KeyDeserializer {
		@Override
		public SeriesId deserializeKey(String key, DeserializationContext context) {
			int tab = key.lastIndexOf('\t');
			return new SeriesId(key.substring(0, tab), key.substring(tab + 1));
		}
	}

	/** What a topology is made of; the rest follows from that. */
	private abstract static class TopologyMixIn {
		@JsonCreator
		TopologyMixIn(@JsonProperty("resources") Map<String, Resource> resources, @JsonProperty("links") Set<Link> links, @JsonProperty("groups") Map<String, ScalingGroup> groups) {
			// only read for its annotations
		}

		@JsonProperty("resources")
		abstract Map<String, Resource> resources();

		@JsonProperty("links")
		abstract Set<Link> links();

		@JsonProperty("groups")
		abstract Map<String, ScalingGroup> groups();
	}
}
