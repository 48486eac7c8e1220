// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** What instance types are: asked for what is offered, remembered for what runs, since a type never changes. */
final class InstanceTypes {
	private static final double MEBIBYTE = 1024 * 1024;
	/** The most names that one question takes. */
	private static final int NAMES = 100;

	/**
	 * @param name   such as m7i.large
	 * @param vcpus  virtual processors
	 * @param memory in bytes
	 */
	record Type(String name, int vcpus, double memory) {
		static Type of(InstanceTypeInfo info) {
			return new Type(info.instanceTypeAsString(), info.vCpuInfo().defaultVCpus(), info.memoryInfo().sizeInMiB() * MEBIBYTE);
		}

		/** What 'full' is, by metric. */
		Map<String, Double> capacity() {
			return Map.of("cpu", (double) vcpus, "memory", memory);
		}

		/** For the operator. */
		String label() {
			double gibibytes = memory / MEBIBYTE / 1024;
			return name + ", " + vcpus + " vCPUs, " + (gibibytes == Math.rint(gibibytes) ? Long.toString((long) gibibytes)
					: String.format(Locale.ROOT, "%.1f", gibibytes)) + " GiB";
		}
	}

	private final Ec2Client ec2;
	private final Map<String, Type> known = new HashMap<>();

	InstanceTypes(Ec2Client ec2) {
		this.ec2 = ec2;
	}

	/** The types that fit the names, which may hold {@code *}; those that are gone are absent. */
	List<Type> offered(List<String> names) {
		Map<String, Type> found = new TreeMap<>();
		ec2.describeInstanceTypesPaginator(request -> request.filters(named(names))).instanceTypes()
				.forEach(info -> found.put(info.instanceTypeAsString(), Type.of(info)));
		known.putAll(found);
		return List.copyOf(found.values());
	}

	/** The zones in which they can be had, by name of the type. */
	Map<String, List<String>> zones(List<String> names) {
		Map<String, TreeSet<String>> zones = new HashMap<>();
		for (InstanceTypeOffering offering : ec2.describeInstanceTypeOfferingsPaginator(
				request -> request.locationType(LocationType.AVAILABILITY_ZONE).filters(named(names))).instanceTypeOfferings()) {
			zones.computeIfAbsent(offering.instanceTypeAsString(), key -> new TreeSet<>()).add(offering.location());
		}
		Map<String, List<String>> sorted = new HashMap<>();
		zones.forEach((type, set) -> sorted.put(type, List.copyOf(set)));
		return sorted;
	}

	/** What is known of types that run; those that EC2 does not tell are absent. */
	Map<String, Type> of(Collection<String> names) {
		List<String> missing = names.stream().distinct().filter(name -> !known.containsKey(name)).sorted().toList();
		for (int from = 0; from < missing.size(); from += NAMES) {
			List<String> some = new ArrayList<>(missing.subList(from, Math.min(missing.size(), from + NAMES)));
			ec2.describeInstanceTypesPaginator(request -> request.filters(named(some))).instanceTypes()
					.forEach(info -> known.put(info.instanceTypeAsString(), Type.of(info)));
		}
		return Map.copyOf(known);
	}

	private static Filter named(List<String> names) {
		return Filter.builder().name("instance-type").values(names).build();
	}
}
