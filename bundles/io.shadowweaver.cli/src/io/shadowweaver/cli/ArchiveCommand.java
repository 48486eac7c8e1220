// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.archive.Archived;
import io.shadowweaver.archive.Archives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave archive}: keeps an estate in a blob store, or lists what is kept there. */
@Command(name = "archive", mixinStandardHelpOptions = true,
		description = "Archives an estate, which may be running, in a blob store: samples, states of forecasts, configuration, calendar, journal and audit log, no secrets. "
				+ "Only what the store does not have yet is sent, so an archive that was interrupted goes on where it was.",
		footer = { "", "Examples:", "  weave archive --data ~/.weave prod --to /backup",
				"  weave archive --data ~/.weave prod --to swift --set endpoint=https://keystone:5000/v3 \\", "      --set container=weave --set identity=Default:me --secret credential=OS_PASSWORD",
				"  weave archive --data ~/.weave prod --to 'Backup in Berlin'   (as it was set up in the workbench)", "  weave archive --list --to /backup", "", "Exit codes: 0 done, 1 failed inside, 2 wrong use, wrong input, or it could not be read or stored." })
final class ArchiveCommand implements Callable<Integer> {
	@Parameters(index = "0", arity = "0..1", paramLabel = "ESTATE", description = "The directory of an estate, or with --data its id.")
	private Optional<String> estate = Optional.empty();
	@Option(names = "--to", required = true, paramLabel = "STORE", description = "A directory, the id of a blob store (see 'weave plugins'), or with --data the name of one that was set up there.")
	private String store;
	@Option(names = "--list", description = "Only list the archives that the store holds, of one estate or of all.")
	private boolean list;
	@Mixin
	private StoreOptions options;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		if (estate.isEmpty() && !list) {
			throw new ParameterException(spec.commandLine(), "ESTATE is needed, or --list.");
		}
		PrintWriter out = spec.commandLine().getOut();
		try (Workplace workplace = options.workplace(); BlobStore opened = options.open(workplace.platform(), store)) {
			Archives archives = new Archives(opened, Clock.systemUTC());
			if (list) {
				print(archives, estate.map(name -> StoreOptions.id(options.directory(name))).orElse(""), out);
				return 0;
			}
			Path directory = options.directory(estate.get());
			Archived made = archives.create(directory, StoreOptions.id(directory), options.progress(spec.commandLine().getErr()));
			out.printf(Locale.ROOT, "%s: %,d bytes, of which %,d were stored and %,d were there already.%n", made.name(), made.bytes(), made.stored(), made.skipped());
			return 0;
		}
	}

	/** One line an archive: name, estate, when it was made, its newest sample, bytes. */
	static void print(Archives archives, String estate, PrintWriter out) throws PluginException {
		for (Archived archive : archives.list(estate)) {
			out.printf("%s estate=%s made=%s samples-until=%s bytes=%d%n", archive.name(), archive.estate(), archive.asOf(), archive.newest().equals(Instant.EPOCH) ? "-" : archive.newest(),
					archive.bytes());
		}
	}
}
