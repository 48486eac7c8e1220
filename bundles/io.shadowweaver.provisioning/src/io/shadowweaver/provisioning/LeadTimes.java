// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.provision.Offer;

/**
 * How long it takes from the call to the first healthy traffic, by provider and offer. Below {@value #ENOUGH} observations the
 * offer's declared lead holds, raised (never lowered) by what was seen. Immutable.
 */
public final class LeadTimes {
	/** From this many observations on, the measured lead holds. */
	public static final int ENOUGH = 20;
	private static final int KEPT = 200;

	/**
	 * A lead.
	 *
	 * @param median       the usual one
	 * @param p95          the 95th percentile, at least the median
	 * @param observations on how many observations it could stand; below {@value LeadTimes#ENOUGH} it is the declared prior
	 * @param warmUp       how much of it usually passes after the machine runs: registration and warm-up; zero while not measured
	 */
	public record Lead(Duration median, Duration p95, int observations, Duration warmUp) {
		/** Without knowing its parts. */
		public Lead(Duration median, Duration p95, int observations) {
			this(median, p95, observations, Duration.ZERO);
		}

		/** Its usual parts, for the operator; empty while they are not measured. */
		String parts() {
			return warmUp.isZero() ? "" : "; usually " + Texts.span(median.minus(warmUp)) + " until it runs and " + Texts.span(warmUp) + " for registration and warm-up";
		}
	}

	/**
	 * What was observed of an offer, oldest first.
	 *
	 * @param leads   milliseconds from the call to the first healthy traffic
	 * @param warmUps milliseconds from running to that
	 */
	record Learned(String provider, String offer, List<Long> leads, List<Long> warmUps) {
	}

	private record Key(String provider, String offer) {
	}

	private final Map<Key, long[]> observed;
	private final Map<Key, long[]> warmUps;
	private final Map<Key, Lead> priors;
	private final Lead fallback;

	/**
	 * Without any observation.
	 *
	 * @param median where nothing is declared
	 * @param p95    the same at the 95th percentile
	 */
	public LeadTimes(Duration median, Duration p95) {
		this(Map.of(), Map.of(), Map.of(), new Lead(median, p95, 0));
	}

	private LeadTimes(Map<Key, long[]> observed, Map<Key, long[]> warmUps, Map<Key, Lead> priors, Lead fallback) {
		this.observed = observed;
		this.warmUps = warmUps;
		this.priors = priors;
		this.fallback = fallback;
	}

	/** The expected lead of an offer. */
	public Lead of(String provider, String offer) {
		Key key = new Key(provider, offer);
		Lead prior = priors.getOrDefault(key, fallback);
		long[] seen = observed.get(key);
		if (seen == null) {
			return prior;
		}
		Duration median = Duration.ofMillis(quantile(seen, .5));
		Duration p95 = Duration.ofMillis(quantile(seen, .95));
		if (seen.length < ENOUGH) {
			median = max(median, prior.median());
			p95 = max(max(p95, prior.p95()), median);
		}
		long[] warm = warmUps.get(key);
		Duration warmUp = warm == null ? Duration.ZERO : Duration.ofMillis(quantile(warm, .5));
		return new Lead(median, p95, seen.length, warmUp.compareTo(median) > 0 ? median : warmUp);
	}

	/** With another lead where nothing is declared. */
	LeadTimes undeclared(Duration median, Duration p95) {
		return new LeadTimes(observed, warmUps, priors, new Lead(median, p95, 0));
	}

	/** With what the offers of a provider declare. */
	LeadTimes declared(String provider, List<Offer> offers) {
		Map<Key, Lead> more = new HashMap<>(priors);
		for (Offer offer : offers) {
			more.put(new Key(provider, offer.id()), new Lead(offer.leadMedian(), offer.leadP95(), 0));
		}
		return more.equals(priors) ? this : new LeadTimes(observed, warmUps, more, fallback);
	}

	/** With one more observation; of each offer the newest {@value #KEPT} count. */
	LeadTimes observed(String provider, String offer, Duration lead) {
		return new LeadTimes(with(observed, new Key(provider, offer), lead), warmUps, priors, fallback);
	}

	/** With one more observation of how long it took from running to the first healthy traffic. */
	LeadTimes warmedUp(String provider, String offer, Duration span) {
		return new LeadTimes(observed, with(warmUps, new Key(provider, offer), span), priors, fallback);
	}

	/** All that was observed, by provider and offer. */
	List<Learned> learned() {
		Set<Key> keys = new HashSet<>(observed.keySet());
		keys.addAll(warmUps.keySet());
		return keys.stream().sorted(Comparator.comparing(Key::provider).thenComparing(Key::offer)).map(key -> new Learned(key.provider(), key.offer(), list(observed, key), list(warmUps, key))).toList();
	}

	/** With these observations instead of its own. */
	LeadTimes with(List<Learned> learned) {
		Map<Key, long[]> leads = new HashMap<>();
		Map<Key, long[]> warm = new HashMap<>();
		for (Learned one : learned) {
			Key key = new Key(one.provider(), one.offer());
			if (!one.leads().isEmpty()) {
				leads.put(key, one.leads().stream().mapToLong(Long::longValue).toArray());
			}
			if (!one.warmUps().isEmpty()) {
				warm.put(key, one.warmUps().stream().mapToLong(Long::longValue).toArray());
			}
		}
		return new LeadTimes(leads, warm, priors, fallback);
	}

	private static List<Long> list(Map<Key, long[]> spans, Key key) {
		return Arrays.stream(spans.getOrDefault(key, new long[0])).boxed().toList();
	}

	private static Map<Key, long[]> with(Map<Key, long[]> spans, Key key, Duration span) {
		List<Long> all = new ArrayList<>();
		for (long value : spans.getOrDefault(key, new long[0])) {
			all.add(value);
		}
		all.add(Math.max(0, span.toMillis()));
		Map<Key, long[]> more = new HashMap<>(spans);
		more.put(key, all.stream().skip(Math.max(0, all.size() - KEPT)).mapToLong(Long::longValue).toArray());
		return more;
	}

	/** Linear between order statistics (type 7 of Hyndman and Fan, 1996). */
	private static long quantile(long[] values, double level) {
		long[] sorted = values.clone();
		Arrays.sort(sorted);
		double at = (sorted.length - 1) * level;
		int low = (int) at;
		int high = Math.min(low + 1, sorted.length - 1);
		return Math.round(sorted[low] + (at - low) * (sorted[high] - sorted[low]));
	}

	private static Duration max(Duration a, Duration b) {
		return a.compareTo(b) >= 0 ? a : b;
	}
}
