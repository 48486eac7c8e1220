// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Limits;

/** An estate of the whole engine over {@link SyntheticSource} with the cheap model, and the API that answers from it on loopback. */
final class ServedEstate implements AutoCloseable {
	/** Its id. */
	static final String ID = "bench";
	private static final int METRICS = 5;
	private static final int MOST_TICKS = 30;

	private final SyntheticSource source;
	private final Weaver weaver;
	private final ApiServer server;

	/** Ticks until each series has its forecast. */
	ServedEstate(Path folder, int resources) throws Exception {
		source = new SyntheticSource(resources * METRICS);
		Connection connection = new Connection("memory", "memory", "Memory", Map.of());
		EstateConfig config = new EstateConfig(ID, "Bench", List.of(connection), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
		MetricSourceFactory factory = (settings, context) -> source;
		EstateParts parts = new EstateParts(Files.createDirectories(folder), Instant::now, List.of(new EstateParts.Part<>(connection, () -> factory, Settings.of(List.of(), Map.of()))), List.of(),
				List.of(), FleetRun.models().stream().filter(candidate -> candidate.id().equals("naive")).toList(), Runnable::run);
		weaver = new Weaver(config, parts, ProvisioningSettings.defaults(), false, id -> true);
		weaver.prepare();
		for (int tick = 0; tick < MOST_TICKS && forecasts() < source.series(); tick++) {
			weaver.step();
		}
		if (forecasts() < source.series()) {
			throw new IllegalStateException("only " + forecasts() + " of " + source.series() + " series are forecast");
		}
		// nothing but the machine is to be the limit
		Limits limits = Limits.DEFAULT;
		server = new ApiServer(ServerSettings.LOOPBACK.withLimits(new Limits(1_000_000, limits.failuresPerMinute(), limits.bodyBytes(), limits.connections(), limits.streams(),
				limits.streamsPerCaller(), limits.time(), limits.idle())), () -> List.of(weaver));
		server.start();
	}

	/** How many series have a forecast now. */
	int forecasts() {
		SeriesPages series = weaver.state().series();
		int count = 0;
		for (int slot = 0; slot < series.size(); slot++) {
			count += series.forecast(slot).filter(Forecast::isPresent).isPresent() ? 1 : 0;
		}
		return count;
	}

	Weaver weaver() {
		return weaver;
	}

	ApiServer server() {
		return server;
	}

	@Override
	public void close() {
		server.close();
		weaver.close();
	}
}
