// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** An estate in the time of its data starts clean also where the last run was killed and could not forget anything. */
class KilledOwnTimeTest {
	private static final class Killed extends RuntimeException {
		private static final long serialVersionUID = 1L;
	}

	@TempDir
	Path directory;

	private static FleetRun fleet(Path folder) throws PluginException {
		return new FleetRun(folder, 3).quiet().models(FleetRun.models().stream().filter(model -> model.id().equals("weekly")).toList())
				.with(Map.of("web", Mode.AUTO), ProvisioningSettings.defaults().withScaleIn(Set.of("web")));
	}

	/** Runs a fleet until a state is as wanted, and no further. */
	private static WeaverState until(FleetRun fleet, Predicate<WeaverState> wanted) {
		WeaverState[] last = { null };
		assertThrows(Killed.class, () -> fleet.watch(state -> {
			last[0] = state;
			if (wanted.test(state)) {
				throw new Killed();
			}
		}).run(1));
		return last[0];
	}

	private static WeaverState noonOfTheNextDay(Path folder) throws PluginException {
		return until(fleet(folder).start("2026-03-03T00:00:00Z"), state -> state.time().equals(Instant.parse("2026-03-03T12:00:00Z")));
	}

	@Test
	void aStartAfterAKillIsAsTheFirst() throws Exception {
		Path left = directory.resolve("left");
		until(fleet(directory.resolve("run")), state -> {
			boolean removed = state.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.DELETED);
			if (removed) {
				// what is on the disk in the midst of a run is what a kill leaves
				copy(directory.resolve("run"), left);
			}
			return removed;
		});
		assertTrue(Files.size(found(left, "machines.tsv").getFirst()) > 0, "the cloud remembers its machines");
		WeaverState first = noonOfTheNextDay(directory.resolve("first"));
		WeaverState again = noonOfTheNextDay(left);
		assertTrue(first.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count() > 1, "the fleet grows: " + first.queue());
		assertEquals(first.queue(), again.queue());
		assertEquals(first.report().drifts(), again.report().drifts());
	}

	private static void copy(Path from, Path to) {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(from.relativize(file).toString()));
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static List<Path> found(Path folder, String name) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(FileSystems.getDefault().getPathMatcher("glob:**/" + name)::matches).toList();
		}
	}
}
