// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;

/** What a workbench shows that was never told anything: this machine, and a simulated fleet beside it. */
public final class DefaultEstates {
	/** The id of the estate of this machine. */
	public static final String HOST = "host";
	/** The id of the simulated estate. */
	public static final String SIMULATED = "simulated";

	private DefaultEstates() {
	}

	/** This machine, live. */
	public static EstateConfig host() {
		return new EstateConfig(HOST, "This machine", List.of(new Connection(HOST, HOST, "This machine", Map.of())), List.of(),
				List.of(log()), 1, Duration.ZERO, Map.of(), List.of(), List.of());
	}

	/**
	 * A simulated fleet.
	 *
	 * @param speed estate seconds a real second
	 * @param settings of the simulation, over its defaults
	 * @return its configuration, with a provider over the same fleet
	 */
	public static EstateConfig simulated(double speed, Map<String, String> settings) {
		return new EstateConfig(SIMULATED, "Simulated fleet", List.of(new Connection("fleet", SIMULATED, "Simulated fleet", settings)),
				List.of(new Connection(SIMULATED, SIMULATED, "Simulated cloud", Map.of())), List.of(log()), speed, Duration.ZERO, Map.of(),
				List.of(), List.of());
	}

	private static Connection log() {
		return new Connection("log", "log", "Alert log", Map.of());
	}
}
