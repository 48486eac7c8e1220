// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.MetricSourceContract;
import io.shadowweaver.tck.TestContext;

class PrometheusSourceContractTest extends MetricSourceContract {
	private static final Instant NOW = Instant.parse("2026-03-02T12:00:02Z");
	private FixturePrometheus server;

	@BeforeEach
	void start() throws IOException {
		server = new FixturePrometheus(5);
	}

	@AfterEach
	void stop() {
		server.close();
	}

	@Override
	protected MetricSource open() throws Exception {
		return new PrometheusSourceFactory().open(Declared.only("io.shadowweaver.source.prometheus", "source").settings(Map.of("url", server.url())),
				new TestContext(() -> NOW, Path.of("unused")));
	}

	@Override
	protected Instant now(SourceInfo info) {
		return NOW;
	}
}
