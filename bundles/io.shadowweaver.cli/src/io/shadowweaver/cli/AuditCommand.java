// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave audit}: reads the audit trail of an estate, whether or not it is running; changes and locks nothing. */
@Command(name = "audit", mixinStandardHelpOptions = true,
		description = "The audit trail of an estate: who did what, when, why, and what came of it. Only reads; the estate may be running.",
		footer = { "", "Exit codes: 0 the trail is whole, 1 it is broken, 2 wrong use." })
final class AuditCommand implements Runnable {
	private static final int BROKEN = 1;

	private enum Format {
		CSV, JSONL
	}

	@Spec
	private CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "One of verify, list and export is needed.");
	}

	/** Which trail. */
	static final class Place {
		@Parameters(index = "0", paramLabel = "ESTATE", description = "The id of the estate.")
		private String estate;
		@Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "The directory that 'serve --data' or the workbench keeps its estates in.")
		private Path data;

		AuditTrail trail() throws PluginException {
			Path directory = ShadowPlatform.directoryOf(data, estate);
			if (!Files.isDirectory(directory)) {
				throw new PluginException("There is no estate " + estate + " in " + data + ".");
			}
			AuditTrail trail = AuditTrail.in(directory.resolve("provisioning"));
			if (!Files.isRegularFile(trail.file())) {
				throw new PluginException("The estate " + estate + " has no audit trail: " + trail.file() + " is not there.");
			}
			return trail;
		}
	}

	/** Which entries. */
	static final class Time {
		@Option(names = "--from", paramLabel = "TIME", description = "The first moment (default: from the beginning).")
		private Instant from = Instant.MIN;
		@Option(names = "--to", paramLabel = "TIME", description = "The first moment after it (default: to the end).")
		private Instant to = Instant.MAX;
	}

	@Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks that no line was changed, removed, added, moved or cut short; says the first that was.")
	int verify(@Mixin Place place) throws PluginException, IOException {
		AuditTrail trail = place.trail();
		AuditCheck check = AuditTrail.verify(trail.file());
		if (check.whole()) {
			out().println("The audit trail of " + place.estate + " is whole: " + check.entries() + (check.entries() == 1 ? " entry" : " entries") + ", up to record " + check.journal() + " of the journal.");
		}
		return told(place, check);
	}

	@Command(name = "list", mixinStandardHelpOptions = true, description = "Prints entries for reading, one a line.")
	int list(@Mixin Place place, @Mixin Time time) throws PluginException, IOException {
		AuditTrail trail = place.trail();
		for (AuditEntry entry : trail.read(time.from, time.to)) {
			out().println(entry.number() + "  " + entry.at() + "  " + entry.who() + " " + entry.what() + (entry.result().isEmpty() ? "" : " -> " + entry.result())
					+ (entry.why().isEmpty() ? "" : "  (" + entry.why() + ")"));
		}
		return told(place, AuditTrail.verify(trail.file()));
	}

	@Command(name = "export", mixinStandardHelpOptions = true, description = "Prints entries as CSV, or as the JSON lines that they are in the trail.")
	int export(@Mixin Place place, @Mixin Time time,
			@Option(names = "--format", defaultValue = "csv", paramLabel = "csv|jsonl", description = "Default: ${DEFAULT-VALUE}.") Format format) throws PluginException, IOException {
		AuditTrail trail = place.trail();
		List<AuditEntry> entries = trail.read(time.from, time.to);
		if (format == Format.CSV) {
			AuditTrail.csv(entries, out());
		} else {
			AuditTrail.jsonLines(entries, out());
		}
		out().flush();
		return told(place, AuditTrail.verify(trail.file()));
	}

	private int told(Place place, AuditCheck check) {
		if (check.whole()) {
			return 0;
		}
		spec.commandLine().getErr().println("weave: The audit trail of " + place.estate + " is broken in line " + check.broken() + ": " + check.reason() + ".");
		return BROKEN;
	}

	private PrintWriter out() {
		return spec.commandLine().getOut();
	}
}
