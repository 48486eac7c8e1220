// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.tck.Declared;

/** The region of a real OpenStack goes away while machines are made there, and comes back. */
class OpenStackRegionTest {
	private static final String ESTATE = "region";
	private static final int MOST = 3;

	@TempDir
	Path directory;
	private RealOpenStack cloud;

	@BeforeEach
	void begin() throws InterruptedException {
		cloud = RealOpenStack.up();
		cloud.clear(ESTATE);
	}

	@AfterEach
	void end() throws InterruptedException {
		if (cloud != null) {
			cloud.clear(ESTATE);
		}
	}

	private Set<String> tokens() {
		Set<String> tokens = new TreeSet<>();
		cloud.servers(ESTATE).forEach(server -> assertTrue(tokens.add(server.token()), "two servers of one intent: " + server));
		return tokens;
	}

	private static String said(WeaverState state) {
		return state.statuses().get("provider:" + FleetOnCloud.ACCOUNT).sentence();
	}

	/** Refused connections, then the 503 of what stands before it, then all is well: each is said, nothing is called meanwhile, and nothing is made twice. */
	@Test
	void aRegionThatGoesAwayInMidRunAndComesBack() throws Exception {
		try (FaultyRegion region = new FaultyRegion(cloud.origins())) {
			Map<String, String> account = new HashMap<>(OpenStackAccount.settings(cloud));
			account.computeIfPresent("endpoint", (key, endpoint) -> region.through(endpoint));
			try (FleetOnCloud fleet = new FleetOnCloud(directory, ESTATE, Declared.only(OpenStackAccount.BUNDLE, "provider"), account,
					OpenStackAccount.template(cloud, cloud.said.get("OPENSTACK_IMAGE")), MOST)) {
				fleet.until("a server that is on its way", Duration.ofHours(6), now -> !cloud.servers(ESTATE).isEmpty());
				region.refuse();
				// what was on its way when the connections ended says that first
				fleet.until("an account that cannot be reached", Duration.ofHours(2), now -> Trouble.failed(now) && said(now).contains("cannot be reached"));
				fleet.until("nothing is called there any more", Duration.ofHours(1), now -> Trouble.says(now, "asked again at"));
				Set<String> before = tokens();
				Trouble.goesOn(fleet);
				assertEquals(before, tokens(), "nothing is made while the region is away");

				region.always(FaultyProxy.Fault.UNAVAILABLE);
				region.listen();
				fleet.until("the other answer, once it is asked again", Duration.ofHours(2), now -> Trouble.failed(now) && said(now).contains("503"));
				Trouble.goesOn(fleet);
				assertEquals(before, tokens(), "nothing is made while the region is away");

				region.always(null);
				fleet.until("an account that answers again and is used", Duration.ofHours(2), now -> !Trouble.failed(now) && !Trouble.says(now, "asked again at"));
				fleet.until("all servers that are needed", Duration.ofHours(6), now -> fleet.readyAt().size() == MOST);
				assertEquals(fleet.readyAt().keySet(), tokens(), "each once, and none that is not known");
				assertTrue(tokens().containsAll(before), "what was on its way is adopted: " + before);
			}
		}
	}
}
