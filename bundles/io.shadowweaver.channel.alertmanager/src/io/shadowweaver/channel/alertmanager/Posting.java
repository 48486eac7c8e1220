// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An alert as it is posted.
 *
 * @param alert       the id that it has here
 * @param labels      what it is: an alert with other labels is another one to the Alertmanager
 * @param annotations what is said of it now
 * @param link        where to read more; empty for nowhere
 * @param startsAt    when it was first posted, by the Alertmanager's clock
 * @param endsAt      when it was resolved, by that clock; empty while it holds
 */
record Posting(String alert, SortedMap<String, String> labels, SortedMap<String, String> annotations, String link, Instant startsAt, Optional<Instant> endsAt) {
	/** The same, resolved. */
	Posting ended(Instant time) {
		return new Posting(alert, labels, annotations, link, startsAt, Optional.of(time));
	}
}
