// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.shadowweaver.api.plugin.Progress;

/** A process that archives or restores, says how many objects it has stored or fetched, and is to be killed meanwhile. */
final class KilledProcess {
	private KilledProcess() {
	}

	/**
	 * @param args {@code archive} or {@code restore}, directory of the estate, id of the store, its settings
	 */
	public static void main(String[] args) throws Exception {
		Path estate = Path.of(args[1]);
		try (WatchedStore store = new WatchedStore(TestStores.open(args[2], TestStores.parse(List.of(args).subList(3, args.length))), count -> {
			System.out.println(count);
			pause();
		})) {
			Archives archives = new Archives(store, Clock.systemUTC());
			if (args[0].equals("archive")) {
				archives.create(estate, "e", Progress.NONE);
			} else {
				archives.restore(archives.newest("e").name(), estate, false, Progress.NONE);
			}
		}
		System.out.println("done");
	}

	/** So that the kill comes before the end. */
	private static void pause() {
		try {
			Thread.sleep(200);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
