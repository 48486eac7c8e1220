// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.CostSettings;

/**
 * Of all that the accounts of a group's templates offer, what a plan may take; and why not the rest. Pure.
 *
 * @param all      in order of preference
 * @param lost     what cannot be taken, with the reason
 * @param currency of the comparison; empty where no price is known
 * @param best     the least that an hour of a reference member costs; {@code NaN} where no price is known
 */
record Candidates(List<Candidate> all, List<Plan.Alternative> lost, String currency, double best) {
	/** More are not weighed against each other: the dearest for what they carry are left out. */
	private static final int MOST = 24;
	/** So much dearer than the dearest is what nobody prices. */
	private static final double UNPRICED = 1.5;

	/**
	 * @param view       the group
	 * @param market     what there is
	 * @param notYetMade intents of any group whose machines the accounts have not made yet
	 * @param leads      expected leads
	 * @param settings   of all
	 * @param now        the estate's time
	 */
	static Candidates of(GroupView view, Market market, List<Entry> notYetMade, LeadTimes leads, ProvisioningSettings settings, Instant now) {
		Selection selection = new Selection(view, market, notYetMade, leads, settings, now);
		view.group().templates().forEach(selection::template);
		Map<String, Double> reference = Capacities.unit(view);
		double dearest = selection.taken.stream().filter(Candidate::priced).mapToDouble(one -> one.merit(reference)).max().orElse(1);
		List<Candidate> priced = new ArrayList<>();
		for (Candidate one : selection.taken) {
			// a price that nobody knows is no bargain
			priced.add(one.priced() ? one : one.priced(UNPRICED * dearest / new Candidate(one.account(), one.offer(), one.unit(), one.lead(), one.ready(), one.quota(), one.zones(), 1, true, 0).merit(reference)));
		}
		if (priced.size() > MOST) {
			priced = new ArrayList<>(priced.stream().sorted(Comparator.comparingDouble((Candidate one) -> one.merit(reference)).thenComparingInt(Candidate::order)).limit(MOST).toList());
			priced.sort(Comparator.comparingInt(Candidate::order));
		}
		double best = priced.stream().filter(Candidate::priced).mapToDouble(one -> one.merit(reference)).min().orElse(Double.NaN);
		return new Candidates(List.copyOf(priced), List.copyOf(selection.lost), selection.currency, best);
	}

	/** When the first of them could be ready. */
	Optional<Instant> earliest() {
		return all.stream().map(Candidate::ready).min(Comparator.naturalOrder());
	}

	/** Without some, which are said to have lost for a reason. */
	Candidates without(List<Candidate> dropped, String reason) {
		List<Candidate> rest = new ArrayList<>(all);
		rest.removeAll(dropped);
		List<Plan.Alternative> more = new ArrayList<>(lost);
		dropped.forEach(one -> more.add(new Plan.Alternative(one.offer().name(), one.offer().pricePerHour(), reason)));
		return new Candidates(rest, more, currency, best);
	}

	/** Why there is none. */
	String trouble() {
		List<String> reasons = lost.stream().limit(6).map(one -> one.sentence() + ": " + one.reason()).toList();
		return reasons.isEmpty() ? "no account offers anything" : String.join("; ", reasons);
	}

	/** Walks through templates. */
	private static final class Selection {
		final List<Candidate> taken = new ArrayList<>();
		final List<Plan.Alternative> lost = new ArrayList<>();
		private final GroupView view;
		private final Market market;
		private final List<Entry> notYetMade;
		private final LeadTimes leads;
		private final ProvisioningSettings settings;
		private final Instant now;
		private String currency;

		Selection(GroupView view, Market market, List<Entry> notYetMade, LeadTimes leads, ProvisioningSettings settings, Instant now) {
			this.view = view;
			this.market = market;
			this.notYetMade = notYetMade;
			this.leads = leads;
			this.settings = settings;
			this.now = now;
			currency = CostDesk.capped(settings).currency();
		}

		void template(Template template) {
			List<Offer> offers = market.offers().get(template.provider());
			if (offers == null) {
				lost.add(new Plan.Alternative("account " + template.provider(), Double.NaN, "it has not answered yet"));
				return;
			}
			if (template.offers().isEmpty()) {
				offers.forEach(offer -> weigh(template, offer));
				return;
			}
			for (String id : template.offers()) {
				offers.stream().filter(one -> one.id().equals(id)).findFirst().ifPresentOrElse(offer -> weigh(template, offer),
						() -> lost.add(new Plan.Alternative(id, Double.NaN, "the provider does not offer it")));
			}
		}

		private void weigh(Template template, Offer offer) {
			String account = template.provider();
			List<String> zones = zones(offer);
			Map<String, Double> unit = Capacities.unit(view, account, offer);
			// the quota that the provider told does not yet know of what is about to be called
			int reserved = (int) notYetMade.stream().filter(entry -> entry.intent().provider().equals(account) && entry.intent().offer().equals(offer.id())).count();
			int left = offer.quotaLeft() - reserved;
			double price = price(offer);
			String reason = unmet(template, offer);
			if (reason.isEmpty()) {
				reason = zones.isEmpty() ? "it is offered in no allowed zone" : unit.isEmpty() ? "nobody knows what it carries"
						: left < 1 ? "its quota is used up" : Double.isNaN(price) && CostDesk.capped(settings).isCapped() ? unpriced(offer) + ", and there is a budget" : "";
			}
			if (!reason.isEmpty()) {
				lost.add(new Plan.Alternative(offer.name(), offer.pricePerHour(), reason));
				return;
			}
			LeadTimes.Lead lead = leads.of(account, offer.id());
			taken.add(new Candidate(account, offer, unit, lead, now.plus(toReady(view, settings, lead)), left, zones, price, !Double.isNaN(price), taken.size()));
		}

		private double price(Offer offer) {
			if (!offer.price().isKnown()) {
				return Double.NaN;
			}
			if (currency.isEmpty()) {
				currency = offer.currency();
			}
			CostSettings cost = settings.cost();
			return offer.currency().equals(currency) ? offer.pricePerHour() : offer.pricePerHour() * (cost.currency().isEmpty() ? Double.NaN : cost.rates().getOrDefault(offer.currency(), Double.NaN));
		}

		private String unpriced(Offer offer) {
			return offer.price().isKnown() ? "its price is in " + offer.currency() + ", without a rate to " + currency : "its price is not known";
		}

		private List<String> zones(Offer offer) {
			List<String> zones = ZoneSpread.allowed(view, offer.zones());
			String demanded = view.group().placement().requires().get(Resource.ZONE);
			return demanded == null ? zones : zones.stream().filter(demanded::equals).toList();
		}

		/** The label that a new member would not have. */
		private String unmet(Template template, Offer offer) {
			Placement placement = view.group().placement();
			for (Map.Entry<String, String> label : new java.util.TreeMap<>(placement.requires()).entrySet()) {
				String wanted = label.getValue();
				boolean met = switch (label.getKey()) {
				case Resource.PROVIDER -> wanted.equals(template.provider()) || wanted.equals(market.types().get(template.provider()));
				case Resource.REGION -> wanted.equals(offer.region());
				case Resource.ZONE -> zones(offer).contains(wanted);
				case Resource.OFFER -> wanted.equals(offer.id()) || wanted.equals(offer.name());
				default -> wanted.equals(template.tags().get(label.getKey()));
				};
				if (!met) {
					return "it does not meet " + label.getKey() + "=" + wanted;
				}
			}
			return "";
		}
	}

	/** From a decision now to the first healthy traffic: a person's wait where one must approve, and the lead with its margin. */
	static Duration toReady(GroupView view, ProvisioningSettings settings, LeadTimes.Lead lead) {
		Duration approval = view.mode() == Mode.PROPOSE ? settings.planning().approvalWait() : Duration.ZERO;
		return approval.plus(lead.p95()).plus(settings.planning().leadMargin());
	}
}
