// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.plugin.PluginException;

/** A line a notice: to the system's log and to {@code alerts.log}, which is rotated by size. */
final class LogChannel implements AlertChannel {
	private static final System.Logger LOG = System.getLogger(LogChannel.class.getName());

	private final Path directory;
	private final long most;
	private final int older;
	private String lastDelivered = "";

	LogChannel(Path directory, long most, int older) {
		this.directory = directory;
		this.most = most;
		this.older = older;
	}

	@Override
	public void deliver(AlertNotice notice) throws PluginException {
		if (notice.id().equals(lastDelivered)) {
			return;
		}
		String line = line(notice);
		Path file = directory.resolve("alerts.log");
		byte[] bytes = (notice.time() + " " + line + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			Files.createDirectories(directory);
			if (Files.exists(file) && Files.size(file) + bytes.length > most) {
				rotate(file);
			}
			Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		} catch (IOException e) {
			throw new PluginException("The alert file " + file + " cannot be written: " + e.getMessage() + ".", e);
		}
		lastDelivered = notice.id();
		LOG.log(level(notice), line);
	}

	private void rotate(Path file) throws IOException {
		for (int i = older; i >= 1; i--) {
			Path from = i == 1 ? file : numbered(i - 1);
			if (Files.exists(from)) {
				Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		Files.deleteIfExists(file);
	}

	private Path numbered(int i) {
		return directory.resolve("alerts." + i + ".log");
	}

	private static System.Logger.Level level(AlertNotice notice) {
		return switch (notice.change()) {
		case RAISED, CHANGED, UNCOVERED -> notice.alert().severity() == Severity.CRITICAL ? System.Logger.Level.ERROR : System.Logger.Level.WARNING;
		case ACKNOWLEDGED, COVERED, WITHDRAWN -> System.Logger.Level.INFO;
		};
	}

	/** One line, whatever a name or summary holds. */
	private static String line(AlertNotice notice) {
		String who = notice.alert().acknowledgedBy().isEmpty() || notice.change() != AlertNotice.Change.ACKNOWLEDGED ? ""
				: " by " + notice.alert().acknowledgedBy();
		String plan = notice.alert().coveredBy().isEmpty() || notice.change() != AlertNotice.Change.COVERED ? "" : " by plan " + notice.alert().coveredBy();
		String text = notice.change() + who + plan + " " + notice.alert().severity() + " " + notice.estate() + " " + notice.alert().subject() + "/"
				+ notice.alert().metric() + ": " + notice.alert().summary() + " (breach at " + notice.alert().breachAt() + ", start by "
				+ notice.alert().startBy() + ")";
		return text.replaceAll("\\p{Cntrl}+", " ");
	}

	@Override
	public void close() {
		// Nothing is held open between two notices.
	}
}
