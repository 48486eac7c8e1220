// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** What Azure takes as a name, made from what it may not take. */
final class Names {
	private static final int LONGEST_STEM = 40;
	private static final int MARK = 13;
	private static final String INTERFACE = "-nic";

	private Names() {
	}

	/** Whether something in a resource group may be called so. */
	static boolean isName(String text) {
		return text.matches("[A-Za-z0-9]([\\w.-]{0,78}[\\w])?");
	}

	/** The name of a machine: what it is called, and the token's mark, so that a resource group cannot hold two of one token. */
	static String machine(String name, String token) {
		String stem = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
		stem = stem.substring(0, Math.min(stem.length(), LONGEST_STEM)).replaceAll("-+$", "");
		String mark = UUID.nameUUIDFromBytes(("shadowweaver machine " + token).getBytes(StandardCharsets.UTF_8)).toString().substring(0, MARK);
		return (stem.isEmpty() ? "sw" : stem) + "-" + mark;
	}

	/** The name of the interface of a machine. */
	static String networkInterface(String machine) {
		return machine + INTERFACE;
	}

	/** The machine whose interface has a name. */
	static String machineOf(String networkInterface) {
		return networkInterface.endsWith(INTERFACE) ? networkInterface.substring(0, networkInterface.length() - INTERFACE.length()) : networkInterface;
	}

	/** The last part of an id, which names what is there. */
	static String last(String id) {
		return id.substring(id.lastIndexOf('/') + 1);
	}
}
