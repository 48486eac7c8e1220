// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Spending;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.Budget;
import io.shadowweaver.provisioning.cost.Charge;
import io.shadowweaver.provisioning.cost.CostSettings;
import io.shadowweaver.provisioning.cost.PriceBook;
import io.shadowweaver.provisioning.cost.Spendings;

/** What things cost in an estate: puts prices on offers and members, and adds up what the ledger's machines cost. One thread. */
final class CostDesk {
	private record Priced(Snapshot from, Snapshot with) {
	}

	private static final int MOST_SAID = 3;

	private final Map<String, String> types;
	private PriceBook book;
	private final Spendings spendings = new Spendings();
	private final Map<String, Priced> priced = new HashMap<>();
	private CostSettings settings;

	/**
	 * @param types types of the accounts' providers, by the accounts' ids
	 */
	CostDesk(ProvisioningSettings settings, Map<String, String> types) {
		this.types = Map.copyOf(types);
		this.settings = capped(settings);
		book = PriceBook.of(settings.cost());
	}

	/** The settings of cost, with the limit on what an hour may cost from the limits of all. */
	static CostSettings capped(ProvisioningSettings settings) {
		return Budget.with(settings.cost(), settings.limits().budgetPerHour(), settings.limits().currency());
	}

	/** From now on with other caps and prices. */
	void settings(ProvisioningSettings other, PriceBook prices) {
		settings = capped(other);
		book = prices;
		priced.clear();
	}

	/** What an account said, at the prices that count. */
	Snapshot priced(String account, Snapshot snapshot) {
		Priced before = priced.get(account);
		if (before == null || before.from() != snapshot) {
			List<Offer> offers = snapshot.offers().stream().map(offer -> book.priced(account, type(account), offer)).toList();
			before = new Priced(snapshot, snapshot.offering(offers));
			priced.put(account, before);
		}
		return before.with();
	}

	private String type(String account) {
		return types.getOrDefault(account, "");
	}

	/** Takes up what the ledger knows; before it forgets. */
	void see(Collection<Entry> entries, Instant now) {
		spendings.see(charges(entries));
		spendings.forget(now);
	}

	/** All machines of this month. */
	Collection<Charge> charges() {
		return spendings.charges();
	}

	/** What a plan can choose from. */
	Market market(Map<String, List<Offer>> offers) {
		return new Market(offers, types, charges());
	}

	/** The guard of the money. */
	GuardOutcome budget(Budget.Addition addition, Instant now) {
		return Budget.check(charges(), addition, settings, now);
	}

	List<Spending> spending(Instant now) {
		return spendings.sums(settings, now);
	}

	/** Machines of a ledger as what they cost; those that were never called for cost nothing. */
	static List<Charge> charges(Collection<Entry> entries) {
		Set<String> removing = new HashSet<>();
		entries.stream().filter(entry -> entry.intent().kind() == Action.Kind.DELETE && !entry.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED))
				.forEach(entry -> removing.add(entry.intent().target()));
		List<Charge> charges = new ArrayList<>();
		entries.stream().filter(Entry::creates).forEach(entry -> {
			Instant from = entry.calledAt() == null ? entry.intent().queuedAt() : entry.calledAt();
			boolean made = !entry.instance().isEmpty();
			boolean failed = entry.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED);
			// what failed is paid for until it is gone, too
			Optional<Instant> until = entry.gone() ? Optional.of(entry.since()) : failed && !made ? Optional.of(from) : Optional.empty();
			boolean removed = entry.gone() && entry.is(QueueEntry.State.READY) && removing.contains(entry.token());
			charges.add(new Charge(entry.token(), entry.intent().group(), entry.intent().price(), from, until, entry.isComing(), removed));
		});
		return charges;
	}

	/**
	 * The prices of what is there and what is coming, by ids of resources; what has no known price is left out.
	 *
	 * @param offers priced, by account
	 */
	Map<String, Price> prices(Collection<GroupView> views, Collection<Entry> entries, Map<String, List<Offer>> offers) {
		Map<String, Map<String, Offer>> byId = new HashMap<>();
		offers.forEach((account, all) -> all.forEach(offer -> byId.computeIfAbsent(account, id -> new HashMap<>()).put(offer.id(), offer)));
		Map<String, Price> prices = new HashMap<>();
		views.forEach(view -> view.liveMembers().forEach(member -> put(prices, member.id(), price(member, byId))));
		entries.stream().filter(entry -> entry.isComing() || entry.isOurs()).forEach(entry -> {
			Offer offer = byId.getOrDefault(entry.intent().provider(), Map.of()).get(entry.intent().offer());
			put(prices, entry.resource(), offer == null ? entry.intent().price() : offer.price());
		});
		return prices;
	}

	private Price price(Resource member, Map<String, Map<String, Offer>> offers) {
		String account = member.label(Resource.PROVIDER);
		String id = member.label(Resource.OFFER);
		if (account.isEmpty() || id.isEmpty()) {
			return Price.UNKNOWN;
		}
		Offer offer = offers.getOrDefault(account, Map.of()).get(id);
		return offer != null && offer.price().isKnown() ? offer.price() : book.price(account, type(account), member.label(Resource.REGION), id);
	}

	private static void put(Map<String, Price> prices, String resource, Price price) {
		if (price.isKnown()) {
			prices.put(resource, price);
		}
	}

	/**
	 * What there is to say of prices: what is wrong with the operator's list, and which offers that groups may use nobody prices. Those are
	 * degraded only under a budget, for it lets none of them be made.
	 *
	 * @param offers priced, by account
	 * @return empty for nothing
	 */
	Optional<Status> status(Collection<GroupView> views, Map<String, List<Offer>> offers, Instant now) {
		List<String> sentences = new ArrayList<>(shortened(book.troubles(), "And %d more."));
		boolean wrong = !sentences.isEmpty();
		Set<String> unpriced = unpriced(views, offers);
		if (!unpriced.isEmpty()) {
			sentences.add("Nobody says what an hour of " + String.join(", ", shortened(List.copyOf(unpriced), "and %d more")) + " costs: it is counted as unknown, never as 0, taken only where nothing with a price is left, "
					+ (settings.isCapped() ? "and not made while there is a budget." : "and would not be made under a budget.") + " A price list can say it.");
		}
		return sentences.isEmpty() ? Optional.empty()
				: Optional.of(new Status(wrong || settings.isCapped() ? Status.State.DEGRADED : Status.State.OK, wrong ? "PRICES" : "UNPRICED", String.join(" ", sentences), now));
	}

	private static List<String> shortened(List<String> all, String more) {
		List<String> shown = new ArrayList<>(all.subList(0, Math.min(MOST_SAID, all.size())));
		if (all.size() > MOST_SAID) {
			shown.add(String.format(Locale.ROOT, more, all.size() - MOST_SAID));
		}
		return shown;
	}

	private static Set<String> unpriced(Collection<GroupView> views, Map<String, List<Offer>> offers) {
		Set<String> unpriced = new TreeSet<>();
		for (GroupView view : views) {
			for (Template template : view.group().templates()) {
				offers.getOrDefault(template.provider(), List.of()).stream().filter(offer -> !offer.price().isKnown())
						.filter(offer -> template.offers().isEmpty() || template.offers().contains(offer.id())).forEach(offer -> unpriced.add(offer.id() + " at " + template.provider()));
			}
		}
		return unpriced;
	}
}
