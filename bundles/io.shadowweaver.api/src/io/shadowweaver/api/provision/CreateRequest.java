// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Map;
import java.util.Objects;

/**
 * The wish for exactly one machine.
 *
 * @param token        identifies the wish; the provider writes it into the machine's metadata
 * @param name         what the machine is called
 * @param group        the id of the group that it joins
 * @param offer        the id of the offer
 * @param zone         where; empty for a provider without zones
 * @param image        the image; empty where none is needed
 * @param network      the network; empty for the default
 * @param userData     handed to the machine at its first start
 * @param tags         set on the machine
 * @param registration where it registers to receive load; empty for none
 */
public record CreateRequest(String token, String name, String group, String offer, String zone, String image,
		String network, String userData, Map<String, String> tags, String registration) {
	/** Copies. */
	public CreateRequest {
		if (token.isBlank()) {
			throw new IllegalArgumentException("a request needs a token");
		}
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(offer, "offer");
		Objects.requireNonNull(zone, "zone");
		tags = Map.copyOf(tags);
	}
}
