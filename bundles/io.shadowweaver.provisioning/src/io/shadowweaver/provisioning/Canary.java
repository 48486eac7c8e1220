// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Objects;

import io.shadowweaver.api.topology.Template;

/** What was never seen to carry traffic is tried with few machines first. */
final class Canary {
	private Canary() {
	}

	/** Machines of one kind are made the same way: account, offer, image, user data. */
	static String kind(Intent intent) {
		return intent.request() == null ? "" : kind(intent.provider(), intent.offer(), intent.request().image(), intent.request().userData());
	}

	static String kind(Template template, String offer) {
		return kind(template.provider(), offer, template.image(), template.userData());
	}

	private static String kind(String account, String offer, String image, String userData) {
		return StateHash.hex(String.join("|", account, offer, Objects.toString(image, ""), Objects.toString(userData, "")), 16);
	}
}
