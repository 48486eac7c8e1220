// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;

/** What a plan would do, as far as that can be said without asking anybody: all but what it takes to make a machine. */
final class DryRuns {
	/**
	 * A dry run whose creations have no calls yet.
	 *
	 * @param run     all but those calls
	 * @param intents one for each step, in their order
	 */
	record Rehearsal(DryRun run, List<Intent> intents) {
	}

	private DryRuns() {
	}

	/**
	 * @param intents  what would be journalled
	 * @param outcomes what all guards say
	 * @param offers   by account
	 */
	static Rehearsal of(Plan plan, List<Intent> intents, List<GuardOutcome> outcomes, Map<String, List<Offer>> offers, Instant now) {
		List<DryRun.Step> steps = intents.stream().map(intent -> new DryRun.Step(intent.token(), intent.provider(), calls(intent), trouble(intent, offers))).toList();
		List<String> undone = new ArrayList<>(intents.stream().map(DryRuns::undone).toList());
		Collections.reverse(undone);
		String refusal = Guards.refusal(outcomes).map(outcome -> "Refused by " + outcome.guard() + ": " + outcome.sentence()).orElse("");
		return new Rehearsal(new DryRun(plan.id(), now, List.of(), outcomes, cost(plan, intents), quota(intents, offers), undone, refusal).with(steps), intents);
	}

	/** What has no parameters that only the provider knows. */
	private static List<String> calls(Intent intent) {
		return switch (intent.kind()) {
		case DELETE -> List.of("drain " + intent.instance(), "delete " + intent.instance());
		case SET_SIZE -> List.of("set size of " + intent.group() + " to " + intent.size());
		case CREATE, RESIZE -> List.of();
		};
	}

	private static String trouble(Intent intent, Map<String, List<Offer>> offers) {
		if (!offers.containsKey(intent.provider())) {
			return "The account " + intent.provider() + " has not answered yet.";
		}
		boolean missing = intent.kind() == Action.Kind.CREATE && find(intent, offers).isEmpty();
		return missing ? "The account " + intent.provider() + " offers no " + intent.offer() + " any more." : "";
	}

	private static Optional<Offer> find(Intent intent, Map<String, List<Offer>> offers) {
		return offers.getOrDefault(intent.provider(), List.of()).stream().filter(offer -> offer.id().equals(intent.offer())).findFirst();
	}

	private static String cost(Plan plan, List<Intent> intents) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		Map<String, Intent> kinds = new LinkedHashMap<>();
		intents.stream().filter(intent -> intent.kind() == Action.Kind.CREATE || intent.kind() == Action.Kind.DELETE).forEach(intent -> {
			String key = intent.kind() + " " + intent.provider() + " " + intent.offer() + " " + intent.price();
			counts.merge(key, 1, Integer::sum);
			kinds.putIfAbsent(key, intent);
		});
		if (kinds.isEmpty()) {
			return "What it costs is the owner's to say: the group is asked for another size.";
		}
		List<String> terms = new ArrayList<>();
		double sum = 0;
		for (Map.Entry<String, Intent> kind : kinds.entrySet()) {
			int count = counts.get(kind.getKey());
			Intent one = kind.getValue();
			terms.add(count + " × " + Texts.money(one.costPerHour(), one.price().currency()) + (one.offer().isEmpty() ? "" : " (" + one.offer() + " at " + one.provider() + ")"));
			sum += count * one.costPerHour();
		}
		String currency = kinds.values().iterator().next().price().currency();
		boolean one = kinds.values().stream().allMatch(intent -> intent.price().currency().equals(currency));
		return String.join(" + ", terms) + (one ? " = " + Texts.money(sum, currency) + " an hour." : " an hour.") + (Double.isNaN(sum) ? " What nobody prices is in no sum, and no budget lets it be made." : "") + (plan.arithmetic().isEmpty() ? "" : " " + plan.arithmetic());
	}

	private static List<String> quota(List<Intent> intents, Map<String, List<Offer>> offers) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		Map<String, Intent> kinds = new LinkedHashMap<>();
		intents.stream().filter(intent -> intent.kind() == Action.Kind.CREATE).forEach(intent -> {
			counts.merge(intent.provider() + "/" + intent.offer(), 1, Integer::sum);
			kinds.putIfAbsent(intent.provider() + "/" + intent.offer(), intent);
		});
		List<String> sentences = new ArrayList<>();
		kinds.forEach((key, intent) -> find(intent, offers).ifPresent(offer -> {
			int count = counts.get(key);
			sentences.add("The account " + intent.provider() + " has room for " + offer.quotaLeft() + " more " + offer.name() + ", and for " + Math.max(0, offer.quotaLeft() - count) + " after it"
					+ (offer.quotaLeft() < count ? ": that is not enough for " + count : "") + ".");
		}));
		return sentences;
	}

	private static String undone(Intent intent) {
		return switch (intent.kind()) {
		case CREATE -> "Delete the machine with the token " + intent.token() + " at " + intent.provider() + ".";
		case DELETE -> "Make a machine like " + intent.resource() + " again at " + intent.provider() + ": what was on it is lost.";
		case SET_SIZE, RESIZE -> "Ask the owner at " + intent.provider() + " for the size before.";
		};
	}
}
