// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Processes that provision at the simulated cloud are killed by a signal, again and again: a third of the estates at each failpoint, a
 * third at any time, and a third at any time at a cloud that loses calls and answers. After each estate has come to its end the cloud's own
 * list and log are compared with what the last process knows.
 */
final class KillBench {
	/** Lives that one estate loses at most; then it may come to its end. */
	private static final int MOST = 40;
	/** A failpoint may be let go by before a life ends there. */
	private static final int LATEST = 3;

	private final Path folder;
	private final int wanted;
	private final Set<String> points = new TreeSet<>();
	private int begun;
	private int kills;
	private int machines;
	private int duplicates;
	private int lost;
	private int unknown;

	private KillBench(Path folder, int wanted) {
		this.folder = folder;
		this.wanted = wanted;
	}

	/** {@code FOLDER KILLS}. */
	public static void main(String[] arguments) throws Exception {
		new KillBench(Path.of(arguments[0]), Integer.parseInt(arguments[1])).all();
	}

	private void all() throws Exception {
		// one that nobody kills leaves an archive of its classes, where that is wanted
		new KilledEstate(Files.createDirectories(folder.resolve("first")), 99, true).run();
		long start = System.nanoTime();
		int threads = Runtime.getRuntime().availableProcessors();
		try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(workers.submit(() -> {
					for (int number = next(); number >= 0; number = next()) {
						count(number, run(number));
					}
					return null;
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		points.remove(KilledEstate.ANY_TIME);
		System.out.printf(Locale.ROOT, "kill.kills: %d SIGKILLs of %d estates in %.0f s, at %d of %d failpoints and at any time%n", kills, begun, (System.nanoTime() - start) / 1e9, points.size(),
				FailPoint.all().size());
		System.out.printf(Locale.ROOT, "kill.machines: %d asked for%n", machines);
		System.out.printf(Locale.ROOT, "kill.duplicates: %d%nkill.lost: %d%nkill.unknown: %d%n", duplicates, lost, unknown);
	}

	/** The number of the next estate; -1 when it is enough. */
	private synchronized int next() {
		return kills < wanted ? begun++ : -1;
	}

	private KilledEstate.Outcome run(int number) throws Exception {
		KilledEstate estate = new KilledEstate(Files.createDirectories(folder.resolve(Integer.toString(number))), 100 + number, number % 3 != 2);
		return (number % 3 == 0 ? estate.at(FailPoint.all(), LATEST) : estate.atAnyTime(Math.min(MOST, wanted))).run();
	}

	private synchronized void count(int number, KilledEstate.Outcome outcome) {
		kills += outcome.killedAt().size();
		machines += outcome.creations();
		duplicates += outcome.duplicates().size();
		lost += outcome.lost().size();
		unknown += outcome.unknown().size();
		points.addAll(outcome.killedAt());
		if (!outcome.isExactlyOnce()) {
			System.out.println("kill.wrong: estate " + number + ": " + outcome);
		}
		System.err.println("kill: " + kills + " of " + wanted + ", " + duplicates + " twice, " + lost + " lost, " + unknown + " unknown");
	}
}
