// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

import io.shadowweaver.api.store.Lease;

/** A process that holds a lease, asks again at each line that it reads, and says what it was told. */
final class HoldingProcess {
	private HoldingProcess() {
	}

	/**
	 * @param args settings, {@code key=value}
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> settings = new HashMap<>();
		for (String arg : args) {
			settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
		}
		Lease lease = Bench.open(settings, Path.of("."));
		do {
			OptionalLong number = lease.hold();
			System.out.println(number.isPresent() ? "number " + number.getAsLong() : "another holder");
		} while (System.in.read() >= 0);
	}
}
