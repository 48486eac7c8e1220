// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weave plugins}: what is installed, and what is broken and why. */
@Command(name = "plugins", mixinStandardHelpOptions = true,
		description = "Lists every contribution: extension point, id, state, bundle, description; a broken one with its reason.")
final class PluginsCommand implements Callable<Integer> {
	@Option(names = "--load", description = "Also load the class of each, which finds what is broken inside.")
	private boolean load;
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			if (load) {
				for (ContributionInfo info : workplace.platform().contributions()) {
					if (Points.ALL.contains(info.point())) {
						try {
							workplace.platform().factory(info.point(), info.id(), Object.class);
						} catch (io.shadowweaver.api.plugin.PluginException e) {
							// its state below says so
						}
					}
				}
			}
			for (ContributionInfo info : workplace.platform().contributions()) {
				spec.commandLine().getOut().printf("%-15s %-15s %-12s %-36s %s%n", info.point(), info.id(), info.status().state(), info.bundle(),
						info.status().detail().isEmpty() ? info.description() : info.status().sentence());
			}
		}
		return 0;
	}
}
