// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.client.ApiException;
import io.shadowweaver.client.RemoteServer;
import io.shadowweaver.client.ServerAddress;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.search.Query;
import io.shadowweaver.engine.search.QueryException;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotException;
import io.shadowweaver.kit.state.SnapshotFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave snapshot}: an estate with its forecasts as a file that a workbench opens elsewhere, and what stands in such a file. */
@Command(name = "snapshot", mixinStandardHelpOptions = true, description = "Keeps an estate with its forecasts in a file that a workbench opens offline, or says what is in one: docs/snapshots.md.",
		footer = { "", "Examples:", "  weave snapshot save now.swsnap --server http://localhost:8470 --estate simulated", "  weave snapshot save now.swsnap --server https://weave.example.com:8443 --estate prod --key-from WEAVE_KEY",
				"  weave snapshot save fleet.swsnap --source simulated --filter 'cpu>80%% @+2h'", "  weave snapshot show now.swsnap", "",
				"Exit codes: 0 done, 1 failed inside, 2 wrong use, wrong input, or it could not be read or saved." })
final class SnapshotCommand implements Runnable {
	private static final String FILTER = "filter";

	@Spec
	private CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "One of save and show is needed.");
	}

	@Command(name = "save", mixinStandardHelpOptions = true, description = "Saves the newest state of an estate of a running server, or of a source that is read for this alone. Nothing is called or built.")
	void save(@Parameters(paramLabel = "FILE", description = "What is written, by custom NAME.swsnap; there must be none of that name.") Path file,
			@Option(names = "--server", paramLabel = "ADDRESS", description = "A running server, such as https://weave.example.com:8443; on this machine http:// will do.") String server,
			@Option(names = "--estate", paramLabel = "ID", description = "With --server: which of its estates.") String estate,
			@Option(names = "--key-from", paramLabel = "VARIABLE", description = "With --server: the environment variable that holds a key of it; not needed where it lets this machine in.") String variable,
			@Option(names = "--authority", paramLabel = "FILE", defaultValue = "", description = "With --server: PEM file with the certificates that are trusted in place of Java's.") String authority,
			@Option(names = "--fingerprint", paramLabel = "HEX", defaultValue = "", description = "With --server: the SHA-256 of the one certificate that is trusted.") String fingerprint,
			@Option(names = "--source", paramLabel = "ID|FILE", description = "A source, such as prometheus or simulated, or the sources of an estate, by its estate.json.") String source,
			@Option(names = "--set", paramLabel = "KEY=VALUE", description = "With --source: a setting of the source; may be repeated.") Map<String, String> settings,
			@Option(names = "--filter", paramLabel = "QUERY", defaultValue = "", description = "What is looked for when it is opened: docs/search.md.") String filter) throws Exception {
		if ((server == null) == (source == null)) {
			throw new ParameterException(spec.commandLine(), "One of --server and --source is needed.");
		}
		if (server != null && estate == null) {
			throw new ParameterException(spec.commandLine(), "--estate is needed with --server.");
		}
		if (Files.exists(file)) {
			throw new PluginException(file + " is there already, and stays as it is.");
		}
		WeaverState state = server != null ? attached(server, estate, variable, authority, fingerprint) : woven(source, settings == null ? Map.of() : settings);
		checked(filter, state);
		Snapshot snapshot = Snapshot.of(state, filter.isBlank() ? Map.of() : Map.of(FILTER, filter.strip()), Clock.systemUTC().instant(), WeaveCommand.VERSION);
		try {
			SnapshotFile.write(file, snapshot);
		} catch (IOException e) {
			throw new PluginException("The snapshot could not be saved to " + file + ": " + e.getMessage(), e);
		}
		out().println(file + ": " + state.name() + " at " + state.time() + ", " + state.topology().resources().size() + " resources, " + forecasts(state) + " forecasts.");
	}

	private static WeaverState attached(String server, String estate, String variable, String authority, String fingerprint) throws PluginException, InterruptedException {
		String key = variable == null ? null : System.getenv(variable);
		if (variable != null && key == null) {
			throw new PluginException("--key-from: the environment variable " + variable + " is not set.");
		}
		try {
			return RemoteServer.state(ServerAddress.parse(server, authority, fingerprint), Optional.ofNullable(key), estate);
		} catch (ApiException | IllegalArgumentException e) {
			throw new PluginException(e.getMessage(), e);
		}
	}

	private static WeaverState woven(String source, Map<String, String> settings) throws PluginException, InterruptedException {
		try (Workplace workplace = Workplace.open(Optional.empty())) {
			Weaver weaver = SourceHistory.open(workplace.platform(), source, settings);
			return SourceHistory.await(weaver, source, WhatIfCommand::isForecast);
		}
	}

	private static void checked(String filter, WeaverState state) throws PluginException {
		try {
			Query.parse(filter.strip()).checked(state);
		} catch (QueryException e) {
			throw new PluginException("--filter: at " + (e.position() + 1) + ": " + e.getMessage() + ".", e);
		}
	}

	@Command(name = "show", mixinStandardHelpOptions = true, description = "Prints what is in a snapshot: of which estate and moment, written when and by which version, by which models it was forecast, and how it was looked at.")
	void show(@Parameters(paramLabel = "FILE", description = "A snapshot.") Path file) throws PluginException {
		Snapshot snapshot;
		try {
			snapshot = SnapshotFile.read(file);
		} catch (SnapshotException e) {
			throw new PluginException(e.getMessage(), e);
		}
		WeaverState state = snapshot.state();
		line("estate", state.estate() + (state.name().isBlank() ? "" : " (" + state.name() + ")"));
		line("time", state.time().toString());
		line("written", snapshot.written() + " by Shadow Weaver " + snapshot.product());
		line("topology", state.topology().resources().size() + " resources, " + state.topology().groups().size() + " groups, " + state.topology().links().size() + " links");
		line("series", state.series().size() + ", " + forecasts(state) + " with a forecast");
		snapshot.models().forEach(use -> line("model", use.model() + " " + use.version() + ", " + use.series() + " series"));
		line("alerts", state.alerts().stream().filter(alert -> alert.isActive()).count() + " active");
		line("plans", state.plans().stream().filter(plan -> plan.isOpen()).count() + " open");
		snapshot.view().entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).sorted(Map.Entry.comparingByKey()).forEach(entry -> line("view " + entry.getKey(), entry.getValue()));
	}

	private void line(String what, String value) {
		out().printf("%-16s %s%n", what, value);
	}

	private static long forecasts(WeaverState state) {
		long count = 0;
		for (int slot = 0; slot < state.series().size(); slot++) {
			count += state.series().forecast(slot).filter(Forecast::isPresent).isPresent() ? 1 : 0;
		}
		return count;
	}

	private PrintWriter out() {
		return spec.commandLine().getOut();
	}
}
