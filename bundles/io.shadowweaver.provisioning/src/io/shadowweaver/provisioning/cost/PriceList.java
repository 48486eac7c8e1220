// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Price;

/**
 * An operator's own prices: a text of lines {@code provider,region,offer,price,currency[,date]}. The provider is its type, such as
 * {@code openstack}, or an account's id; an empty region or {@code *} is any. A field may stand in double quotes; empty lines, lines that begin with {@code #} and a
 * first line of names are left out. A list with an error counts for nothing, so that nobody believes half of it.
 *
 * @param entries prices by provider, region and offer; not known where the list says 0 or nothing
 * @param errors  what is wrong, with line and column
 * @param notes   what was taken otherwise than it is written
 */
public record PriceList(Map<Key, Price> entries, List<String> errors, List<String> notes) {
	/** No list. */
	public static final PriceList NONE = new PriceList(Map.of(), List.of(), List.of());
	private static final String[] COLUMNS = { "provider", "region", "offer", "price", "currency", "date" };

	/**
	 * What is priced.
	 *
	 * @param provider type of the provider or id of the account
	 * @param region   empty for any
	 * @param offer    id of the offer
	 */
	public record Key(String provider, String region, String offer) {
	}

	/** Copies; with an error there are no entries. */
	public PriceList {
		entries = errors.isEmpty() ? Map.copyOf(entries) : Map.of();
		errors = List.copyOf(errors);
		notes = List.copyOf(notes);
	}

	/** Reads a file; that it cannot be read is an error in the list. */
	public static PriceList read(Path file) {
		try {
			return parse(Files.readString(file), file.getFileName().toString());
		} catch (IOException e) {
			return new PriceList(Map.of(), List.of("The price list " + file + " cannot be read: " + e + "."), List.of());
		}
	}

	/**
	 * Reads a text.
	 *
	 * @param text the lines
	 * @param name of the list, for sentences and as the source of its prices
	 */
	public static PriceList parse(String text, String name) {
		Map<Key, Price> entries = new LinkedHashMap<>();
		List<String> errors = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		String[] lines = text.split("\\R", -1);
		boolean first = true;
		for (int i = 0; i < lines.length; i++) {
			String line = lines[i].strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			List<String> fields = fields(line);
			boolean names = first && fields.size() >= 4 && fields.get(3).equalsIgnoreCase(COLUMNS[3]);
			first = false;
			if (!names) {
				entry(fields, name + ", line " + (i + 1), name, entries, errors, notes);
			}
		}
		return new PriceList(entries, errors, notes);
	}

	private static void entry(List<String> fields, String where, String name, Map<Key, Price> entries, List<String> errors, List<String> notes) {
		if (fields.size() < 5 || fields.size() > COLUMNS.length) {
			errors.add(where + ": " + fields.size() + " fields instead of provider, region, offer, price, currency and perhaps date.");
			return;
		}
		for (int blank : new int[] { 0, 2 }) {
			if (fields.get(blank).isEmpty()) {
				errors.add(at(where, blank) + " is empty.");
				return;
			}
		}
		double price = 0;
		try {
			price = fields.get(3).isEmpty() ? 0 : Double.parseDouble(fields.get(3));
		} catch (NumberFormatException e) {
			errors.add(at(where, 3) + ": '" + fields.get(3) + "' is no number.");
			return;
		}
		if (!(price >= 0) || Double.isInfinite(price)) {
			errors.add(at(where, 3) + ": a price must be a positive number: " + fields.get(3) + ".");
			return;
		}
		if (!fields.get(4).matches("[A-Z]{3}")) {
			errors.add(at(where, 4) + ": '" + fields.get(4) + "' is no code of a currency, such as EUR.");
			return;
		}
		Optional<LocalDate> asOf = Optional.empty();
		if (fields.size() == COLUMNS.length && !fields.get(5).isEmpty()) {
			try {
				asOf = Optional.of(LocalDate.parse(fields.get(5)));
			} catch (DateTimeParseException e) {
				errors.add(at(where, 5) + ": '" + fields.get(5) + "' is no date such as 2026-01-31.");
				return;
			}
		}
		Key key = new Key(fields.get(0).toLowerCase(Locale.ROOT), fields.get(1).equals("*") ? "" : fields.get(1), fields.get(2));
		Price entry = price == 0 ? Price.UNKNOWN : new Price(price, fields.get(4), name, asOf);
		if (price == 0) {
			notes.add(at(where, 3) + " is " + (fields.get(3).isEmpty() ? "empty" : "0") + ": it is taken for not known.");
		}
		if (entries.put(key, entry) != null) {
			errors.add(where + ": " + String.join(" ", key.provider(), key.region(), key.offer()).replace("  ", " ") + " is there twice.");
		}
	}

	private static String at(String where, int column) {
		return where + ", column " + (column + 1) + " (" + COLUMNS[column] + ")";
	}

	private static List<String> fields(String line) {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (char c : line.toCharArray()) {
			if (c == '"') {
				quoted = !quoted;
			} else if (c == ',' && !quoted) {
				fields.add(field.toString().strip());
				field.setLength(0);
			} else {
				field.append(c);
			}
		}
		fields.add(field.toString().strip());
		return fields;
	}

	/** The price of an offer in a region, or in any; empty where the list does not name it. */
	public Optional<Price> find(String provider, String region, String offer) {
		String small = provider.toLowerCase(Locale.ROOT);
		return Optional.ofNullable(entries.get(new Key(small, region, offer))).or(() -> Optional.ofNullable(entries.get(new Key(small, "", offer))));
	}
}
