// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

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

	private KillBench() {
	}

	/** {@code FOLDER KILLS}. */
	public static void main(String[] arguments) throws Exception {
		int wanted = Integer.parseInt(arguments[1]);
		int kills = 0;
		int estates = 0;
		int machines = 0;
		int duplicates = 0;
		int lost = 0;
		int unknown = 0;
		Set<String> points = new TreeSet<>();
		long begun = System.nanoTime();
		while (kills < wanted) {
			Path folder = Files.createDirectories(Path.of(arguments[0]).resolve(Integer.toString(estates)));
			KilledEstate estate = new KilledEstate(folder, 100 + estates, estates % 3 != 2);
			int left = Math.min(MOST, wanted - kills);
			KilledEstate.Outcome outcome = (estates % 3 == 0 && left == MOST ? estate.at(FailPoint.all(), LATEST) : estate.atAnyTime(left)).run();
			estates++;
			kills += outcome.killedAt().size();
			machines += outcome.creations();
			duplicates += outcome.duplicates().size();
			lost += outcome.lost().size();
			unknown += outcome.unknown().size();
			points.addAll(outcome.killedAt());
			if (!outcome.isExactlyOnce()) {
				System.out.println("kill.wrong: estate " + (estates - 1) + ": " + outcome);
			}
		}
		points.remove(KilledEstate.ANY_TIME);
		System.out.printf(Locale.ROOT, "kill.kills: %d SIGKILLs of %d estates in %.0f s, at %d of %d failpoints and at any time%n", kills, estates, (System.nanoTime() - begun) / 1e9, points.size(),
				FailPoint.all().size());
		System.out.printf(Locale.ROOT, "kill.machines: %d asked for%n", machines);
		System.out.printf(Locale.ROOT, "kill.duplicates: %d%nkill.lost: %d%nkill.unknown: %d%n", duplicates, lost, unknown);
	}
}
