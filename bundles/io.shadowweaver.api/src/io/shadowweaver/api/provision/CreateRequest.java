// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
 * @param reviewBy     when somebody should look whether it is still needed; written into the metadata
 */
public record CreateRequest(String token, String name, String group, String offer, String zone, String image,
		String network, String userData, Map<String, String> tags, String registration,
		Instant reviewBy) {
	/** Key of the metadata under which the token is written. Keys are such as every cloud takes. */
	public static final String TOKEN = "shadowweaver-token";
	/** Key of the metadata: the estate. */
	public static final String ESTATE = "shadowweaver-estate";
	/** Key of the metadata: the group. */
	public static final String GROUP = "shadowweaver-group";
	/** Key of the metadata: the review date, as an ISO instant. */
	public static final String REVIEW = "shadowweaver-review";

	/** Copies. */
	public CreateRequest {
		if (token.isBlank()) {
			throw new IllegalArgumentException("a request needs a token");
		}
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(offer, "offer");
		Objects.requireNonNull(zone, "zone");
		Objects.requireNonNull(reviewBy, "reviewBy");
		tags = Map.copyOf(tags);
	}

	/** All that is written into the machine's metadata: the tags, and what tells whose it is. The estate is among the tags. */
	public Map<String, String> metadata() {
		Map<String, String> all = new TreeMap<>(tags);
		all.put(TOKEN, token);
		all.put(GROUP, group);
		all.put(REVIEW, reviewBy.truncatedTo(ChronoUnit.SECONDS).toString());
		return all;
	}
}
