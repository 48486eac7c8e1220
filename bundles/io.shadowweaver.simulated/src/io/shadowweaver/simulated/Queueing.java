// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

/**
 * Response times of one M/M/c station: Poisson arrivals, exponential service, c servers, one queue. The probability of
 * waiting is Erlang's C formula (A. K. Erlang, 1917), computed by the recursion of his B formula; the distribution of the
 * response time is the sum of the exponential service and of a wait that is exponential with the probability C and zero
 * otherwise (D. Gross, C. M. Harris, "Fundamentals of Queueing Theory", section 2.3).
 */
final class Queueing {
	/** Nobody waits longer: the caller gives up, in seconds. */
	static final double TIMEOUT = 5;
	private static final int STEPS = 2000;

	private final int servers;
	private final double service;
	/** 95th percentile of the response time by utilisation, from 0 to 1 in {@value #STEPS} steps. */
	private final double[] p95 = new double[STEPS + 1];

	/**
	 * @param servers number of servers, at least 1
	 * @param service mean time of service, in seconds
	 */
	Queueing(int servers, double service) {
		this.servers = servers;
		this.service = service;
		for (int i = 0; i < STEPS; i++) {
			p95[i] = Math.min(TIMEOUT, percentile(i / (double) STEPS, .95));
		}
		p95[STEPS] = TIMEOUT;
	}

	/**
	 * The 95th percentile of the response time.
	 *
	 * @param utilisation of the station; from 1 on the wait grows without end and the time-out is the answer
	 * @param slowdown    how many times longer service takes than usual, at equal utilisation
	 * @return seconds, at most {@link #TIMEOUT}
	 */
	double response95(double utilisation, double slowdown) {
		double at = Math.max(0, Math.min(1, utilisation)) * STEPS;
		int i = Math.min(STEPS - 1, (int) at);
		return Math.min(TIMEOUT, (p95[i] + (at - i) * (p95[i + 1] - p95[i])) * slowdown);
	}

	/** The mean number of waiting requests: C·ρ/(1−ρ), bounded where the utilisation comes near 1. */
	double waiting(double utilisation) {
		double rho = Math.max(0, Math.min(.999, utilisation));
		return erlangC(rho) * rho / (1 - rho);
	}

	/** The probability that a request waits, at a utilisation under 1. */
	double erlangC(double rho) {
		double load = rho * servers;
		double blocked = 1;
		for (int k = 1; k <= servers; k++) {
			blocked = load * blocked / (k + load * blocked);
		}
		return blocked / (1 - rho * (1 - blocked));
	}

	/** The response time that a share of requests does not exceed, by bisection on its distribution. */
	double percentile(double rho, double share) {
		double mu = 1 / service;
		double theta = servers * mu * (1 - rho);
		double wait = erlangC(rho);
		double low = 0;
		double high = service;
		while (beyond(high, mu, theta, wait) > 1 - share) {
			high *= 2;
		}
		for (int i = 0; i < 50; i++) {
			double middle = (low + high) / 2;
			if (beyond(middle, mu, theta, wait) > 1 - share) {
				low = middle;
			} else {
				high = middle;
			}
		}
		return high;
	}

	/** The probability of a response time over t. */
	private static double beyond(double t, double mu, double theta, double wait) {
		double served = Math.exp(-mu * t);
		double both = Math.abs(theta - mu) < 1e-9 * mu ? (1 + mu * t) * served
				: (theta * served - mu * Math.exp(-theta * t)) / (theta - mu);
		return (1 - wait) * served + wait * both;
	}
}
