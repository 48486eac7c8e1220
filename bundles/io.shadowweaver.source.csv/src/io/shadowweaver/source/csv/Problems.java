// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;

/** What is done about a part of a file that cannot be used. */
@FunctionalInterface
interface Problems {
	/** They are told by another pass over the file. */
	Problems IGNORED = sentence -> {
		// told elsewhere
	};

	/** The first one ends the reading. */
	Problems STRICT = sentence -> {
		throw new PluginException(sentence);
	};

	/**
	 * @param sentence file, line and reason
	 * @throws PluginException to end the reading
	 */
	void add(String sentence) throws PluginException;

	/** Keeps sentences until they are taken; so many that a person can read them, and the number of the rest. */
	final class Collected implements Problems {
		private static final int MOST = 50;
		private final List<String> sentences = new ArrayList<>();
		private int more;

		@Override
		public void add(String sentence) {
			if (sentences.size() < MOST) {
				sentences.add(sentence);
			} else {
				more++;
			}
		}

		List<String> take() {
			List<String> taken = new ArrayList<>(sentences);
			if (more > 0) {
				taken.add(more + " more problems of this kind follow.");
			}
			sentences.clear();
			more = 0;
			return taken;
		}
	}
}
