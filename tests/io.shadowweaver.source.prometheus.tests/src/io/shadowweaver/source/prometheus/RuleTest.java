// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginException;

class RuleTest {
	private static Rule own(String line) throws PluginException {
		return Rule.parse(line, "instance").getFirst();
	}

	@Test
	void aCounterThatIsReadRawIsARunningTotal() throws PluginException {
		Rule raw = own("calls = http_requests_total{code=~\"2..\"}");
		assertTrue(raw.isCounter());
		assertEquals(Unit.REQUESTS_PER_SECOND, raw.metric().unit());
		assertEquals(Unit.BYTES_PER_SECOND, own("sent[MB] = sum by (instance) (node_network_transmit_bytes_total)").metric().unit());
		assertFalse(own("calls = rate(http_requests_total[5m])").isCounter());
		assertFalse(own("calls = sum(increase(http_requests_total[5m])) by (instance)").isCounter());
		assertFalse(own("depth = queue_depth").isCounter());
		assertFalse(own("totals = http_totals").isCounter());
		assertFalse(own("capacity requests = slots_total").isCounter());
		assertTrue(Rule.hosts("", "5m", "instance").stream().noneMatch(Rule::isCounter));
	}
}
