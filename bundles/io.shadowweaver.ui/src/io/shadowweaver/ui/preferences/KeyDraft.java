// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.server.security.ApiKey;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;

/**
 * A key of the API that is wanted. Pure.
 *
 * @param name   unique among the keys
 * @param scopes what it may do
 * @param life   how long it holds, as it is written; empty for ever
 */
record KeyDraft(String name, Set<Scope> scopes, String life) {
	/** How long a key may hold. */
	static final Quantity LIFE = Quantity.optional("life", "Ends after", Kind.SPAN, 60, 3_650 * 86_400., "When it ends; empty for never");
	/** What is written where nothing is said. */
	static final String USUAL_LIFE = "90d";

	KeyDraft {
		name = name.strip();
		scopes = Set.copyOf(scopes);
	}

	/**
	 * When it ends.
	 *
	 * @throws IllegalArgumentException with a sentence, for what is no span or out of its range
	 */
	Optional<Instant> expires(Instant now) {
		return LIFE.read(life).map(seconds -> now.plus(Quantity.span(seconds)));
	}

	/** What is wrong with it, in a sentence; empty for nothing. */
	Optional<String> problem(Instant now) {
		if (scopes.isEmpty()) {
			return Optional.of("A key must be allowed something.");
		}
		try {
			ApiKey fits = new ApiKey(name, "", scopes, now, expires(now));
			return fits.isValid(now) ? Optional.empty() : Optional.of("The key would have ended already.");
		} catch (IllegalArgumentException e) {
			return Optional.of(ServerForm.sentence(e.getMessage()));
		}
	}
}
