// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which sizes the template of a stack allows by the limits of a parameter. Constraints of other kinds are left to Heat, which checks all of them.
 *
 * @param least smallest size, at least 0
 * @param most  largest size
 */
record SizeRange(long least, long most) {
	private static final SizeRange ANY = new SizeRange(0, Long.MAX_VALUE);

	/**
	 * Reads what a parameter declares.
	 *
	 * @param template  as Heat shows it: a Heat Orchestration Template, or one in the form of CloudFormation
	 * @param parameter its name
	 */
	static SizeRange of(JsonNode template, String parameter) {
		JsonNode declared = template.path("parameters").path(parameter);
		SizeRange range = ANY;
		for (JsonNode constraint : declared.path("constraints")) {
			JsonNode limits = constraint.path("range");
			range = range.within(limits.path("min"), limits.path("max"));
		}
		JsonNode formation = template.path("Parameters").path(parameter);
		return range.within(formation.path("MinValue"), formation.path("MaxValue"));
	}

	/** Narrowed by limits that are numbers or texts of numbers; one that is missing narrows nothing. */
	private SizeRange within(JsonNode min, JsonNode max) {
		return new SizeRange(Math.max(least, (long) Math.ceil(min.asDouble(least))), Math.min(most, (long) Math.floor(max.asDouble(most))));
	}

	boolean contains(int size) {
		return size >= least && size <= most;
	}

	/** As a sentence says it. */
	@Override
	public String toString() {
		return most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
	}
}
