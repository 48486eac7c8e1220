// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;

/**
 * What things cost, and who says so: the operator's own list wins, then what the provider itself says, then a dated table that
 * comes with this bundle. Immutable; any thread.
 */
public final class PriceBook {
	private final PriceTable table;
	private final PriceList own;

	private PriceBook(PriceTable table, PriceList own) {
		this.table = table;
		this.own = own;
	}

	/** With the shipped table, and a list of the operator's own over it. */
	public static PriceBook of(PriceList own) {
		return new PriceBook(PriceTable.shipped(), own);
	}

	/** With what settings name. That a list cannot be read, or is wrong, is in {@link #troubles()}. */
	public static PriceBook of(CostSettings settings) {
		return of(settings.priceList().filter(file -> !file.isBlank()).map(file -> PriceList.read(Path.of(file))).orElse(PriceList.NONE));
	}

	/** What is wrong with the operator's list, or was taken otherwise than it is written. */
	public List<String> troubles() {
		return own.errors().isEmpty() ? own.notes() : own.errors();
	}

	/**
	 * The price of an offer that is not at hand any more, such as that of a running machine.
	 *
	 * @param account id of the account
	 * @param type    type of its provider
	 * @param region  where
	 * @param offer   id of the offer
	 * @return not known where neither list nor table says
	 */
	public Price price(String account, String type, String region, String offer) {
		return own(account, type, region, offer).or(() -> table.find(type, region, offer)).orElse(Price.UNKNOWN);
	}

	/** An offer at the price that counts. */
	public Offer priced(String account, String type, Offer offer) {
		Optional<Price> listed = own(account, type, offer.region(), offer.id());
		if (listed.isEmpty() && !offer.price().isKnown()) {
			listed = table.find(type, offer.region(), offer.id()).or(() -> table.find(type, offer.region(), offer.name()));
		}
		return listed.filter(price -> !price.equals(offer.price())).map(offer::with).orElse(offer);
	}

	private Optional<Price> own(String account, String type, String region, String offer) {
		return own.find(account, region, offer).or(() -> own.find(type, region, offer));
	}

	/**
	 * A price for the operator: what, by whom, and how old.
	 *
	 * @param price the price
	 * @param today the estate's day, UTC
	 */
	public static String sentence(Price price, LocalDate today) {
		if (!price.isKnown()) {
			return "not known";
		}
		String text = String.format(Locale.ROOT, "%.4f %s an hour", price.perHour(), price.currency());
		String source = price.source().isEmpty() ? ", by the provider" : ", by " + price.source();
		return text + source + price.asOf().map(date -> " of " + date + ", " + age(date, today)).orElse("");
	}

	private static String age(LocalDate date, LocalDate today) {
		Period age = Period.between(date, today);
		if (age.isNegative() || age.toTotalMonths() == 0) {
			return age.isNegative() ? "which is yet to come" : age.getDays() + " days old";
		}
		return age.toTotalMonths() < 24 ? age.toTotalMonths() + " months old" : age.getYears() + " years old";
	}
}
