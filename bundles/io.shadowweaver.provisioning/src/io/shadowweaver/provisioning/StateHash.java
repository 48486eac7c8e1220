// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;

/** Short hashes that are equal in every process for equal content. */
final class StateHash {
	private StateHash() {
	}

	/** Of what a plan for a group stands on: its definition, who is ready, what is coming. Demand moves each tick and is left out. */
	static String of(GroupView view, Coming coming) {
		ScalingGroup group = view.group();
		TreeSet<String> members = new TreeSet<>();
		view.liveMembers().stream().filter(Sizing::isReady).map(Resource::id).forEach(members::add);
		TreeSet<String> tokens = new TreeSet<>();
		coming.entries().forEach(entry -> tokens.add(entry.resource()));
		return hex(String.join("|", group.id(), group.scaling() + " " + group.owner(), group.min() + " " + group.max() + " " + group.step(),
				group.templates().stream().map(StateHash::text).collect(Collectors.joining(";")),
				group.placement().zones() + " " + group.placement().maxSkew() + " " + group.placement().survivesZoneLoss() + " " + new TreeMap<>(group.placement().requires()), group.demand().toString(), members.toString(), tokens.toString(),
				Integer.toString(coming.asked())), 16);
	}

	private static String text(Template template) {
		return String.join(" ", template.provider(), template.offers().toString(), template.image(), template.network(), template.userData(),
				new TreeMap<>(template.tags()).toString(), template.registration());
	}

	/** The first hexadecimal digits of the SHA-256 of a text. */
	static String hex(String text, int digits) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash).substring(0, digits);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256", e);
		}
	}
}
