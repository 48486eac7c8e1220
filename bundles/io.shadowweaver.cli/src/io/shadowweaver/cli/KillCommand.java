// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.provisioning.KillMark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave kill}: the kill switch of an estate, whether or not it is running, here or in another process. */
@Command(name = "kill", mixinStandardHelpOptions = true,
		description = "Moves the kill switch of an estate. A process that runs it reads the switch right before each call to a provider: once this has said that it is on, no call begins.",
		footer = { "", "Exit codes: 0 done, 1 the switch could not be moved, 2 wrong use." })
final class KillCommand implements Callable<Integer> {
	private enum Wish {
		ON, OFF, STATUS
	}

	@Parameters(index = "0", paramLabel = "on|off|status", description = "on: stop all new calls; off: allow them again; status: only say how it stands.")
	private Wish wish;
	@Parameters(index = "1", paramLabel = "ESTATE", description = "The id of the estate.")
	private String estate;
	@Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "The directory that 'serve --data' or the workbench keeps its estates in.")
	private Path data;
	@Option(names = "--person", paramLabel = "NAME", description = "Who decides it, for the journal (default: the user of this process).")
	private String person = System.getProperty("user.name", "unknown");
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws PluginException {
		Path directory = ShadowPlatform.directoryOf(data, estate);
		if (!Files.isDirectory(directory)) {
			throw new PluginException("There is no estate " + estate + " in " + data + ".");
		}
		if (person.isBlank()) {
			throw new PluginException("--person must name somebody.");
		}
		KillMark mark = KillMark.in(directory.resolve("provisioning"));
		if (wish != Wish.STATUS) {
			try {
				mark.move(wish == Wish.ON, person, Clock.systemUTC().instant());
			} catch (IOException e) {
				spec.commandLine().getErr().println("weave: The kill switch of " + estate + " was not moved: " + e.getMessage());
				return 1;
			}
		}
		Optional<KillMark.Position> position = mark.read();
		spec.commandLine().getOut().println(position.map(one -> "The kill switch of " + estate + " is " + (one.on() ? "on" : "off") + ", by " + one.person() + " at " + one.at() + ".")
				.orElse("The kill switch of " + estate + " was never moved."));
		return 0;
	}
}
