// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.util.List;
import java.util.function.Supplier;

/** What is installed, as resources find it. */
public final class Plugins {
	private final Supplier<List<Plugin>> all;

	/**
	 * @param all asked at each request
	 */
	Plugins(Supplier<List<Plugin>> all) {
		this.all = all;
	}

	/** All of them. */
	public List<Plugin> all() {
		return all.get();
	}
}
