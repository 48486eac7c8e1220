// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import io.shadowweaver.api.store.Lease;
import io.shadowweaver.tck.LeaseContract;

/** The contract, against a real PostgreSQL. */
class PostgresLeaseContractTest extends LeaseContract {
	private final Bench bench = new Bench();
	private final String name = "contract-" + UUID.randomUUID();

	@Override
	protected Lease open() throws Exception {
		return Bench.open(bench.settings(Map.of("name", name)), Path.of("."));
	}
}
