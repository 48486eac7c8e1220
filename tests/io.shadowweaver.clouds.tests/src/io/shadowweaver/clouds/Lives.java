// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.shadowweaver.provisioning.KilledAutomation;

/** Child processes that provision for one estate, one after the other, each but the last killed at a failpoint. */
final class Lives {
	/**
	 * All named failpoints on the way to a machine, for two estates: one that comes to each failpoint after it was killed at the one before,
	 * and one for the end of the first write, which is reached once.
	 */
	static final List<List<String>> POINTS = List.of(List.of("decided.before", "intended.before", "decided.after", "called.before", "called.after", "moved.before", "moved.after",
			"create.before", "create.after", "acknowledged.before", "acknowledged.after"), List.of("intended.after"));
	private static final int SIGKILL = 137;
	private static final long PATIENCE = TimeUnit.MINUTES.toNanos(6);

	private final Path directory;
	private final Properties what = new Properties();
	private int number;

	/**
	 * @param directory of the estate and of what the children say
	 * @param estate    its id
	 * @param bundle    of the provider
	 * @param account   settings of the account
	 * @param machine   {@code offer}, {@code image} and {@code network} of a machine
	 */
	Lives(Path directory, String estate, String bundle, Map<String, String> account, Map<String, String> machine) {
		this.directory = directory;
		what.setProperty("directory", directory.resolve(estate).toString());
		what.setProperty("estate", estate);
		what.setProperty("bundle", bundle);
		account.forEach((key, value) -> what.setProperty("account." + key, value));
		machine.forEach(what::setProperty);
	}

	/** After how many seconds a call is given up in the lives that follow. */
	void deadline(int seconds) {
		what.setProperty("deadline", Integer.toString(seconds));
	}

	/** A life that is ended by a signal at a failpoint, at the so many-th time that it is reached. */
	void killedAt(String point, int time) throws IOException, InterruptedException {
		Set<String> made = life(point, time);
		if (!made.isEmpty()) {
			throw new AssertionError(point + " was not reached, and all was made: " + made);
		}
	}

	/**
	 * A life that is ended by a signal at the so many-th failpoint that it reaches, whichever that is.
	 *
	 * @return empty when it was killed; the tokens of the machines that it knows to be there when it came to its end before
	 */
	Set<String> killedAtAny(int time) throws IOException, InterruptedException {
		return life(KilledAutomation.ANY, time);
	}

	/** A life to its end: the tokens of the machines that it knows to be there. */
	Set<String> toTheEnd() throws IOException, InterruptedException {
		return life("", 1);
	}

	private Set<String> life(String point, int time) throws IOException, InterruptedException {
		what.setProperty("point", point);
		what.setProperty("time", Integer.toString(time));
		Path out = directory.resolve(what.getProperty("estate") + "-" + ++number + ".txt");
		Process child = start(out);
		try {
			long end = System.nanoTime() + PATIENCE;
			while (child.isAlive() && !Files.readString(out).contains(KilledAutomation.REACHED)) {
				if (System.nanoTime() > end) {
					throw new AssertionError("neither '" + point + "' nor the end was reached:\n" + Files.readString(out));
				}
				Thread.sleep(20);
			}
		} finally {
			child.destroyForcibly();
		}
		int code = child.waitFor();
		String said = Files.readString(out);
		if (said.contains(KilledAutomation.REACHED) ? code != SIGKILL : code != 0) {
			throw new AssertionError("ended with " + code + ":\n" + said);
		}
		return code == SIGKILL ? Set.of() : said.lines().filter(line -> line.startsWith(KilledAutomation.MADE)).map(line -> line.substring(KilledAutomation.MADE.length()))
				.collect(Collectors.toCollection(TreeSet::new));
	}

	private Process start(Path out) throws IOException {
		Path file = directory.resolve(what.getProperty("estate") + ".properties");
		try (Writer writer = Files.newBufferedWriter(file)) {
			what.store(writer, null);
		}
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
				"-Dshadowweaver.root=" + System.getProperty("shadowweaver.root"), "-cp", System.getProperty("java.class.path"), KilledAutomation.class.getName(), file.toString())
				.redirectErrorStream(true).redirectOutput(out.toFile()).start();
	}
}
