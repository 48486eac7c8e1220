// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;

class PriceBookTest {
	private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

	private static Offer offer(String id, String region, Price price) {
		return new Offer(id, id, Map.of(), region, List.of(), price, 9, Duration.ZERO, Duration.ZERO);
	}

	@Test
	void theShippedTableIsDatedAndKnowsTheThreeLargeClouds() {
		PriceBook book = PriceBook.of(PriceList.NONE);
		Price large = book.price("acc", "aws", "eu-west-1", "m5.large");
		assertEquals(.114, large.perHour(), 1e-9);
		assertEquals("USD", large.currency());
		assertEquals("0.1140 USD an hour, by Apache libcloud pricing.json of 2023-08-06, 3 years old", PriceBook.sentence(large, TODAY));
		assertEquals(.096, book.price("acc", "azure", "eastus", "Standard_D2s_v3").perHour(), 1e-9, "Azure's own way to write a type");
		// four cores of .021811 and 16 GiB of .002923
		assertEquals(.13402, book.price("acc", "gcp", "us-central1", "e2-standard-4").perHour(), 1e-5);
		assertFalse(book.price("acc", "aws", "eu-west-1", "m99.huge").isKnown());
		assertFalse(book.price("acc", "aws", "", "m5.large").isKnown(), "without a region nobody knows");
		assertFalse(book.price("acc", "aws", "ap-northeast-1", "a1.medium").isKnown(), "a price of 0 means missing there");
		assertTrue(PriceTable.shipped().size() > 18_000);
	}

	@Test
	void theOperatorWinsOverTheProviderAndTheProviderOverTheTable() {
		Offer told = offer("m5.large", "eu-west-1", Price.of(.2, "USD"));
		Offer untold = offer("m5.large", "eu-west-1", Price.UNKNOWN);
		PriceBook plain = PriceBook.of(PriceList.NONE);
		assertEquals(.2, plain.priced("acc", "aws", told).pricePerHour());
		assertEquals(.114, plain.priced("acc", "aws", untold).pricePerHour(), 1e-9);
		PriceBook own = PriceBook.of(PriceList.parse("aws,eu-west-1,m5.large,0.09,EUR,2026-01-31\nacc-2,*,m5.large,.08,EUR\n", "ours.csv"));
		assertEquals("0.0900 EUR an hour, by ours.csv of 2026-01-31, 9 months old", PriceBook.sentence(own.priced("acc", "aws", told).price(), TODAY));
		assertEquals(.08, own.priced("acc-2", "aws", told).pricePerHour(), "an account's own price counts before that of its type");
		assertEquals(.2, own.priced("acc", "aws", offer("m5.large", "eu-west-2", Price.of(.2, "USD"))).pricePerHour());
		assertEquals("not known", PriceBook.sentence(own.priced("acc", "byon", offer("host", "", Price.UNKNOWN)).price(), TODAY));
	}

	@Test
	void errorsNameLineAndColumnAndSpoilTheList() {
		PriceList list = PriceList.parse("provider,region,offer,price,currency\n# ours\nopenstack,,m1.small,0.03,EUR\nopenstack,,m1.large,cheap,EUR\nopenstack,,m1.tiny,-1,EUR\n"
				+ "openstack,,m1.tiny,1,euro\n,,m1.tiny,1,EUR\nopenstack,m1.tiny,1\nopenstack,,m1.small,0.04,EUR\nopenstack,,m1.odd,1,EUR,yesterday\n", "prices.csv");
		assertEquals(List.of("prices.csv, line 4, column 4 (price): 'cheap' is no number.", "prices.csv, line 5, column 4 (price): a price must be a positive number: -1.",
				"prices.csv, line 6, column 5 (currency): 'euro' is no code of a currency, such as EUR.", "prices.csv, line 7, column 1 (provider) is empty.",
				"prices.csv, line 8: 3 fields instead of provider, region, offer, price, currency and perhaps date.", "prices.csv, line 9: openstack m1.small is there twice.",
				"prices.csv, line 10, column 6 (date): 'yesterday' is no date such as 2026-01-31."), list.errors());
		assertTrue(list.entries().isEmpty(), "nobody believes half a list");
		PriceBook book = PriceBook.of(list);
		assertEquals(list.errors(), book.troubles());
		assertFalse(book.price("acc", "openstack", "", "m1.small").isKnown());
	}

	@Test
	void aPriceOfZeroOrNoneIsNotKnownAndSaid() {
		PriceList list = PriceList.parse("openstack,*,m1.small,0,EUR\nopenstack,,m1.large,,EUR\n\"openstack\",eu,\"odd, name\",.5,EUR", "p");
		assertEquals(List.of(), list.errors());
		assertEquals(List.of("p, line 1, column 4 (price) is 0: it is taken for not known.", "p, line 2, column 4 (price) is empty: it is taken for not known."), list.notes());
		PriceBook book = PriceBook.of(list);
		assertFalse(book.priced("acc", "openstack", offer("m1.small", "eu", Price.of(3, "EUR"))).price().isKnown(), "who lists 0 says that nobody knows");
		assertEquals(.5, book.price("acc", "OpenStack", "eu", "odd, name").perHour());
	}

	@Test
	void aListComesFromAFileAndOneThatIsMissingIsSaid(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("own.csv"), "docker,,local/shadow:1,0.01,EUR\n");
		assertEquals(.01, PriceBook.of(CostSettings.DEFAULT.withPrices(file.toString())).price("d", "docker", "", "local/shadow:1").perHour());
		PriceBook missing = PriceBook.of(CostSettings.DEFAULT.withPrices(folder.resolve("none.csv").toString()));
		assertTrue(missing.troubles().get(0).contains("none.csv cannot be read"), missing.troubles().toString());
		assertTrue(missing.price("a", "aws", "eu-west-1", "m5.large").isKnown());
	}
}
