// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonNameTest {
	@ParameterizedTest
	@CsvSource({ "PT1H,hourly", "PT24H,daily", "P7D,weekly", "P2D,every 2 d", "PT6880M,every 4 d 18 h", "PT90S,every 1 min 30 s", "PT0.25S,every 250 ms" })
	void isCalledAsAnOperatorWould(Duration period, String name) {
		assertEquals(name, Seasons.name(period));
	}
}
