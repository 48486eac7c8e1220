// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.shadowweaver.api.plugin.PluginContext;

/** What a contribution is given that belongs to no estate, or is only tried. */
final class TrialContext implements PluginContext {
	private final Path directory;
	private final InstantSource clock;
	private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

	TrialContext(Path directory, InstantSource clock) {
		this.directory = directory;
		this.clock = clock;
	}

	@Override
	public String estate() {
		return "trial";
	}

	@Override
	public InstantSource clock() {
		return clock;
	}

	@Override
	public Path directory() {
		try {
			return Files.createDirectories(directory);
		} catch (IOException e) {
			throw new UncheckedIOException("cannot create " + directory, e);
		}
	}

	@Override
	public <T> T shared(Class<T> type, Supplier<? extends T> create) {
		return type.cast(shared.computeIfAbsent(type, key -> create.get()));
	}
}
