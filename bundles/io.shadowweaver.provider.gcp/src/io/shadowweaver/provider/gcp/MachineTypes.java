// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** What machine types are: asked for what is offered, remembered for what runs, since a type never changes. */
final class MachineTypes {
	private static final double MEBIBYTE = 1024 * 1024;

	/**
	 * @param name   such as e2-standard-2
	 * @param cores  virtual processors, positive
	 * @param memory in bytes
	 */
	record Type(String name, int cores, double memory) {
		static Type of(JsonNode json) {
			return new Type(json.path("name").asText(), Math.max(1, json.path("guestCpus").asInt()), json.path("memoryMb").asDouble() * MEBIBYTE);
		}

		/** What 'full' is, by metric. */
		Map<String, Double> capacity() {
			return Map.of("cpu", (double) cores, "memory", memory);
		}

		/** For the operator. */
		String label() {
			double gibibytes = memory / MEBIBYTE / 1024;
			return name + ", " + cores + " vCPUs, " + (gibibytes == Math.rint(gibibytes) ? Long.toString((long) gibibytes)
					: String.format(Locale.ROOT, "%.1f", gibibytes)) + " GiB";
		}
	}

	/**
	 * @param type  what it is
	 * @param zones where it can be had, sorted
	 */
	record Offered(Type type, List<String> zones) {
	}

	private final Compute compute;
	private final GcpSettings settings;
	private final Map<String, Optional<Type>> known = new HashMap<>();

	MachineTypes(Compute compute, GcpSettings settings) {
		this.compute = compute;
		this.settings = settings;
	}

	/** What may be made in these zones, by name; what is deprecated is left out. */
	List<Offered> offered(List<String> zones) throws IOException {
		Map<String, Type> types = new TreeMap<>();
		Map<String, List<String>> where = new HashMap<>();
		for (String zone : zones) {
			for (JsonNode json : compute.list("zones/" + zone + "/machineTypes", "name eq \"" + settings.typePattern() + "\"")) {
				Type type = Type.of(json);
				if (settings.offers(type.name()) && json.path("deprecated").path("state").asText("ACTIVE").equals("ACTIVE")) {
					types.put(type.name(), type);
					where.computeIfAbsent(type.name(), name -> new ArrayList<>()).add(zone);
				}
			}
		}
		return types.values().stream().map(type -> new Offered(type, List.copyOf(where.get(type.name())))).toList();
	}

	/** The capacity of a type that runs in a zone; empty where Compute Engine knows it no more. */
	Map<String, Double> capacity(String zone, String name) throws IOException {
		Optional<Type> type = known.get(name);
		if (type == null) {
			type = compute.find("zones/" + zone + "/machineTypes/" + name).map(Type::of);
			known.put(name, type);
		}
		return type.map(Type::capacity).orElse(Map.of());
	}
}
