// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.Map;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Price;

/**
 * One call that is meant to be made: what the journal keeps before it is made.
 *
 * @param token       identifies it; a hash of what it is
 * @param plan        the id of the plan
 * @param group       the id of the group
 * @param kind        what is done
 * @param provider    the id of the account
 * @param offer       what is made; empty unless CREATE
 * @param zone        where; may be empty
 * @param size        the new size (SET_SIZE); 1 otherwise
 * @param target      the token of the intent whose machine is removed (DELETE); empty otherwise
 * @param instance    the provider's id of the machine that is removed (DELETE); empty otherwise
 * @param resource    the id of the resource that is removed (DELETE), or a preliminary one of what will be there
 * @param request     what is asked for (CREATE), or what a member that the owner makes will look like (SET_SIZE); {@code null} otherwise
 * @param kindOfThing the kind of the resource that comes of it
 * @param region      where it will stand; may be empty
 * @param capacity    of the resource, by metric
 * @param queuedAt    when it was meant
 * @param startBy     the last moment to call
 * @param needBy      when it is needed
 * @param expires     not called any more after this
 * @param price       of an hour of what is made or removed
 * @param metric      the metric that the plan was bound by; may be empty
 * @param oldCapacity safe demand of that metric before the plan
 * @param safeDemand  safe demand of that metric that this adds
 */
record Intent(String token, String plan, String group, Action.Kind kind, String provider, String offer, String zone, int size,
		String target, String instance, String resource, CreateRequest request, String kindOfThing, String region,
		Map<String, Double> capacity, Instant queuedAt, Instant startBy, Instant needBy, Instant expires, Price price,
		String metric, double oldCapacity, double safeDemand) {
	Intent {
		capacity = Map.copyOf(capacity);
		if (token.isBlank() || kind == Action.Kind.CREATE && request == null) {
			throw new IllegalArgumentException("intent '" + token + "' of " + kind + " is not whole");
		}
	}

	/** Cost that it adds an hour, negative for a removal; {@code NaN} where the price is not known. */
	double costPerHour() {
		return kind == Action.Kind.DELETE ? -price.perHour() : price.perHour();
	}
}
