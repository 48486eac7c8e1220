// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.ui.act.Quantity.Kind;

/** What is filled in of a scaling group, as text, and what it comes to. Immutable. */
public record GroupDraft(String min, String max, String step, String zones, String maxSkew, boolean survivesZoneLoss, String requires, String readiness,
		String drain, List<Template> templates) {
	/** The least number of members. */
	static final Quantity MIN = Quantity.of("min", "Least members", Kind.COUNT, 0, 100_000, 0, "Never fewer");
	/** The largest number of members. */
	static final Quantity MAX = Quantity.of("max", "Most members", Kind.COUNT, 0, 100_000, 100, "Never more; a plan that needs more says so");
	/** Members are added in multiples of it. */
	static final Quantity STEP = Quantity.of("step", "Step", Kind.COUNT, 1, 1_000, 1, "Members are added in multiples of this");
	/** The largest difference between two zones. */
	static final Quantity SKEW = Quantity.of("skew", "Largest skew", Kind.COUNT, 1, 1_000, 1, "The largest difference of members between two zones");
	/** How long a member drains. */
	static final Quantity DRAIN = Quantity.of("drain", "Drain", Kind.SPAN, 0, 86_400, 0, "How long a member takes no new work before it is removed");
	private static final String READINESS = "Readiness must be 'traffic' (first healthy traffic), 'running', 'tcp:PORT' or an address http://… with {address} in it, not '";

	/** Copies. */
	public GroupDraft {
		templates = List.copyOf(templates);
	}

	/** The group as it is now. */
	public static GroupDraft of(ScalingGroup group) {
		Placement placement = group.placement();
		return new GroupDraft(MIN.text(group.min()), MAX.text(group.max()), STEP.text(group.step()), String.join(", ", placement.zones()), SKEW.text(placement.maxSkew()),
				placement.survivesZoneLoss(), labels(placement.requires()), group.readinessCheck(), DRAIN.text(group.drain().toSeconds()), group.templates());
	}

	/**
	 * What is decided, over what was decided before.
	 *
	 * @throws IllegalArgumentException naming the field that is wrong and what is allowed
	 */
	public GroupSettings settings(GroupSettings before) {
		int least = MIN.read(min).orElseThrow().intValue();
		int most = MAX.read(max).orElseThrow().intValue();
		if (least > most) {
			throw new IllegalArgumentException("Most members (" + most + ") must not be below least members (" + least + ").");
		}
		int multiple = STEP.read(step).orElseThrow().intValue();
		Placement placement = new Placement(list(zones), SKEW.read(maxSkew).orElseThrow().intValue(), survivesZoneLoss, labels("Required labels", requires));
		Duration drained = Quantity.span(DRAIN.read(drain).orElseThrow());
		return new GroupSettings(before.group(), before.name(), before.members(), before.scaling(), before.owner(), Optional.of(least), Optional.of(most),
				Optional.of(multiple), Optional.of(templates), Optional.of(placement), before.demand(), Optional.of(readiness(readiness.strip())), Optional.of(drained));
	}

	private static String readiness(String check) {
		boolean port = check.matches("tcp:\\d{1,5}") && Integer.parseInt(check.substring(4)) >= 1 && Integer.parseInt(check.substring(4)) <= 65_535;
		if (check.equals("traffic") || check.equals("running") || port || check.matches("https?://\\S*\\{address}\\S*")) {
			return check;
		}
		throw new IllegalArgumentException(READINESS + check + "'.");
	}

	/**
	 * How new members are made in one account.
	 *
	 * @param known ids of the offers that the account has; empty while they are not known
	 * @throws IllegalArgumentException naming the field that is wrong
	 */
	static Template template(String account, String offers, List<String> known, String image, String network, String userData, String tags, String registration) {
		if (account.isBlank()) {
			throw new IllegalArgumentException("Account: choose one.");
		}
		List<String> wanted = list(offers);
		for (String offer : wanted) {
			if (!known.isEmpty() && !known.contains(offer)) {
				throw new IllegalArgumentException("Offers: " + account + " has no '" + offer + "'; it has " + String.join(", ", known) + ".");
			}
		}
		return new Template(account, wanted, image.strip(), network.strip(), userData, labels("Tags", tags), registration.strip());
	}

	/** Parts between commas. */
	static List<String> list(String text) {
		return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
	}

	/** Labels as they are written in a field. */
	static String labels(Map<String, String> labels) {
		List<String> parts = new ArrayList<>();
		labels.forEach((key, value) -> parts.add(key + "=" + value));
		return String.join(", ", parts.stream().sorted().toList());
	}

	private static Map<String, String> labels(String field, String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String part : list(text)) {
			String[] pair = part.split("=", 2);
			if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank()) {
				throw new IllegalArgumentException(field + ": '" + part + "' is not of the form label=value.");
			}
			labels.put(pair[0].strip(), pair[1].strip());
		}
		return labels;
	}
}
