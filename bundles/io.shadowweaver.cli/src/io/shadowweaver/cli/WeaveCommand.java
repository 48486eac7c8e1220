// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.PrintWriter;

import io.shadowweaver.api.plugin.PluginException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weave}: the commands, their help and their exit codes: 0 done, 1 failed inside, 2 wrong use or wrong input. */
@Command(name = "weave", mixinStandardHelpOptions = true, version = "Shadow Weaver " + WeaveCommand.VERSION,
		description = "Forecasts infrastructure metrics and shows tomorrow's load beside today's, without a display.",
		subcommands = { ServeCommand.class, ForecastCommand.class, BackTestCommand.class, ReplayCommand.class,
				AnomaliesCommand.class, EventsCommand.class, ArchiveCommand.class, RestoreCommand.class, KillCommand.class, AuditCommand.class, KeyCommand.class, PluginsCommand.class, ConnectCommand.class, WhatIfCommand.class, SnapshotCommand.class },
		footer = { "", "Exit codes: 0 done, 1 failed inside, 2 wrong use or wrong input." })
final class WeaveCommand implements Runnable {
	/** Of the product. */
	static final String VERSION = "1.0.0";

	@Spec
	private CommandSpec spec;

	/** Runs one command line. */
	static int run(String[] arguments, PrintWriter out, PrintWriter err) {
		CommandLine line = new CommandLine(new WeaveCommand());
		line.setOut(out);
		line.setErr(err);
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.setExecutionExceptionHandler((failure, command, result) -> {
			err.println("weave: " + (failure instanceof PluginException ? failure.getMessage() : failure.toString()));
			if (!(failure instanceof PluginException)) {
				System.getLogger(WeaveCommand.class.getName()).log(System.Logger.Level.ERROR, "weave failed", failure);
			}
			return failure instanceof PluginException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
		});
		return line.execute(arguments);
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "A command is needed.");
	}
}
