// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Called at named points before and after each write of the journal ({@code called.before}, {@code called.after} and so on, by
 * each kind of record in it) and each call of a provider ({@code create.before}, {@code create.after}, …), so that a test can end the
 * life of a provisioner at each of them. In the product it does nothing.
 */
@FunctionalInterface
interface FailPoint {
	FailPoint NONE = point -> {
	};

	/**
	 * @param point the name; what it throws is not caught
	 */
	void reached(String point);

	/** All names, so that a test can tell which of them it did not reach. */
	static SortedSet<String> all() {
		SortedSet<String> names = new TreeSet<>(List.of(Journal.WRITTEN, Journal.RENAMED));
		Stream.concat(kinds(JournalRecord.class).map(FailPoint::of), Call.NAMES.stream()).forEach(name -> names.addAll(Arrays.asList(before(name), after(name))));
		return names;
	}

	/** What failpoints call a kind of record. */
	static String of(Class<?> kind) {
		return kind.getSimpleName().toLowerCase(Locale.ROOT);
	}

	static String before(String name) {
		return name + ".before";
	}

	static String after(String name) {
		return name + ".after";
	}

	private static Stream<Class<?>> kinds(Class<?> of) {
		return of.isSealed() ? Arrays.stream(of.getPermittedSubclasses()).flatMap(FailPoint::kinds) : Stream.of(of);
	}
}
