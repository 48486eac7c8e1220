// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotException;
import io.shadowweaver.kit.state.SnapshotFile;

class SnapshotsTest {
	private static final Instant NOW = Instant.parse("2026-03-03T13:22:00Z");
	private static final SeriesId CPU = new SeriesId("web-1", "cpu");

	@TempDir
	Path folder;

	private final Snapshots snapshots = new Snapshots();

	private Path file(Instant written) throws Exception {
		Path file = folder.resolve("Büro 1.swsnap");
		SnapshotFile.write(file, Snapshot.of(WeaverState.initial("office", "Office", NOW, Duration.ofMinutes(1)), Map.of("filter", "kind:vm"), written, "1.0.0"));
		return file;
	}

	@Test
	void aFileIsAnEstateUntilItIsClosed() throws Exception {
		AtomicInteger told = new AtomicInteger();
		Runnable end = snapshots.listen(told::incrementAndGet);
		EstateHandle estate = snapshots.open(file(NOW));
		assertEquals(List.of(estate), snapshots.estates());
		assertEquals("Office (snapshot of 3 Mar 2026 13:22 UTC)", estate.name());
		assertTrue(estate.id().matches("[A-Za-z0-9._-]+"), "it names a folder: " + estate.id());
		assertEquals("kind:vm", estate.snapshot().orElseThrow().view().get("filter"));
		assertEquals(1, told.get());
		assertTrue(snapshots.close(estate.id()));
		assertFalse(snapshots.close(estate.id()));
		assertTrue(snapshots.estates().isEmpty());
		assertEquals(2, told.get());
		end.run();
	}

	@Test
	void theSameFileIsOpenOnceAndAChangedOneBesideIt() throws Exception {
		EstateHandle first = snapshots.open(file(NOW));
		assertSame(first, snapshots.open(file(NOW)));
		EstateHandle second = snapshots.open(file(NOW.plusSeconds(60)));
		assertFalse(second.id().equals(first.id()));
		assertEquals(List.of(first, second), snapshots.estates());
	}

	@Test
	void whatIsNoSnapshotOpensNothing() throws Exception {
		Path file = folder.resolve("a.swsnap");
		Files.writeString(file, "something else");
		assertThrows(SnapshotException.class, () -> snapshots.open(file));
		assertTrue(snapshots.estates().isEmpty());
	}

	@Test
	void nothingInItIsChangedOrCommanded() throws Exception {
		EstateHandle estate = snapshots.open(file(NOW));
		List<Executable> commands = List.of(() -> estate.killSwitch(true, "me"), () -> estate.approve("plan", "me"), () -> estate.reject("plan", "me"),
				() -> estate.cancel("token", "me"), () -> estate.acknowledge("alert", "me"), () -> estate.mode("web", Mode.AUTO), () -> estate.thresholds(List.of()),
				() -> estate.speed(2), () -> estate.pin(CPU, java.util.Optional.empty()), () -> estate.imagine(Scenario.of("more")),
				() -> estate.automation().resume("web", "me"), () -> estate.automation().remove("account", "i-1", "me"));
		for (Executable command : commands) {
			String sentence = assertThrows(IllegalStateException.class, command).getMessage();
			assertTrue(sentence.contains("is a snapshot"), sentence);
		}
		assertThrows(ExecutionException.class, () -> estate.automation().commit(Scenario.of("more"), "me").get());
		assertFalse(estate.ownTime());
	}

	@Test
	void whatItDoesNotHoldIsSaid() throws Exception {
		EstateHandle estate = snapshots.open(file(NOW));
		assertEquals("A snapshot holds no history.", estate.history(CPU, NOW.minusSeconds(600), NOW, Duration.ofMinutes(1)).cause());
		assertFalse(estate.path(CPU, List.of(Duration.ofHours(1))).isPresent());
		assertTrue(estate.quality(CPU).isEmpty());
		assertTrue(estate.automation().accounts().isEmpty());
	}
}
