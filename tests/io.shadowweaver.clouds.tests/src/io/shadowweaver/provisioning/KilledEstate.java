// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Instance;

/**
 * One {@linkplain KilledScenario scenario} over a {@link LastingCloud}, in as many lives of a process as it takes: SIGKILL ends each at a
 * failpoint, or after any time, and the next one goes on. Afterwards the cloud's own list and log are compared with what the last life
 * knows.
 */
final class KilledEstate {
	/** What a life says when it begins; no failpoint. */
	static final String BEGINS = "begins";
	static final String ANY_TIME = "any time";
	/** System properties: further options of the processes, and a class path for them instead of this one's. */
	private static final String OPTIONS = "shadowweaver.killed.options";
	private static final String CLASS_PATH = "shadowweaver.killed.classpath";
	private static final int SIGKILL = 137;
	private static final long WITHIN_MILLIS = 500;
	private static final long PATIENCE_SECONDS = 120;
	/** So many machines are there at the end: two for web, two for batch, one for shaky. */
	private static final int MACHINES = 5;
	private static final int POOL = 5;
	private static final Map<String, String> RELIABLE = Map.of("lead.median", "240s", "lead.p95", "241s");
	private static final Map<String, String> UNRELIABLE = Map.of("lead.median", "240s", "lead.p95", "300s", "fault.lost", "0.15", "fault.dropped", "0.15", "fault.refused", "0.05");

	/**
	 * What became of it.
	 *
	 * @param killedAt   where its processes were killed: failpoints in their order, and {@value #ANY_TIME}
	 * @param reached    failpoints that were reached
	 * @param creations  calls to make a machine that reached the cloud
	 * @param duplicates machines that were asked for again although they had been made, and that are there twice
	 * @param lost       machines that are known and not there, or not there and needed
	 * @param unknown    machines of ours that are there and not known
	 */
	record Outcome(List<String> killedAt, Set<String> reached, int creations, List<String> duplicates, List<String> lost, List<String> unknown) {
		boolean isExactlyOnce() {
			return duplicates.isEmpty() && lost.isEmpty() && unknown.isEmpty();
		}
	}

	private final Path directory;
	private final SplittableRandom random;
	private final Map<String, String> cloud;
	/** How often each failpoint is yet to be reached until a life ends there. */
	private final Map<String, Integer> wanted = new TreeMap<>();
	private final List<String> killedAt = new ArrayList<>();
	private final Set<String> reached = new TreeSet<>();
	private int anyTime;
	private int lives;
	private volatile Process life;
	/** The failpoint at which this life is killed; {@code null} for none. */
	private volatile String deadly;

	/**
	 * @param directory of its own; exists
	 * @param seed      of when it is killed
	 * @param reliable  whether the cloud hears and answers every call
	 */
	KilledEstate(Path directory, long seed, boolean reliable) {
		this.directory = directory;
		cloud = reliable ? RELIABLE : UNRELIABLE;
		random = new SplittableRandom(seed);
	}

	/**
	 * A life ends at each of these failpoints.
	 *
	 * @param latest at which time that it is reached, from the first to this one, by chance
	 */
	KilledEstate at(Collection<String> points, int latest) {
		points.stream().sorted().forEach(point -> wanted.put(point, 1 + random.nextInt(latest)));
		return this;
	}

	/** The next lives, so many, end at any time of their first {@value #WITHIN_MILLIS} ms. */
	KilledEstate atAnyTime(int times) {
		anyTime = times;
		return this;
	}

	/** Lives one life after the other until the scenario has come to its end. */
	Outcome run() throws IOException, PluginException, InterruptedException {
		Path folder = Files.createDirectories(directory.resolve("cloud"));
		try (LastingCloud lasting = new LastingCloud(folder, cloud, random.nextLong(), this::mayGoOn)) {
			int code = live(lasting.port());
			while (code == SIGKILL) {
				killedAt.add(deadly == null ? ANY_TIME : deadly);
				code = live(lasting.port());
			}
			JsonNode told = lasting.told();
			if (code != 0 || told == null) {
				throw new AssertionError("did not come to its end after " + killedAt + ":\n" + said());
			}
			return outcome(lasting, told);
		}
	}

	private int live(int port) throws IOException, InterruptedException {
		lives++;
		deadly = null;
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
		Stream.of(System.getProperty(OPTIONS, "").split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty(CLASS_PATH, System.getProperty("java.class.path")), KilledScenario.class.getName(), Integer.toString(port),
				directory.resolve("estate").toString()));
		life = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile()).start();
		try {
			if (!life.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("life " + lives + " hangs after " + killedAt + ":\n" + said());
			}
			return life.exitValue();
		} finally {
			life.destroyForcibly();
		}
	}

	private String said() throws IOException {
		return Files.readString(directory.resolve("said"));
	}

	/** Kills the process that asks when it is its time. */
	private boolean mayGoOn(String point) {
		Process asking = life;
		if (point.equals(BEGINS)) {
			if (anyTime > 0) {
				anyTime--;
				long millis = random.nextLong(WITHIN_MILLIS);
				Thread.ofPlatform().daemon().start(() -> killLater(asking, millis));
			}
			return true;
		}
		synchronized (this) {
			reached.add(point);
			int left = wanted.getOrDefault(point, 0);
			if (left != 1) {
				wanted.computeIfPresent(point, (name, times) -> times - 1);
				return true;
			}
			wanted.remove(point);
		}
		deadly = point;
		asking.destroyForcibly();
		return false;
	}

	private void killLater(Process asking, long millis) {
		try {
			Thread.sleep(millis);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		asking.destroyForcibly();
	}

	private Outcome outcome(LastingCloud lasting, JsonNode told) throws PluginException {
		Set<String> known = new TreeSet<>();
		told.forEach(token -> known.add(token.asText()));
		List<String> listed = lasting.machines(KilledScenario.ESTATE).stream().map(Instance::token).toList();
		List<String> duplicates = new ArrayList<>(subjects(lasting, LastingCloud.AGAIN));
		listed.stream().filter(token -> listed.indexOf(token) != listed.lastIndexOf(token)).distinct().forEach(duplicates::add);
		List<String> lost = new ArrayList<>(known.stream().filter(token -> !listed.contains(token)).toList());
		for (int missing = listed.size(); missing < MACHINES; missing++) {
			lost.add("one of the " + MACHINES + " that are needed");
		}
		if (lasting.size("pool") != POOL) {
			lost.add("the size of the pool: " + lasting.size("pool") + " instead of " + POOL);
		}
		List<String> unknown = listed.stream().filter(token -> !known.contains(token)).toList();
		return new Outcome(List.copyOf(killedAt), Set.copyOf(reached), subjects(lasting, "create").size(), duplicates, lost, unknown);
	}

	private static List<String> subjects(LastingCloud lasting, String call) {
		return lasting.log().stream().filter(done -> done.call().equals(call)).map(LastingCloud.Done::subject).toList();
	}
}
