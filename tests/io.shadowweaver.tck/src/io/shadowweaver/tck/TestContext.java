// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.shadowweaver.api.plugin.PluginContext;

/**
 * A context for tests.
 *
 * @param estate    the id of the estate
 * @param clock     its time
 * @param directory an existing directory
 * @param objects   what contributions share
 */
public record TestContext(String estate, InstantSource clock, Path directory, Map<Class<?>, Object> objects) implements PluginContext {
	/** A context of its own. */
	public TestContext(InstantSource clock, Path directory) {
		this("test", clock, directory, new ConcurrentHashMap<>());
	}

	@Override
	public <T> T shared(Class<T> type, Supplier<? extends T> create) {
		return type.cast(objects.computeIfAbsent(type, key -> create.get()));
	}
}
