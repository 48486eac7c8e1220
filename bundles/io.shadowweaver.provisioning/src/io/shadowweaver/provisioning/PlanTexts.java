// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;

/** What the planner says of a plan: what it makes, what that costs, why the others lost, and how its lead comes about. */
final class PlanTexts {
	private static final int SHOWN = 3;
	private static final int SHOWN_LOST = 6;
	/** Amounts are shown in ten-thousandths, and sums are sums of what is shown. */
	private static final double SHOWN_DIGIT = 1e4;

	private final Candidates candidates;
	private final String currency;

	PlanTexts(Candidates candidates) {
		this.candidates = candidates;
		currency = candidates.currency();
	}

	/** Such as {@code 2 × small + 1 × large}; with the accounts where there are several. */
	String mix(Mix mix) {
		return counts(mix).entrySet().stream().map(one -> one.getValue() + " × " + name(one.getKey())).collect(Collectors.joining(" + "));
	}

	/** Such as {@code 2 more small and 1 more large}. */
	String more(Mix mix) {
		return counts(mix).entrySet().stream().map(one -> one.getValue() + " more " + name(one.getKey())).collect(Collectors.joining(" and "));
	}

	private String name(Candidate one) {
		boolean several = candidates.all().stream().map(Candidate::account).distinct().count() > 1;
		return one.offer().name() + (several ? " at " + one.account() : "");
	}

	private static Map<Candidate, Integer> counts(Mix mix) {
		Map<Candidate, Integer> counts = new LinkedHashMap<>();
		mix.shares().forEach(share -> counts.merge(share.candidate(), share.count(), Integer::sum));
		return counts;
	}

	/** The cost, term by term, so that it can be added up. */
	String arithmetic(Mix mix, double breach, String why) {
		List<String> terms = new ArrayList<>();
		double sum = 0;
		boolean known = mix.isPriced();
		Map<Candidate, Double> hours = new LinkedHashMap<>();
		mix.shares().forEach(share -> hours.put(share.candidate(), share.hours()));
		for (Map.Entry<Candidate, Integer> one : counts(mix).entrySet()) {
			Candidate candidate = one.getKey();
			if (!candidate.priced()) {
				terms.add(one.getValue() + " × an unknown price");
				continue;
			}
			double amount = rounded(one.getValue() * candidate.price() * hours.get(candidate));
			sum += amount;
			terms.add(String.format(Locale.ROOT, "%d × %.4f %s × %.2f h (%.4f)", one.getValue(), candidate.price(), currency, hours.get(candidate), amount));
		}
		double expected = rounded(mix.cost().breach());
		if (!known) {
			return String.join(" + ", terms) + ".";
		}
		return String.join(" + ", terms) + String.format(Locale.ROOT, " + expected breach %.4f %s = %.4f %s; an hour without one member counts %.4f %s, %s.", expected, currency,
				rounded(sum + expected), currency, breach, currency, why);
	}

	private static double rounded(double amount) {
		return Math.round(amount * SHOWN_DIGIT) / SHOWN_DIGIT;
	}

	/** The next best, and why they lost; then what could not be had. */
	List<Plan.Alternative> alternatives(MixPlanner.Found found, Instant neededBy) {
		List<Plan.Alternative> all = new ArrayList<>();
		found.others().stream().limit(SHOWN).forEach(other -> all.add(alternative(other, found.best(), neededBy)));
		candidates.lost().stream().limit(SHOWN_LOST).forEach(all::add);
		return all;
	}

	private Plan.Alternative alternative(Mix other, Mix best, Instant neededBy) {
		MixProblem.Cost cost = other.cost();
		if (cost.shortage() > best.cost().shortage() + 1e-6) {
			Mix wanted = new Mix(other.problem(), other.candidates(), MeritOrder.mix(other.problem().unlimited(), slot -> other.counts()[slot] > 0));
			boolean quota = other.shares().stream().allMatch(share -> other.of(share.candidate()) >= share.candidate().quota());
			return new Plan.Alternative(mix(wanted), wanted.perHour(), (quota ? "its quota leaves " : "the limits of group and budget leave ") + other.total() + " of " + wanted.total());
		}
		return new Plan.Alternative(mix(other), other.perHour(), dearer(other, best, neededBy));
	}

	private String dearer(Mix other, Mix best, Instant neededBy) {
		if (!other.isPriced()) {
			return "its price is not known";
		}
		double more = other.perHour() - best.perHour();
		double total = other.cost().total() - best.cost().total();
		Duration late = Duration.between(neededBy, other.ready());
		if (late.compareTo(Duration.ZERO) > 0 && other.ready().isAfter(best.ready())) {
			return String.format(Locale.ROOT, "it comes %s late, %s later, which makes %.3f %s more in all", Texts.span(late), Texts.span(Duration.between(best.ready(), other.ready())), total, currency);
		}
		if (Double.isNaN(more)) {
			return "it is known to carry no more";
		}
		if (Math.abs(more) < 1e-9 && Math.abs(total) < 1e-9) {
			return "it costs the same and comes later in the order of preference";
		}
		return more > 0 ? String.format(Locale.ROOT, "it costs %.3f %s more an hour", more, currency)
				: String.format(Locale.ROOT, "it costs %.3f %s more in all: %.3f for machines, %.3f for the breach to be expected", total, currency,
						other.cost().machines() - best.cost().machines(), other.cost().breach() - best.cost().breach());
	}

	/** How the lead of a plan comes about, with the number of observations on which it stands. */
	static String lead(GroupView view, ProvisioningSettings.Planning planning, LeadTimes.Lead lead) {
		Duration approval = view.mode() == Mode.PROPOSE ? planning.approvalWait() : Duration.ZERO;
		Duration all = planning.decisionMargin().plus(approval).plus(lead.p95()).plus(planning.leadMargin());
		String basis = lead.observations() >= LeadTimes.ENOUGH ? "measured, n = " + lead.observations() : "declared, n = " + lead.observations() + " of " + LeadTimes.ENOUGH;
		return "lead " + Texts.span(all) + " = decision " + Texts.span(planning.decisionMargin()) + (approval.isZero() ? "" : " + approval " + Texts.span(approval))
				+ " + from the call to the first traffic " + Texts.span(lead.p95()) + " (95th percentile, " + basis + lead.parts() + ") + margin " + Texts.span(planning.leadMargin());
	}
}
