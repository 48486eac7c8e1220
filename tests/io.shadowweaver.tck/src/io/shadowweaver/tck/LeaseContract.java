// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

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
	void closesMoreThanOnce() throws Exception {
		Lease one = open();
		one.hold();
		one.close();
		one.close();
	}
}
