// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.topology.Selector;

/** The rules of an estate whose operator has set none. */
public final class DefaultThresholds {
	private static final Selector ANY = new Selector(Map.of());
	private static final double LEVEL = .9;

	private DefaultThresholds() {
	}

	/** The rules: utilisation for what can be full, seconds for latency. */
	public static List<Threshold> all() {
		return List.of(
				rule("cpu", .75, .9, .7, "Add capacity, or look for the process that is new since it rose."),
				rule("memory", .85, .95, .8, "Look for a leak since the last deployment; more memory a member helps, more members may not."),
				new Threshold("default-memory-cache", "memory", "cache", ANY, .95, .99, .9, LEVEL,
						"A cache is meant to be full; beyond this it evicts what is still asked for. Give it more memory."),
				rule("disk", .85, .95, .8, "Free space or enlarge the volume before it is full."),
				rule("network.in", .7, .9, .65, "Spread the traffic over more members or a larger link."),
				rule("network.out", .7, .9, .65, "Spread the traffic over more members or a larger link."),
				rule("requests", .8, .95, .75, "Add members before the peak."),
				rule("latency", .3, .6, .25, "Latency follows load: look at the fullest tier behind it."));
	}

	private static Threshold rule(String metric, double warning, double critical, double recovery, String guidance) {
		return new Threshold("default-" + metric, metric, "", ANY, warning, critical, recovery, LEVEL, guidance);
	}
}
