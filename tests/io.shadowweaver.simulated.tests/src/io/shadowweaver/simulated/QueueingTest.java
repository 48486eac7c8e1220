// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.Test;

class QueueingTest {
	@Test
	void oneServerIsTheTextbookFormula() {
		// M/M/1: the response time is exponential with rate mu - lambda.
		Queueing station = new Queueing(1, .01);
		assertEquals(.5, station.erlangC(.5), 1e-12);
		assertEquals(-Math.log(.05) / (100 - 80), station.percentile(.8, .95), 1e-9);
	}

	@Test
	void erlangCAgreesWithATable() {
		// Two servers: C = 2ρ²/(1+ρ). Three servers at load 2: 4/9.
		assertEquals(2 * .49 / 1.7, new Queueing(2, 1).erlangC(.7), 1e-12);
		assertEquals(4. / 9, new Queueing(3, 1).erlangC(2. / 3), 1e-12);
	}

	@Test
	void agreesWithASimulatedStation() {
		Random random = new Random(7);
		double[] responses = new double[400_000];
		PriorityQueue<Double> free = new PriorityQueue<>(Arrays.asList(0., 0., 0., 0.));
		double now = 0;
		for (int i = 0; i < responses.length; i++) {
			now += -Math.log(1 - random.nextDouble()) / (4 * .85);
			double begin = Math.max(now, free.poll());
			double end = begin - Math.log(1 - random.nextDouble());
			free.add(end);
			responses[i] = end - now;
		}
		Arrays.sort(responses);
		double measured = responses[(int) (.95 * responses.length)];
		assertEquals(measured, new Queueing(4, 1).percentile(.85, .95), .05 * measured);
	}

	@Test
	void latencyRisesWithLoadAndEndsAtTheTimeout() {
		double last = 0;
		for (double rho = 0; rho < .999; rho += .01) {
			double now = Tier.WEB.station.response95(rho, 1);
			assertTrue(now >= last, "at " + rho);
			last = now;
		}
		assertTrue(Tier.WEB.station.response95(.98, 1) > 8 * Tier.WEB.station.response95(.5, 1));
		assertEquals(Queueing.TIMEOUT, Tier.WEB.station.response95(1.2, 1));
	}
}
