// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.state.WeaverState;

/** States for tests in other packages. */
public final class ScenesForTests {
	private ScenesForTests() {
	}

	/** A fleet of web and application servers, and a database. */
	public static WeaverState fleet(int webs) {
		return TestEstate.fleet(webs).state();
	}

	/** The fleet, whose first web server has an unusual value and whose second an unusual forecast. */
	public static WeaverState unusual(int webs) {
		return TestEstate.fleet(webs).unusual("web-1", Anomaly.Kind.VALUE, 1, .9).unusual("web-2", Anomaly.Kind.FORECAST, 1, .9).state();
	}

	/** Web servers alone, whose forecasts are well above what they use. */
	public static WeaverState rising(int webs) {
		TestEstate estate = new TestEstate().group("web", 1000);
		for (int i = 1; i <= webs; i++) {
			estate.live("web-" + i, "web", "r", "z" + i % 3, .3).forecast("web-" + i, .7, .01);
		}
		return estate.state();
	}
}
