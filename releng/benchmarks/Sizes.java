// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the bytes of all that can be reached from objects. Started as an agent, which alone knows what an object takes. */
public final class Sizes {
	private static Instrumentation vm;
	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
	private final Map<Class<?>, List<Field>> references = new HashMap<>();

	/** Called by the virtual machine. */
	public static void premain(String arguments, Instrumentation instrumentation) {
		vm = instrumentation;
	}

	/**
	 * The bytes of what can be reached from an object and was not counted before.
	 *
	 * @throws IllegalStateException when not started as an agent
	 */
	public long add(Object root) throws IllegalAccessException {
		if (vm == null) {
			throw new IllegalStateException("start with -javaagent");
		}
		long bytes = 0;
		ArrayDeque<Object> open = new ArrayDeque<>();
		push(open, root);
		while (!open.isEmpty()) {
			Object object = open.pop();
			bytes += vm.getObjectSize(object);
			Class<?> type = object.getClass();
			if (type.isArray()) {
				if (!type.getComponentType().isPrimitive()) {
					for (int i = 0; i < Array.getLength(object); i++) {
						push(open, Array.get(object, i));
					}
				}
			} else {
				for (Field field : references.computeIfAbsent(type, Sizes::fields)) {
					push(open, field.get(object));
				}
			}
		}
		return bytes;
	}

	/** Classes, loaders, threads and constants belong to the program, not to what is counted. */
	private void push(ArrayDeque<Object> open, Object object) {
		if (object != null && !(object instanceof Class || object instanceof ClassLoader || object instanceof Thread || object instanceof Enum)
				&& seen.add(object)) {
			open.push(object);
		}
	}

	private static List<Field> fields(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		for (Class<?> at = type; at != null; at = at.getSuperclass()) {
			for (Field field : at.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
					field.setAccessible(true);
					fields.add(field);
				}
			}
		}
		return fields;
	}
}
