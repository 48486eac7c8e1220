// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.store.Lease;
import io.shadowweaver.tck.LeaseContract;

class FileLeaseContractTest extends LeaseContract {
	@TempDir
	private Path directory;

	@Override
	protected Lease open() {
		return new FileLease(directory.resolve("deep/lease"), "test");
	}
}
