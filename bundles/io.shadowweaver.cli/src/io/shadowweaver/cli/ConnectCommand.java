// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.platform.Points;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave connect}: tries a connection, makes nothing, keeps nothing. */
@Command(name = "connect", mixinStandardHelpOptions = true,
		description = "Tries a connection to a cloud provider or a metric source and says what is there. Makes nothing and keeps nothing.",
		footer = { "", "Exit codes: 0 it answers, 1 it does not, 2 wrong use." })
final class ConnectCommand implements Callable<Integer> {
	private enum Kind {
		PROVIDER(Points.PROVIDERS), SOURCE(Points.SOURCES);

		private final String point;

		Kind(String point) {
			this.point = point;
		}
	}

	@Parameters(index = "0", paramLabel = "provider|source", description = "What is connected to.")
	private Kind kind;
	@Parameters(index = "1", paramLabel = "TYPE", description = "The id of the contribution: see 'weave plugins'.")
	private String type;
	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting; may be repeated.")
	private Map<String, String> settings = Map.of();
	@Option(names = "--secret", paramLabel = "KEY=VARIABLE",
			description = "A secret setting, and the environment variable that holds it: a command line is no place for a secret.")
	private Map<String, String> secrets = Map.of();
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Map<String, String> all = new HashMap<>(settings);
		for (Map.Entry<String, String> secret : secrets.entrySet()) {
			String value = System.getenv(secret.getValue());
			if (value == null) {
				throw new PluginException("--secret " + secret.getKey() + ": the environment variable " + secret.getValue() + " is not set.");
			}
			all.put(secret.getKey(), value);
		}
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			Status status = workplace.platform().test(kind.point, type, all);
			boolean answers = status.state() == Status.State.OK;
			(answers ? spec.commandLine().getOut() : spec.commandLine().getErr()).println(status.sentence());
			return answers ? 0 : 1;
		}
	}
}
