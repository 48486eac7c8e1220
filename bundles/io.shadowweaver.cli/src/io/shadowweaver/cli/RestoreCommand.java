// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.archive.Archives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave restore}: makes an estate of an archive. */
@Command(name = "restore", mixinStandardHelpOptions = true,
		description = "Makes an estate of an archive: all of it, checked against its checksums, or nothing. The secrets of its connections are not in it. "
				+ "What was fetched by a restoration that was interrupted is not fetched again.",
		footer = { "", "Examples:", "  weave restore --data ~/.weave prod --from /backup", "  weave restore ./copy --of prod --from /backup --archive archives/prod/20261125T060000Z-….json", "",
				"Exit codes: 0 done, 1 failed inside, 2 wrong use, wrong input, or the archive is missing or damaged." })
final class RestoreCommand implements Callable<Integer> {
	@Parameters(index = "0", arity = "0..1", paramLabel = "ESTATE", description = "The directory that the estate gets, or with --data its id. Missing or empty, unless --force is given.")
	private Optional<String> estate = Optional.empty();
	@Option(names = "--from", required = true, paramLabel = "STORE", description = "A directory, the id of a blob store (see 'weave plugins'), or with --data the name of one that was set up there.")
	private String store;
	@Option(names = "--of", paramLabel = "ID", description = "The id of the archived estate (default: that of ESTATE).")
	private Optional<String> of = Optional.empty();
	@Option(names = "--archive", paramLabel = "NAME", description = "Which archive, by the name that --list prints (default: the newest).")
	private Optional<String> archive = Optional.empty();
	@Option(names = "--force", description = "Replace what is there. It is moved aside, not removed.")
	private boolean force;
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
			Optional<Path> directory = estate.map(options::directory);
			String id = of.orElseGet(() -> directory.map(StoreOptions::id).orElse(""));
			if (list) {
				ArchiveCommand.print(archives, id, out);
				return 0;
			}
			String name = archive.isPresent() ? archive.get() : archives.newest(id).name();
			Path target = directory.orElseThrow();
			Path former = archives.restore(name, target, force, options.progress(spec.commandLine().getErr()));
			out.println(name + " is restored to " + target + (former.equals(target) ? "." : "; what was there is in " + former + "."));
			return 0;
		}
	}
}
