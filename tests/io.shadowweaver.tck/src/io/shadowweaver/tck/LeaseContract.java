// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;

/** What every {@link Lease} keeps. */
public abstract class LeaseContract {
	/** Opens one more lease on the same thing, as another engine would. */
	protected abstract Lease open() throws Exception;

	@Test
	void oneHoldsAndKeepsItsNumber() throws Exception {
		try (Lease one = open(); Lease other = open()) {
			OptionalLong number = one.hold();
			assertTrue(number.isPresent(), "nobody holds it, so it can be had");
			assertEquals(number, one.hold(), "renewing keeps the number");
			assertEquals(OptionalLong.empty(), other.hold());
			assertFalse(other.holder().isBlank(), "the other can say who holds it");
		}
	}

	@Test
	void theNextHolderHasALargerNumber() throws Exception {
		long first;
		try (Lease one = open()) {
			first = one.hold().orElseThrow();
		}
		try (Lease other = open()) {
			long second = other.hold().orElseThrow();
			assertTrue(second > first, second + " after " + first);
		}
	}

	@Test
	void nobodyHoldsItAtFirst() throws Exception {
		try (Lease one = open()) {
			assertEquals("", one.holder());
			one.hold();
			assertFalse(one.holder().isBlank());
		}
	}

	@Test
	void closesMoreThanOnceAndIsHeldNoMore() throws Exception {
		Lease one = open();
		one.hold();
		one.close();
		one.close();
		assertThrows(PluginException.class, one::hold);
		try (Lease other = open()) {
			assertEquals("", other.holder());
		}
	}

	@Test
	void closingOneThatHoldsNothingTakesNothingFromTheHolder() throws Exception {
		try (Lease one = open()) {
			OptionalLong number = one.hold();
			Lease other = open();
			assertEquals(OptionalLong.empty(), other.hold());
			other.close();
			try (Lease third = open()) {
				assertEquals(OptionalLong.empty(), third.hold());
			}
			assertEquals(number, one.hold());
		}
	}

	@Test
	void ofManyThatAskAtOnceOneHoldsIt() throws Exception {
		List<Lease> all = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			for (int round = 0; round < 5; round++) {
				List<Callable<OptionalLong>> asks = new ArrayList<>();
				for (int i = 0; i < 6; i++) {
					Lease lease = open();
					all.add(lease);
					asks.add(lease::hold);
				}
				int holders = 0;
				for (Future<OptionalLong> answer : threads.invokeAll(asks)) {
					holders += answer.get().isPresent() ? 1 : 0;
				}
				assertEquals(1, holders, "in round " + round);
				all.forEach(Lease::close);
				all.clear();
			}
		} finally {
			all.forEach(Lease::close);
		}
	}
}
