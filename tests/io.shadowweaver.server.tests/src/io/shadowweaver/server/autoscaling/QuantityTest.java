// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.junit.jupiter.api.Test;

class QuantityTest {
	@Test
	void quantities() {
		Map.of(1., "1", 1.5, "1500m", 0., "0", 12.3456, "12346m", -0.0004, "0", 1e12, "1000000000000", 100., "100", 2.0001, "2001m", -1.25, "-1250m")
				.forEach((value, text) -> assertEquals(text, ExternalMetricsResource.quantity(value)));
	}
}
