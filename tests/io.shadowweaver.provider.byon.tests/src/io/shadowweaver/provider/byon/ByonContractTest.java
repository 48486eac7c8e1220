// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.tck.CloudProviderContract;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/** The contract over real SSH servers. */
class ByonContractTest extends CloudProviderContract {
	@TempDir
	Path directory;

	private Pool pool;

	@BeforeEach
	void start() {
		pool = new Pool(directory);
	}

	@Override
	protected CloudProvider open() throws Exception {
		return new ByonProviderFactory().open(Declared.only("io.shadowweaver.provider.byon", "provider").settings(pool.settings()), new TestContext(Clock.systemUTC(), directory));
	}

	@Override
	protected String group() {
		return "web";
	}

	/** What a host answers is what is there: nothing appears later. */
	@Override
	protected void pass(Duration time) {
		// see above
	}
}
