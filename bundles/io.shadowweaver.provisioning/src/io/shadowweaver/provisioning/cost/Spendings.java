// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.provision.Spending;

/**
 * What automation has spent: each machine once, from its call until it was gone. Keeps what ended in this month, so that the month's sum
 * survives that the ledger forgets old entries; after a restart the journal brings them back. One thread.
 */
public final class Spendings {
	private final Map<String, Charge> charges = new LinkedHashMap<>();

	/** Takes up machines, or what has become of them. */
	public void see(Collection<Charge> some) {
		some.forEach(charge -> charges.put(charge.id(), charge));
	}

	/** Forgets what ended before this month. */
	public void forget(Instant now) {
		Instant month = Calendar.MONTH.begin(now);
		charges.values().removeIf(charge -> charge.until().filter(gone -> gone.isBefore(month)).isPresent());
	}

	/** All that is kept; changes with it. */
	public Collection<Charge> charges() {
		return Collections.unmodifiableCollection(charges.values());
	}

	/**
	 * The sums, one for each currency.
	 *
	 * @param settings the caps, which hold for their currency
	 * @param now      the estate's time
	 */
	public List<Spending> sums(CostSettings settings, Instant now) {
		return sums(charges.values(), settings, now);
	}

	/** The same of given charges. Pure. */
	static List<Spending> sums(Collection<Charge> charges, CostSettings settings, Instant now) {
		Map<String, List<Charge>> byCurrency = new TreeMap<>();
		int unpriced = 0;
		for (Charge charge : charges) {
			if (charge.price().isKnown()) {
				byCurrency.computeIfAbsent(charge.price().currency(), code -> new ArrayList<>()).add(charge);
			} else if (charge.runs(now)) {
				unpriced++;
			}
		}
		TreeSet<String> codes = new TreeSet<>(byCurrency.keySet());
		if (settings.isCapped() || codes.isEmpty() && unpriced > 0) {
			codes.add(settings.currency());
		}
		// machines without a price are told once
		String first = codes.contains(settings.currency()) || codes.isEmpty() ? settings.currency() : codes.first();
		List<Spending> sums = new ArrayList<>();
		for (String code : codes) {
			sums.add(sum(code, byCurrency.getOrDefault(code, List.of()), settings, now, code.equals(first) ? unpriced : 0));
		}
		return sums;
	}

	private static Spending sum(String code, List<Charge> charges, CostSettings settings, Instant now, int unpriced) {
		boolean capped = code.equals(settings.currency());
		List<Charge> running = charges.stream().filter(charge -> charge.runs(now) && !charge.coming()).toList();
		double perHour = running.stream().mapToDouble(charge -> charge.price().perHour()).sum();
		double coming = charges.stream().filter(charge -> charge.runs(now) && charge.coming()).mapToDouble(charge -> charge.price().perHour()).sum();
		double hour = since(charges, Calendar.HOUR.begin(now), now);
		double day = since(charges, Calendar.DAY.begin(now), now);
		double month = since(charges, Calendar.MONTH.begin(now), now);
		double saved = Math.min(month, saved(charges, now));
		return new Spending(code, perHour, coming, hour, day, month, cap(capped, settings.hourCap().orElse(null)), cap(capped, settings.dayCap().orElse(null)),
				cap(capped, settings.monthCap().orElse(null)), saved, unpriced, sentence(code, running, perHour, coming, day, month, saved, unpriced));
	}

	private static double cap(boolean holds, Double cap) {
		return holds && cap != null ? cap : Double.POSITIVE_INFINITY;
	}

	private static double since(Collection<Charge> charges, Instant begin, Instant now) {
		return charges.stream().mapToDouble(charge -> charge.within(begin, now)).sum();
	}

	/**
	 * What machines that we removed this month would have cost since; of each at most what it had cost before, for nobody saves more than
	 * would have been spent.
	 */
	private static double saved(Collection<Charge> charges, Instant now) {
		Instant month = Calendar.MONTH.begin(now);
		return charges.stream().filter(charge -> charge.removed() && !charge.runs(now) && !charge.until().get().isBefore(month)).mapToDouble(charge -> {
			Instant gone = charge.until().get();
			double spent = charge.within(charge.from(), gone);
			return Math.min(spent, charge.price().perHour() * Charge.hours(gone, now));
		}).sum();
	}

	private static String sentence(String code, List<Charge> running, double perHour, double coming, double day, double month, double saved, int unpriced) {
		Map<Double, Integer> byPrice = new TreeMap<>();
		running.forEach(charge -> byPrice.merge(charge.price().perHour(), 1, Integer::sum));
		List<String> terms = new ArrayList<>();
		byPrice.forEach((price, count) -> terms.add(String.format(Locale.ROOT, "%d × %.4f", count, price)));
		String now = terms.isEmpty() ? "Nothing of ours runs" : terms.size() > 4 ? running.size() + " machines" : String.join(" + ", terms);
		return now + (terms.isEmpty() ? "" : String.format(Locale.ROOT, " = %.4f %s an hour", perHour, code)) + (coming > 0 ? String.format(Locale.ROOT, ", %.4f coming", coming) : "")
				+ String.format(Locale.ROOT, "; %.2f today, %.2f this month (UTC)", day, month) + (saved > 0 ? String.format(Locale.ROOT, ", %.2f saved by removals", saved) : "")
				+ (unpriced > 0 ? "; of " + unpriced + " machines nobody knows the price" : "") + ".";
	}
}
