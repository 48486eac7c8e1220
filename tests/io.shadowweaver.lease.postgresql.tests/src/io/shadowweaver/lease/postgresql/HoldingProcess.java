// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
		long number = lease.hold().orElseThrow();
		System.out.println("number " + number);
		while (System.in.read() >= 0) {
			System.out.println("confirms " + lease.confirms(number));
		}
	}
}
