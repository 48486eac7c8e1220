// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.core.Formats;

/**
 * What an account can make, in the table.
 *
 * @param account  the name of the account
 * @param key      tells it from others
 * @param offer    the offer
 * @param capacity what it holds
 * @param price    an hour of it
 * @param source   who says so, and how old that is
 * @param zones    where
 * @param quota    how many are left
 * @param lead     from call to first healthy traffic, as declared
 */
record OfferRow(String account, String key, Offer offer, String capacity, String price, String source, String zones, String quota, String lead) {
	private static final int UNLIMITED = 1_000_000;
	/** The cheapest first; what has no price last. */
	static final Comparator<OfferRow> CHEAPEST = Comparator
			.comparingDouble((OfferRow row) -> Double.isNaN(row.offer.pricePerHour()) ? Double.MAX_VALUE : row.offer.pricePerHour())
			.thenComparing(OfferRow::key);

	/** The offers of some accounts. */
	static List<OfferRow> of(WeaverState state, List<AccountInfo> accounts) {
		return accounts.stream().flatMap(account -> account.offers().stream().map(offer -> of(state, account, offer))).toList();
	}

	private static OfferRow of(WeaverState state, AccountInfo account, Offer offer) {
		String zones = String.join(", ", offer.zones());
		return new OfferRow(account.name(), account.id() + "/" + offer.id(), offer, capacity(offer.capacity(), state.metrics()), Formats.cost(offer.pricePerHour(), offer.currency()),
				source(offer.price(), state.time()), offer.region().isEmpty() ? zones : zones.isEmpty() ? offer.region() : offer.region() + ": " + zones,
				offer.quotaLeft() == 0 ? "none" : offer.quotaLeft() >= UNLIMITED ? "no limit" : String.valueOf(offer.quotaLeft()),
				Formats.span(offer.leadMedian()) + ", p95 " + Formats.span(offer.leadP95()));
	}

	private static String capacity(Map<String, Double> capacity, Map<String, Metric> metrics) {
		return String.join(", ", new TreeMap<>(capacity).entrySet().stream().map(one -> {
			Metric metric = metrics.get(one.getKey());
			return metric == null ? one.getKey() + " " + Formats.number(one.getValue())
					: metric.name() + " " + Formats.value(SeriesId.ofGroup("any", metric.id()), metric, one.getValue());
		}).toList());
	}

	/** Who says what it costs, and how old that is. */
	static String source(Price price, Instant now) {
		if (!price.isKnown()) {
			return "nobody says a price";
		}
		String source = price.source().isEmpty() ? "the provider" : price.source();
		return price.asOf().map(date -> source + ", " + date + " (" + age(date, now) + ")").orElse(source + ", now");
	}

	private static String age(LocalDate date, Instant now) {
		long days = ChronoUnit.DAYS.between(date, now.atZone(ZoneOffset.UTC).toLocalDate());
		return days < 0 ? "in the future" : days == 0 ? "today" : days == 1 ? "a day old" : days + " days old";
	}
}
