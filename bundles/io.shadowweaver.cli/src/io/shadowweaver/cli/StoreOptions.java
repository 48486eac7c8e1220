// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.Points;
import io.shadowweaver.platform.ShadowPlatform;
import picocli.CommandLine.Option;

/** Which store, and which estate of which directory. */
final class StoreOptions {
	private static final String FILES = "filesystem";

	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the store; may be repeated.")
	private Map<String, String> settings = Map.of();
	@Option(names = "--secret", paramLabel = "KEY=VARIABLE",
			description = "A secret setting, and the environment variable that holds it: a command line is no place for a secret.")
	private Map<String, String> secrets = Map.of();
	@Option(names = "--data", paramLabel = "DIRECTORY", description = "The directory that 'serve --data' or the workbench keeps its estates in; then ESTATE is an id, and STORE may be one of the stores that were set up there.")
	private Path data;
	@Option(names = "--quiet", description = "Say nothing while it works.")
	private boolean quiet;

	/** The platform over the directory that was named, or else over a temporary one. */
	Workplace workplace() throws PluginException {
		return Workplace.open(Optional.ofNullable(data).filter(Files::isDirectory));
	}

	/** Opens a store: one that was set up in {@code --data}, by its name or id, the id of a contribution, or a directory. */
	BlobStore open(ShadowPlatform platform, String store) throws PluginException {
		Map<String, String> all = new HashMap<>(settings);
		for (Map.Entry<String, String> secret : secrets.entrySet()) {
			String value = System.getenv(secret.getValue());
			if (value == null) {
				throw new PluginException("--secret " + secret.getKey() + ": the environment variable " + secret.getValue() + " is not set.");
			}
			all.put(secret.getKey(), value);
		}
		Optional<Connection> kept = platform.stores().find(store);
		if (kept.isPresent()) {
			return platform.stores().open(kept.get(), all);
		}
		boolean known = platform.contributions().stream().anyMatch(info -> info.point().equals(Points.STORES) && info.id().equals(store));
		boolean folder = !known && (store.indexOf('/') >= 0 || Files.isDirectory(Path.of(store)));
		if (folder) {
			all.putIfAbsent("directory", Path.of(store).toAbsolutePath().toString());
		}
		return platform.stores().open(folder ? FILES : store, all);
	}

	/** Where an estate is kept: below {@code --data} by its id, otherwise the directory itself. */
	Path directory(String estate) {
		return data == null ? Path.of(estate).toAbsolutePath().normalize() : ShadowPlatform.directoryOf(data, estate).toAbsolutePath().normalize();
	}

	/** The id of an estate in a directory: the name of that. */
	static String id(Path directory) {
		return directory.getFileName().toString();
	}

	/** Says each tenth of the work on standard error. */
	Progress progress(java.io.PrintWriter err) {
		return quiet ? Progress.NONE : new Progress() {
			private int said = -1;

			@Override
			public void report(double fraction, String what) {
				int tenth = (int) (fraction * 10);
				if (tenth > said) {
					said = tenth;
					err.printf("%3d %% %s%n", tenth * 10, what);
				}
			}

			@Override
			public boolean isCancelled() {
				return Thread.currentThread().isInterrupted();
			}
		};
	}
}
