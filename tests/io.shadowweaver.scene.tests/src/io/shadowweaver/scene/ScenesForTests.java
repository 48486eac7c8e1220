// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import io.shadowweaver.api.state.WeaverState;

/** States for tests in other packages. */
public final class ScenesForTests {
	private ScenesForTests() {
	}

	/** A fleet of web and application servers, and a database. */
	public static WeaverState fleet(int webs) {
		return TestEstate.fleet(webs).state();
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
