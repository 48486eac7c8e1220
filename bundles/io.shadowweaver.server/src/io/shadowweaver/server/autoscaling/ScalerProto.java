// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;

/** The messages and methods of {@code docs/api/externalscaler.proto}, registered by hand: they are few, and nothing has to be generated. */
final class ScalerProto {
	/** The service; its methods are behind it in the path. */
	static final String SERVICE = "externalscaler.ExternalScaler";

	private static final FileDescriptor FILE = file();
	private static final String FLOAT = "Float";

	/** As in {@code IsActive}. */
	static final MethodDescriptor<ScaledObject, Boolean> IS_ACTIVE = method("IsActive", MethodType.UNARY, reference(), activity());
	/** As in {@code StreamIsActive}. */
	static final MethodDescriptor<ScaledObject, Boolean> STREAM_IS_ACTIVE = method("StreamIsActive", MethodType.SERVER_STREAMING, reference(), activity());
	/** As in {@code GetMetricSpec}. */
	static final MethodDescriptor<ScaledObject, Amount> GET_METRIC_SPEC = method("GetMetricSpec", MethodType.UNARY, reference(), amount("GetMetricSpecResponse", "metricSpecs", "targetSize"));
	/** As in {@code GetMetrics}. */
	static final MethodDescriptor<MetricAsked, Amount> GET_METRICS = method("GetMetrics", MethodType.UNARY, asked(), amount("GetMetricsResponse", "metricValues", "metricValue"));
	/** As in {@code StreamMetricSpec}. */
	static final MethodDescriptor<ScaledObject, Amount> STREAM_METRIC_SPEC = method("StreamMetricSpec", MethodType.SERVER_STREAMING, reference(),
			amount("GetMetricSpecResponse", "metricSpecs", "targetSize"));

	private ScalerProto() {
	}

	/**
	 * What is scaled.
	 *
	 * @param name      of it
	 * @param namespace of it
	 * @param metadata  of the trigger
	 */
	record ScaledObject(String name, String namespace, Map<String, String> metadata) {
	}

	/**
	 * A metric of something that is scaled.
	 *
	 * @param object what is scaled
	 * @param metric its name
	 */
	record MetricAsked(ScaledObject object, String metric) {
	}

	/**
	 * How much of a metric.
	 *
	 * @param metric its name
	 * @param value  finite
	 */
	record Amount(String metric, double value) {
	}

	private static FileDescriptor file() {
		DescriptorProto entry = message("ScalerMetadataEntry", field("key", 1, Type.TYPE_STRING), field("value", 2, Type.TYPE_STRING)).setOptions(MessageOptions.newBuilder().setMapEntry(true)).build();
		FileDescriptorProto proto = FileDescriptorProto.newBuilder().setName("externalscaler.proto").setPackage("externalscaler").setSyntax("proto3")
				.addMessageType(message("ScaledObjectRef", field("name", 1, Type.TYPE_STRING), field("namespace", 2, Type.TYPE_STRING),
						field("scalerMetadata", 3, Type.TYPE_MESSAGE).setTypeName("ScaledObjectRef.ScalerMetadataEntry").setLabel(Label.LABEL_REPEATED)).addNestedType(entry))
				.addMessageType(message("IsActiveResponse", field("result", 1, Type.TYPE_BOOL)))
				.addMessageType(message("GetMetricSpecResponse", field("metricSpecs", 1, Type.TYPE_MESSAGE).setTypeName("MetricSpec").setLabel(Label.LABEL_REPEATED)))
				.addMessageType(message("MetricSpec", field("metricName", 1, Type.TYPE_STRING), field("targetSize", 2, Type.TYPE_INT64), field("targetSizeFloat", 3, Type.TYPE_DOUBLE)))
				.addMessageType(message("GetMetricsRequest", field("scaledObjectRef", 1, Type.TYPE_MESSAGE).setTypeName("ScaledObjectRef"), field("metricName", 2, Type.TYPE_STRING)))
				.addMessageType(message("GetMetricsResponse", field("metricValues", 1, Type.TYPE_MESSAGE).setTypeName("MetricValue").setLabel(Label.LABEL_REPEATED)))
				.addMessageType(message("MetricValue", field("metricName", 1, Type.TYPE_STRING), field("metricValue", 2, Type.TYPE_INT64), field("metricValueFloat", 3, Type.TYPE_DOUBLE))).build();
		try {
			return FileDescriptor.buildFrom(proto, new FileDescriptor[0]);
		} catch (DescriptorValidationException e) {
			throw new IllegalStateException(e);
		}
	}

	private static DescriptorProto.Builder message(String name, FieldDescriptorProto.Builder... fields) {
		DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
		List.of(fields).forEach(message::addField);
		return message;
	}

	private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
		return FieldDescriptorProto.newBuilder().setName(name).setJsonName(name).setNumber(number).setType(type).setLabel(Label.LABEL_OPTIONAL);
	}

	private static <Q, A> MethodDescriptor<Q, A> method(String name, MethodType type, Marshaller<Q> question, Marshaller<A> answer) {
		return MethodDescriptor.<Q, A> newBuilder().setType(type).setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name)).setRequestMarshaller(question).setResponseMarshaller(answer)
				.setSafe(true).setIdempotent(true).build();
	}

	private static Marshaller<ScaledObject> reference() {
		Descriptor type = FILE.findMessageTypeByName("ScaledObjectRef");
		return new Wire<>(type, ScalerProto::object, object -> {
			FieldDescriptor metadata = type.findFieldByName("scalerMetadata");
			DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
			set(message, "name", object.name());
			set(message, "namespace", object.namespace());
			object.metadata().forEach((key, value) -> message.addRepeatedField(metadata, set(set(DynamicMessage.newBuilder(metadata.getMessageType()), "key", key), "value", value).build()));
			return message.build();
		});
	}

	private static Marshaller<MetricAsked> asked() {
		Descriptor type = FILE.findMessageTypeByName("GetMetricsRequest");
		Marshaller<ScaledObject> reference = reference();
		return new Wire<>(type, message -> new MetricAsked(object((Message) get(message, "scaledObjectRef")), (String) get(message, "metricName")), asked -> {
			DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
			set(message, "scaledObjectRef", ((Wire<ScaledObject>) reference).message(asked.object()));
			return set(message, "metricName", asked.metric()).build();
		});
	}

	private static Marshaller<Boolean> activity() {
		Descriptor type = FILE.findMessageTypeByName("IsActiveResponse");
		return new Wire<>(type, message -> (Boolean) get(message, "result"), active -> set(DynamicMessage.newBuilder(type), "result", active).build());
	}

	/** One amount, as a whole number and as it is. */
	private static Marshaller<Amount> amount(String type, String list, String field) {
		Descriptor outer = FILE.findMessageTypeByName(type);
		FieldDescriptor items = outer.findFieldByName(list);
		return new Wire<>(outer, message -> {
			Message item = (Message) message.getRepeatedField(items, 0);
			return new Amount((String) get(item, "metricName"), (Double) get(item, field + FLOAT));
		}, amount -> {
			DynamicMessage.Builder item = set(DynamicMessage.newBuilder(items.getMessageType()), "metricName", amount.metric());
			set(item, field, (long) Math.ceil(amount.value()));
			return DynamicMessage.newBuilder(outer).addRepeatedField(items, set(item, field + FLOAT, amount.value()).build()).build();
		});
	}

	private static ScaledObject object(Message message) {
		Map<String, String> metadata = new HashMap<>();
		FieldDescriptor field = message.getDescriptorForType().findFieldByName("scalerMetadata");
		for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
			Message entry = (Message) message.getRepeatedField(field, i);
			metadata.put((String) get(entry, "key"), (String) get(entry, "value"));
		}
		return new ScaledObject((String) get(message, "name"), (String) get(message, "namespace"), metadata);
	}

	private static Object get(Message message, String field) {
		return message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	private static DynamicMessage.Builder set(DynamicMessage.Builder message, String field, Object value) {
		return message.setField(message.getDescriptorForType().findFieldByName(field), value);
	}

	/** Between what stands on the wire and what we work with. */
	private record Wire<T>(Descriptor type, Function<Message, T> reader, Function<T, Message> writer) implements Marshaller<T> {
		Message message(T value) {
			return writer.apply(value);
		}

		@Override
		public InputStream stream(T value) {
			return message(value).toByteString().newInput();
		}

		@Override
		public T parse(InputStream stream) {
			try {
				return reader.apply(DynamicMessage.parseFrom(type, stream));
			} catch (IOException e) {
				throw Status.INTERNAL.withDescription("The message is none of " + type.getFullName() + ".").withCause(e).asRuntimeException();
			}
		}
	}
}
