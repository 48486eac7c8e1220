// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.shadowweaver.api.plugin.PluginContext;

/** What the contributions of one estate are given. */
final class EstateContext {
	private final String estate;
	private final InstantSource clock;
	private final Path directory;
	private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

	EstateContext(String estate, InstantSource clock, Path directory) {
		this.estate = estate;
		this.clock = clock;
		this.directory = directory;
	}

	/** Where a connection of an estate keeps what it wants. */
	static Path directory(Path estate, String connection) {
		return estate.resolve("plugins").resolve(connection);
	}

	PluginContext of(Connection connection) {
		Path own = directory(directory, connection.id());
		return new PluginContext() {
			@Override
			public String estate() {
				return estate;
			}

			@Override
			public InstantSource clock() {
				return clock;
			}

			@Override
			public Path directory() {
				try {
					return Files.createDirectories(own);
				} catch (IOException e) {
					throw new UncheckedIOException("cannot create " + own, e);
				}
			}

			@Override
			public <T> T shared(Class<T> type, Supplier<? extends T> create) {
				return type.cast(shared.computeIfAbsent(type, key -> create.get()));
			}
		};
	}
}
