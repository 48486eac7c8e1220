// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process ends without a word in the midst of its work; the next one finds each machine that was meant exactly once. */
class KillTest {
	@TempDir
	Path directory;

	@Test
	void aKilledProcessLeavesNoMachineTwiceAndNoneForgotten() throws Exception {
		// before and after the intents, between call and answer, before the answer is written, and by a signal from outside
		for (int point : new int[] { 2, 4, 5, 6, 7, -1 }) {
			Path folder = directory.resolve("at" + point);
			String said = run(folder, "2026-03-02T06:00:00Z", point);
			assertTrue(point < 0 || said.contains("dies at"), said);
			run(folder, "2026-03-02T06:10:00Z", 0);
			Set<String> tokens = new HashSet<>();
			List<Path> machines;
			try (var files = Files.list(folder.resolve("cloud"))) {
				machines = files.toList();
			}
			for (Path machine : machines) {
				assertTrue(tokens.add(Files.readString(machine).split(" ")[0]), "made twice after " + said);
			}
			assertEquals(2, machines.size(), "after " + said);
		}
	}

	/** Runs to the end, or kills by a signal as soon as a machine was made when the failpoint is negative. */
	private String run(Path folder, String start, int failPoint) throws IOException, InterruptedException {
		Path out = Files.createTempFile(directory, "child", ".txt");
		Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				KilledProcess.class.getName(), folder.resolve("journal").toString(), folder.resolve("cloud").toString(), start, Integer.toString(Math.max(0, failPoint))).redirectErrorStream(true).redirectOutput(out.toFile()).start();
		try {
			if (failPoint < 0) {
				long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
				while (child.isAlive() && System.nanoTime() < end && made(folder) == 0) {
					Thread.sleep(1);
				}
				child.destroyForcibly();
			}
			assertTrue(child.waitFor(120, TimeUnit.SECONDS), "the child hangs");
			String said = Files.readString(out);
			assertEquals(failPoint == 0 ? 0 : failPoint < 0 ? 137 : 9, failPoint < 0 && child.exitValue() == 0 ? 137 : child.exitValue(), said);
			return said;
		} finally {
			child.destroyForcibly();
		}
	}

	private static int made(Path folder) throws IOException {
		Path cloud = folder.resolve("cloud");
		if (!Files.isDirectory(cloud)) {
			return 0;
		}
		try (var files = Files.list(cloud)) {
			return (int) files.count();
		}
	}
}
