// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;

/** How the pool is written down. */
class HostTest {
	@Test
	void aLineIsRead() throws Exception {
		List<Host> hosts = Host.parse("# the rack\n\nweb-1 root@10.0.0.1 cores=1.5 memory=512MiB\nweb-2 weaver@[2001:db8::1]:2222 cores=4 memory=8GiB zone=a region=eu offer=big state=/srv/s tier=web\n", "/var/s");
		assertEquals(new Host("web-1", "root", "10.0.0.1", 22, "1.5-cores-512MiB", 1.5, 512L << 20, "", "", "/var/s", Map.of()), hosts.get(0));
		assertEquals(new Host("web-2", "weaver", "2001:db8::1", 2222, "big", 4, 8L << 30, "eu", "a", "/srv/s", Map.of("tier", "web")), hosts.get(1));
	}

	@Test
	void linesThatAreNotHostsAreSaid() {
		for (String line : List.of("web", "web root@", "web root@h:99999 cores=1 memory=1GiB", "web root@h cores=0 memory=1GiB", "web root@h cores=1 memory=1GB",
				"web root@h cores=1 memory=1GiB tier", "a/b root@h cores=1 memory=1GiB", "a root@h cores=1 memory=1GiB\na root@g cores=1 memory=1GiB", "# none")) {
			PluginException failed = assertThrows(PluginException.class, () -> Host.parse(line, "/s"), line);
			assertTrue(failed.getMessage().contains("Hosts (hosts)"), failed.getMessage());
		}
	}
}
