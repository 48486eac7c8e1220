// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.server.security.ApiKey;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave key}: the keys of the API, whether or not a server is running over them. */
@Command(name = "key", mixinStandardHelpOptions = true, description = "The keys of the API: who may read, operate, approve, provision. A running server sees a change at once.",
		footer = { "", "Examples:", "  weave key add grafana --data ~/.weave", "  weave key add oncall --data ~/.weave --scope read,operate,approve --expires P90D",
				"  weave key revoke grafana --data ~/.weave" })
final class KeyCommand implements Runnable {
	private static final String DATA = "The directory that 'serve --data' or the workbench keeps its estates in.";

	@Spec
	private CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "One of add, list and revoke is needed.");
	}

	@Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a key and prints it, this once: only a hash of it is kept.")
	void add(@Parameters(paramLabel = "NAME", description = "Unique; stands as person in the audit trail.") String name,
			@Option(names = "--scope", split = ",", paramLabel = "read|operate|approve|provision|admin", description = "What it may do; none contains another (default: read).") List<String> scopes,
			@Option(names = "--expires", paramLabel = "DURATION|TIME", description = "When it ends, such as P90D or 2027-01-01T00:00:00Z (default: never).") String expires,
			@Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = DATA) Path data) throws PluginException {
		try {
			Set<Scope> wanted = scopes == null ? EnumSet.of(Scope.READ) : EnumSet.copyOf(scopes.stream().map(Scope::of).toList());
			ApiKeys.Made made = new ApiKeys(data, Clock.systemUTC()).add(name, wanted, Optional.ofNullable(expires).map(KeyCommand::moment));
			spec.commandLine().getErr().println("The key " + name + " may " + text(made.kept()) + (made.kept().expires().map(end -> " until " + end).orElse("")) + ". It is not shown again:");
			out().println(made.key());
		} catch (IOException | RuntimeException e) {
			throw new PluginException("No key was made: " + e.getMessage(), e);
		}
	}

	@Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the names of keys, what they may do and when they end.")
	void list(@Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = DATA) Path data) throws PluginException {
		try {
			Instant now = Clock.systemUTC().instant();
			for (ApiKey key : new ApiKeys(data, Clock.systemUTC()).list()) {
				out().println(key.name() + "  " + text(key) + "  made " + key.created() + "  " + key.expires().map(end -> (key.isValid(now) ? "ends " : "ended ") + end).orElse("never ends"));
			}
		} catch (IOException e) {
			throw new PluginException(e.getMessage(), e);
		}
	}

	@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key at once.")
	void revoke(@Parameters(paramLabel = "NAME", description = "Of the key.") String name, @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = DATA) Path data)
			throws PluginException {
		try {
			if (!new ApiKeys(data, Clock.systemUTC()).revoke(name)) {
				throw new PluginException("There is no key " + name + " in " + data + ".");
			}
			out().println("The key " + name + " is revoked.");
		} catch (IOException e) {
			throw new PluginException("The key " + name + " was not revoked: " + e.getMessage(), e);
		}
	}

	private static Instant moment(String text) {
		return text.startsWith("P") ? Clock.systemUTC().instant().plus(Duration.parse(text)) : Instant.parse(text);
	}

	private static String text(ApiKey key) {
		return key.scopes().stream().sorted().map(Scope::text).collect(Collectors.joining(", "));
	}

	private PrintWriter out() {
		return spec.commandLine().getOut();
	}
}
