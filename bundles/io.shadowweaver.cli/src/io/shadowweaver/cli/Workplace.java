// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.platform.ShadowPlatform;

/** The platform of one command, over the directory that was named, or over a temporary one that goes with the command. */
final class Workplace implements AutoCloseable {
	private final ShadowPlatform platform;
	private final Optional<Path> temporary;

	private Workplace(ShadowPlatform platform, Optional<Path> temporary) {
		this.platform = platform;
		this.temporary = temporary;
	}

	static Workplace open(Optional<Path> directory) throws PluginException {
		try {
			if (directory.isPresent()) {
				return new Workplace(ShadowPlatform.headless(Files.createDirectories(directory.get()), System.getenv()), Optional.empty());
			}
			Path made = Files.createTempDirectory("weave");
			return new Workplace(ShadowPlatform.headless(made, System.getenv()), Optional.of(made));
		} catch (IOException e) {
			throw new PluginException("The directory " + directory.map(Path::toString).orElse("for temporary files") + " cannot be used: "
					+ e.getMessage(), e);
		}
	}

	ShadowPlatform platform() {
		return platform;
	}

	@Override
	public void close() {
		platform.close();
		temporary.ifPresent(Workplace::remove);
	}

	private static void remove(Path directory) {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		} catch (IOException e) {
			System.getLogger(Workplace.class.getName()).log(System.Logger.Level.WARNING, directory + " was not removed: " + e.getMessage());
		}
	}
}
