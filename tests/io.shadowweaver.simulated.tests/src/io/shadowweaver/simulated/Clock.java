// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.shadowweaver.api.plugin.PluginContext;

/** A clock that the test moves, and an estate around it. */
final class Clock implements InstantSource {
	/** A Monday. */
	static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

	private Instant now;

	Clock(Instant now) {
		this.now = now;
	}

	@Override
	public Instant instant() {
		return now;
	}

	void set(Instant time) {
		now = time;
	}

	void advance(Duration span) {
		now = now.plus(span);
	}

	PluginContext context(Path directory) {
		Map<Class<?>, Object> shared = new HashMap<>();
		return new PluginContext() {
			@Override
			public String estate() {
				return "test";
			}

			@Override
			public InstantSource clock() {
				return Clock.this;
			}

			@Override
			public Path directory() {
				return directory;
			}

			@Override
			public <T> T shared(Class<T> type, Supplier<? extends T> create) {
				return type.cast(shared.computeIfAbsent(type, key -> create.get()));
			}
		};
	}
}
