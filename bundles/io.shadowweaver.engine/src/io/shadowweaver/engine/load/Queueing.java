// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

/**
 * The M/M/c queue: Poisson arrivals, exponential service, c servers, one line. Formulas as in L. Kleinrock, <i>Queueing
 * Systems</i>, volume 1 (1975), chapter 3; Erlang's C by the usual recursion over Erlang's B, which does not overflow.
 */
public final class Queueing {
	private Queueing() {
	}

	/**
	 * Erlang's C: the probability that an arrival must wait.
	 *
	 * @param servers c, at least 1
	 * @param offered load in Erlang: arrival rate × mean service time; not negative
	 * @return 0 to 1; 1 when the offered load reaches the servers
	 */
	public static double waitProbability(int servers, double offered) {
		if (servers < 1 || !(offered >= 0)) {
			throw new IllegalArgumentException("servers " + servers + ", offered load " + offered);
		}
		if (offered >= servers) {
			return 1;
		}
		double blocking = 1;
		for (int i = 1; i <= servers; i++) {
			blocking = offered * blocking / (i + offered * blocking);
		}
		return blocking / (1 - offered / servers * (1 - blocking));
	}

	/**
	 * Mean response time.
	 *
	 * @param servers     c, at least 1
	 * @param arrivalRate requests a second
	 * @param serviceTime mean seconds of service for one request, positive
	 * @return seconds; positive infinity when the load reaches the servers
	 */
	public static double meanResponse(int servers, double arrivalRate, double serviceTime) {
		double offered = arrivalRate * serviceTime;
		if (offered >= servers) {
			return Double.POSITIVE_INFINITY;
		}
		return serviceTime + waitProbability(servers, offered) * serviceTime / (servers - offered);
	}
}
