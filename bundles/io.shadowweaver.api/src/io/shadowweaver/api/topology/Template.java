// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a new member of a group is made.
 *
 * @param provider     the id of the provider connection; empty where nothing can be made
 * @param offers       ids of the offers that may be taken, best first; empty for all that the provider makes
 * @param image        the provider's image; empty where the provider needs none
 * @param network      the provider's network; empty for its default
 * @param userData     handed to the machine at its first start; empty for none
 * @param tags         set on the machine, beside the token; they must satisfy the group's selector
 * @param registration where it registers to receive load, such as a load-balancer pool; empty for none
 */
public record Template(String provider, List<String> offers, String image, String network, String userData,
		Map<String, String> tags, String registration) {
	/** No way to make members. */
	public static final Template NONE = new Template("", List.of(), "", "", "", Map.of(), "");

	/** Copies. */
	public Template {
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(image, "image");
		Objects.requireNonNull(network, "network");
		Objects.requireNonNull(userData, "userData");
		Objects.requireNonNull(registration, "registration");
		offers = List.copyOf(offers);
		tags = Map.copyOf(tags);
	}

	/** Whether an offer of the provider may be taken. */
	public boolean allows(String offer) {
		return offers.isEmpty() || offers.contains(offer);
	}
}
