// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;

/** What provider accounts made or are making for us: a colour for each account, and what is said of a machine. */
final class Providers {
	private final WeaverState state;
	private final Map<String, Integer> colours = new TreeMap<>();

	Providers(WeaverState state, Palette palette) {
		this.state = state;
		TreeSet<String> accounts = new TreeSet<>();
		for (Resource resource : state.topology().resources().values()) {
			if (isOurs(resource)) {
				accounts.add(resource.label(Resource.PROVIDER));
			}
		}
		List<Integer> hues = palette.providers();
		for (String account : accounts) {
			colours.put(account, hues.get(colours.size() % hues.size()));
		}
	}

	private static boolean isOurs(Resource resource) {
		return !resource.label(Resource.TOKEN).isEmpty() && !resource.label(Resource.PROVIDER).isEmpty();
	}

	/** The colour of the account that made a resource for us, or makes it; -1 for what it did not. */
	int colour(Resource resource) {
		return isOurs(resource) ? colours.get(resource.label(Resource.PROVIDER)) : -1;
	}

	/** The colours by account, for the legend. */
	Map<String, Integer> colours() {
		return colours;
	}

	/** Who makes it, of what kind, where and at what price; empty for what was not made for us. */
	String said(String id) {
		Resource resource = state.topology().resource(id).orElse(null);
		if (resource == null || !isOurs(resource)) {
			return "";
		}
		String offer = resource.label(Resource.OFFER);
		String zone = resource.label(Resource.ZONE);
		Price price = state.report().prices().getOrDefault(id, Price.UNKNOWN);
		return resource.label(Resource.PROVIDER) + (offer.isEmpty() ? "" : " " + offer) + (zone.isEmpty() ? "" : " in " + zone)
				+ (price.isKnown() ? String.format(Locale.ROOT, ", %.2f\u00a0%s/h", price.perHour(), price.currency()) : ", no known price");
	}
}
