// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Objects;

import io.shadowweaver.api.provision.CloudProvider;

/**
 * An open account at a provider, under the id by which templates of groups name it.
 *
 * @param id       the id of the provider connection; not blank
 * @param type     the id of its contribution, such as {@code openstack}; prices are looked up by it
 * @param provider the open account; closed by whoever opened it
 */
public record Account(String id, String type, CloudProvider provider) {
	/** Checks that both are there. */
	public Account {
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(provider, "provider");
		if (id.isBlank()) {
			throw new IllegalArgumentException("an account needs an id");
		}
	}
}
