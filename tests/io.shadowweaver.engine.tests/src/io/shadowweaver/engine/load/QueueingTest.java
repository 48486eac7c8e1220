// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.Test;

class QueueingTest {
	@Test
	void oneServerIsTheSimpleFormula() {
		// M/M/1: waits with probability ρ, response s ÷ (1 − ρ)
		assertEquals(.8, Queueing.waitProbability(1, .8), 1e-12);
		assertEquals(.1 / (1 - .8), Queueing.meanResponse(1, 8, .1), 1e-12);
	}

	@Test
	void erlangTableValue() {
		// 10 servers, 8 Erlang: Erlang's C is .4092 in the published tables
		assertEquals(.4092, Queueing.waitProbability(10, 8), 5e-5);
	}

	@Test
	void agreesWithASimulatedQueue() {
		int servers = 4;
		double rate = 3.2;
		Random random = new Random(7);
		PriorityQueue<Double> free = new PriorityQueue<>();
		for (int i = 0; i < servers; i++) {
			free.add(0.);
		}
		double now = 0;
		double sum = 0;
		int count = 400_000;
		for (int i = 0; i < count; i++) {
			now += -Math.log(1 - random.nextDouble()) / rate;
			double start = Math.max(now, free.poll());
			double end = start - Math.log(1 - random.nextDouble());
			free.add(end);
			sum += end - now;
		}
		double expected = Queueing.meanResponse(servers, rate, 1);
		assertEquals(expected, sum / count, expected * .05);
	}

	@Test
	void overloadIsInfinite() {
		assertEquals(Double.POSITIVE_INFINITY, Queueing.meanResponse(3, 30, .1));
		assertTrue(Double.isFinite(Queueing.meanResponse(500, 480, 1)));
		assertThrows(IllegalArgumentException.class, () -> Queueing.waitProbability(0, 1));
	}
}
