// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

class LogChannelTest {
	private static final Instant TIME = Instant.parse("2026-01-01T12:00:00Z");

	@TempDir
	Path directory;

	private AlertChannel open(String... settings) throws PluginException {
		List<Parameter> parameters = List.of(new Parameter("size", "Size", ParameterType.INTEGER, "KiB", "1024", false, false, ""),
				new Parameter("files", "Files", ParameterType.INTEGER, "", "5", false, false, ""));
		Map<String, String> values = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1], settings[2], settings[3]);
		return new LogChannelFactory().open(Settings.of(parameters, values), new PluginContext() {
			@Override
			public String estate() {
				return "fleet";
			}

			@Override
			public InstantSource clock() {
				return InstantSource.fixed(TIME);
			}

			@Override
			public Path directory() {
				return directory.resolve("channel");
			}

			@Override
			public <T> T shared(Class<T> type, Supplier<? extends T> create) {
				return create.get();
			}
		});
	}

	private static AlertNotice notice(String id, AlertNotice.Change change, Severity severity, String summary) {
		Alert alert = new Alert("a1", "cpu", "web1", "cpu", severity, Alert.State.OPEN, TIME, TIME.plusSeconds(3600), Optional.empty(), Optional.empty(),
				TIME.plusSeconds(1800), .93, .85, summary, "why", "add one", "ann", "p7", List.of());
		return new AlertNotice(id, "fleet", TIME, change, alert);
	}

	@Test
	void aNoticeIsALineInTheFileAndInTheLog() throws Exception {
		List<LogRecord> records = new ArrayList<>();
		Logger logger = Logger.getLogger(LogChannel.class.getName());
		logger.setUseParentHandlers(false);
		Handler handler = new Handler() {
			@Override
			public void publish(LogRecord line) {
				records.add(line);
			}

			@Override
			public void flush() {
				// nothing is buffered
			}

			@Override
			public void close() {
				// nothing is open
			}
		};
		logger.addHandler(handler);
		try (AlertChannel channel = open()) {
			channel.deliver(notice("1", AlertNotice.Change.RAISED, Severity.CRITICAL, "CPU of web1\nreaches 93 % {0}"));
			channel.deliver(notice("1", AlertNotice.Change.RAISED, Severity.CRITICAL, "the same again"));
			channel.deliver(notice("2", AlertNotice.Change.ACKNOWLEDGED, Severity.WARNING, "seen"));
			channel.deliver(notice("3", AlertNotice.Change.COVERED, Severity.WARNING, "covered"));
		} finally {
			logger.removeHandler(handler);
		}
		List<String> lines = Files.readAllLines(directory.resolve("channel/alerts.log"));
		assertEquals(3, lines.size(), lines.toString());
		assertEquals("2026-01-01T12:00:00Z RAISED CRITICAL fleet web1/cpu: CPU of web1 reaches 93 % {0} (breach at 2026-01-01T13:00:00Z, start by 2026-01-01T12:30:00Z)",
				lines.getFirst());
		assertTrue(lines.get(1).contains("ACKNOWLEDGED by ann WARNING"), lines.get(1));
		assertTrue(lines.get(2).contains("COVERED by plan p7 WARNING"), lines.get(2));
		assertEquals(List.of(Level.SEVERE, Level.INFO, Level.INFO), records.stream().map(LogRecord::getLevel).toList());
	}

	@Test
	void theFileIsRotatedBySize() throws Exception {
		try (AlertChannel channel = open("size", "1", "files", "2")) {
			for (int i = 0; i < 40; i++) {
				channel.deliver(notice("" + i, AlertNotice.Change.WITHDRAWN, Severity.WARNING, "number " + i));
			}
		}
		Path folder = directory.resolve("channel");
		try (var files = Files.list(folder)) {
			assertEquals(List.of("alerts.1.log", "alerts.2.log", "alerts.log"), files.map(file -> file.getFileName().toString()).sorted().toList());
		}
		assertTrue(Files.size(folder.resolve("alerts.1.log")) <= 1024);
		List<String> all = new ArrayList<>(Files.readAllLines(folder.resolve("alerts.2.log")));
		all.addAll(Files.readAllLines(folder.resolve("alerts.1.log")));
		all.addAll(Files.readAllLines(folder.resolve("alerts.log")));
		for (int i = 0; i < all.size(); i++) {
			assertTrue(all.get(i).contains("number " + (40 - all.size() + i) + " "), "in order and none lost: " + all.get(i));
		}
	}

	@Test
	void aFolderThatCannotBeWrittenIsASentence() throws Exception {
		Files.writeString(directory.resolve("channel"), "in the way");
		try (AlertChannel channel = open()) {
			PluginException failed = assertThrows(PluginException.class, () -> channel.deliver(notice("1", AlertNotice.Change.RAISED, Severity.WARNING, "x")));
			assertTrue(failed.getMessage().contains("alerts.log") && failed.getMessage().contains("cannot be written"), failed.getMessage());
			assertFalse(failed.isPermanent());
			Files.delete(directory.resolve("channel"));
			channel.deliver(notice("1", AlertNotice.Change.RAISED, Severity.WARNING, "x"));
			assertEquals(1, Files.readAllLines(directory.resolve("channel/alerts.log")).size(), "it is delivered when tried again");
		}
	}

	@Test
	void settingsThatAreWrongAreNamed() {
		assertTrue(assertThrows(PluginException.class, () -> open("size", "0", "files", "2")).getMessage().contains("size"));
		assertTrue(assertThrows(PluginException.class, () -> open("size", "1", "files", "-2")).getMessage().contains("files"));
	}
}
