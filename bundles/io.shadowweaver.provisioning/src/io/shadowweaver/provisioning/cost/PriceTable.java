// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Price;

/** A dated table of what providers ask for machines on demand, with its source. Immutable. */
final class PriceTable {
	/** The table in this bundle was made from this. */
	private static final String SOURCE = "Apache libcloud pricing.json";
	private static final LocalDate AS_OF = LocalDate.of(2023, 8, 6);
	private static final String FILE = "/prices/on-demand.csv";

	private final Map<PriceList.Key, Price> prices;

	private PriceTable(Map<PriceList.Key, Price> prices) {
		this.prices = prices;
	}

	/** The table in this bundle. */
	static PriceTable shipped() {
		return Shipped.TABLE;
	}

	/** It is read when it is first asked for. */
	private static final class Shipped {
		static final PriceTable TABLE = read();

		private static PriceTable read() {
			try (InputStream in = PriceTable.class.getResourceAsStream(FILE);
					BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
				return parse(lines);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}

	private static PriceTable parse(BufferedReader lines) throws IOException {
		Map<PriceList.Key, Price> prices = new HashMap<>();
		String provider = "";
		String[] regions = {};
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.startsWith("#")) {
				continue;
			}
			String[] cells = line.split(",");
			if (cells[0].startsWith("provider:")) {
				provider = cells[0].substring("provider:".length());
				regions = cells;
				continue;
			}
			for (int i = 1; i < cells.length; i++) {
				if (!cells[i].isEmpty()) {
					prices.put(new PriceList.Key(provider, regions[i], normal(provider, cells[0])), new Price(Double.parseDouble(cells[i]), "USD", SOURCE, Optional.of(AS_OF)));
				}
			}
		}
		return new PriceTable(Map.copyOf(prices));
	}

	/** Azure's API writes {@code Standard_D2s_v3} where its price lists write {@code standardd2sv3}. */
	private static String normal(String provider, String offer) {
		return provider.equals("azure") ? offer.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "") : offer;
	}

	Optional<Price> find(String provider, String region, String offer) {
		return Optional.ofNullable(prices.get(new PriceList.Key(provider, region, normal(provider, offer))));
	}

	int size() {
		return prices.size();
	}
}
