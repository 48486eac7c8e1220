// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import io.shadowweaver.engine.load.Queueing;

/**
 * Mean response time of a group as an M/M/c queue, one server a member: the service time is such that the law gives what is measured
 * now (Kleinrock, <i>Queueing Systems</i>, volume 1, 1975). It is a law of means: a tail is worse.
 *
 * @param serviceTime mean seconds of service for one request
 */
record LatencyLaw(double serviceTime) {
	private static final int HALVINGS = 60;

	/**
	 * Fits the service time.
	 *
	 * @param servers  members that carry load
	 * @param requests a second
	 * @param latency  measured seconds
	 * @return {@code null} where one of them is not known or not positive
	 */
	static LatencyLaw fit(int servers, double requests, double latency) {
		if (servers < 1 || !(requests > 0) || !(latency > 0)) {
			return null;
		}
		double low = 0;
		double high = Math.min(latency, servers / requests);
		for (int i = 0; i < HALVINGS; i++) {
			double middle = (low + high) / 2;
			if (Queueing.meanResponse(servers, requests, middle) > latency) {
				high = middle;
			} else {
				low = middle;
			}
		}
		return low > 0 ? new LatencyLaw(low) : null;
	}

	/** Seconds; positive infinity when the load reaches the servers. */
	double response(int servers, double requests) {
		return servers < 1 ? Double.POSITIVE_INFINITY : Queueing.meanResponse(servers, Math.max(0, requests), serviceTime);
	}
}
