// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;

/**
 * Which offer a plan takes: of those that the template allows and that can be had in an allowed zone, the cheapest that meets the
 * need within its quota; when none meets it, the one that comes nearest. Pure.
 */
final class OfferChoice {
	/** How many members are missing until a time, if they are of one size. */
	@FunctionalInterface
	interface Missing {
		/**
		 * @param offer what they are made from
		 * @param unit  safe demand of one by metric
		 * @return how many are missing, within the limits of the group
		 */
		int of(Offer offer, Map<String, Double> unit);
	}

	/**
	 * What was chosen.
	 *
	 * @param offer        the offer
	 * @param unit         safe demand of one of it
	 * @param wanted       how many would meet the need
	 * @param count        how many can be had, at least 1
	 * @param zones        where
	 * @param alternatives the others, and why they lost
	 */
	record Choice(Offer offer, Map<String, Double> unit, int wanted, int count, List<String> zones,
			List<Plan.Alternative> alternatives) {
		double costPerHour() {
			return count * offer.pricePerHour();
		}
	}

	/**
	 * A choice, or why there is none.
	 *
	 * @param choice  empty when nothing can be made
	 * @param trouble why
	 */
	record Result(Optional<Choice> choice, String trouble) {
	}

	private OfferChoice() {
	}

	static Result choose(GroupView view, List<Offer> offers, Missing missing, List<Entry> notYetMade) {
		List<Choice> possible = new ArrayList<>();
		List<Plan.Alternative> lost = new ArrayList<>();
		for (String id : view.group().template().offers()) {
			Optional<Offer> offer = offers.stream().filter(one -> one.id().equals(id)).findFirst();
			if (offer.isEmpty()) {
				lost.add(new Plan.Alternative(id, Double.NaN, "the provider does not offer it"));
				continue;
			}
			weigh(view, offer.get(), missing, notYetMade, possible, lost);
		}
		if (possible.isEmpty()) {
			List<String> reasons = lost.stream().map(one -> one.sentence() + ": " + one.reason()).toList();
			return new Result(Optional.empty(), reasons.isEmpty() ? "the template names no offer" : String.join("; ", reasons));
		}
		Choice best = possible.get(0);
		for (Choice one : possible) {
			if (better(one, best)) {
				best = one;
			}
		}
		for (Choice one : possible) {
			if (one != best) {
				lost.add(new Plan.Alternative(one.wanted() + " × " + one.offer().name(), one.wanted() * one.offer().pricePerHour(), why(one, best)));
			}
		}
		return new Result(Optional.of(new Choice(best.offer(), best.unit(), best.wanted(), best.count(), best.zones(), lost)), "");
	}

	private static void weigh(GroupView view, Offer offer, Missing missing, List<Entry> notYetMade, List<Choice> possible,
			List<Plan.Alternative> lost) {
		List<String> zones = ZoneSpread.allowed(view, offer.zones());
		Map<String, Double> unit = Capacities.unit(view, view.group().template().provider(), offer);
		// the quota that the provider told does not yet know of what is about to be called
		int reserved = (int) notYetMade.stream().filter(entry -> entry.intent().provider().equals(view.group().template().provider()) && entry.intent().offer().equals(offer.id())).count();
		int left = offer.quotaLeft() - reserved;
		String reason = zones.isEmpty() ? "it is offered in no allowed zone"
				: unit.isEmpty() ? "nobody knows what it carries" : left < 1 ? "its quota is used up" : "";
		if (!reason.isEmpty()) {
			lost.add(new Plan.Alternative(offer.name(), offer.pricePerHour(), reason));
			return;
		}
		int wanted = missing.of(offer, unit);
		if (wanted < 1) {
			lost.add(new Plan.Alternative(offer.name(), offer.pricePerHour(), "it does not raise what binds the group"));
			return;
		}
		possible.add(new Choice(offer, unit, wanted, Math.min(wanted, left), zones, List.of()));
	}

	private static boolean better(Choice one, Choice best) {
		double met = (double) one.count() / one.wanted();
		double bestMet = (double) best.count() / best.wanted();
		if (met != bestMet) {
			return met > bestMet;
		}
		double cost = one.wanted() * one.offer().pricePerHour();
		double bestCost = best.wanted() * best.offer().pricePerHour();
		// a price that nobody knows is no bargain
		return cost < bestCost || !Double.isNaN(cost) && Double.isNaN(bestCost);
	}

	private static String why(Choice one, Choice best) {
		if ((double) one.count() / one.wanted() < (double) best.count() / best.wanted()) {
			return "its quota leaves " + one.count() + " of " + one.wanted();
		}
		double more = one.wanted() * one.offer().pricePerHour() - best.wanted() * best.offer().pricePerHour();
		return Double.isNaN(more) ? "its price is not known"
				: more == 0 ? "it costs the same and comes later in the template"
						: String.format(Locale.ROOT, "it costs %.3f %s more an hour", more, one.offer().currency());
	}
}
