// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;

/**
 * What the schemas of records say of their fields. All of them are always written: a field is {@code required}, and what is absent or is no number is
 * {@code null}. Who sends a body leaves out what is {@code Optional}, or in a wish that has nothing else; numbers are never {@code null} there.
 */
final class Shapes implements ModelConverter {
	private static final String NULL = "null";

	private final Set<Class<?>> bodies;
	private final Set<Class<?>> wishes;
	private final Map<String, Class<?>> records = new HashMap<>();

	/**
	 * @param bodies what is taken, not only answered
	 * @param wishes those of them in which each field may be left out
	 */
	Shapes(Set<Class<?>> bodies, Set<Class<?>> wishes) {
		this.bodies = Set.copyOf(bodies);
		this.wishes = Set.copyOf(wishes);
	}

	@Override
	public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
		Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
		JavaType java = Json31.mapper().constructType(type.getType());
		if (java.isRecordType() && schema != null && schema.get$ref() != null) {
			records.put(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1), java.getRawClass());
		}
		return schema;
	}

	/** Completes the schemas, by name. */
	@SuppressWarnings("rawtypes")
	void complete(Map<String, Schema> schemas) {
		records.forEach((name, record) -> {
			if (!wishes.contains(record)) {
				complete(schemas.get(name), record);
			}
		});
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private void complete(Schema schema, Class<?> record) {
		Map<String, Schema> properties = schema.getProperties();
		Set<String> required = new LinkedHashSet<>();
		for (RecordComponent component : record.getRecordComponents()) {
			String name = Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class)).map(JsonProperty::value).orElse(component.getName());
			Schema property = properties.get(name);
			if (property == null) {
				throw new IllegalStateException(record + " has no schema of " + name);
			}
			required.add(name);
			properties.put(name, allowing(property, component.getGenericType(), bodies.contains(record)));
		}
		schema.setRequired(new ArrayList<>(required));
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static Schema allowing(Schema schema, Type type, boolean taken) {
		if (type instanceof ParameterizedType generic) {
			Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
			if (generic.getRawType() == Optional.class) {
				return orNull(schema);
			}
			if (schema.getItems() != null) {
				schema.setItems(allowing(schema.getItems(), last, taken));
			} else if (schema.getAdditionalProperties() instanceof Schema values) {
				schema.setAdditionalProperties(allowing(values, last, taken));
			}
			return schema;
		}
		if (type instanceof Class<?> array && array.isArray() && schema.getItems() != null) {
			schema.setItems(allowing(schema.getItems(), array.getComponentType(), taken));
		}
		return !taken && (type == double.class || type == Double.class) ? orNull(schema) : schema;
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static Schema orNull(Schema schema) {
		if (schema.get$ref() != null || schema.getEnum() != null) {
			return new JsonSchema().anyOf(List.of(schema, new JsonSchema().typesItem(NULL)));
		}
		return schema.typesItem(NULL);
	}
}
