// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

import io.shadowweaver.provisioning.KillMark;

/** What an estate with a time of its own forgets before and after each run. */
final class OwnTime {
	private static final Logger LOG = System.getLogger(OwnTime.class.getName());
	private static final List<String> DERIVED = List.of("history", "provisioning", "forecasts.bin", "alerts.json");

	private OwnTime() {
	}

	/**
	 * Before a run: removes all that was derived from the data of the last one; configuration and the kill switch stay, since a stop that a
	 * restart undoes is none. A run that was killed could not {@link #forget}, so what its providers kept goes too.
	 *
	 * @param providers that are not open yet
	 */
	static void clear(Path directory, List<Connection> providers) throws IOException {
		for (String name : DERIVED) {
			remove(directory.resolve(name));
		}
		for (Connection provider : providers) {
			remove(EstateContext.directory(directory, provider.id()));
		}
	}

	/**
	 * After a run: removes what sources and providers kept, such as the machines of a simulated cloud, since the journal that
	 * knows them begins anew.
	 */
	static void forget(Path directory, EstateConfig config) {
		List<Connection> all = Stream.concat(config.sources().stream(), config.providers().stream()).toList();
		for (Connection connection : all) {
			try {
				remove(EstateContext.directory(directory, connection.id()));
			} catch (IOException e) {
				LOG.log(Level.WARNING, "what " + connection.id() + " of estate " + config.id() + " kept was not removed: " + e.getMessage());
			}
		}
	}

	private static void remove(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		Path mark = KillMark.in(folder).file();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (!file.equals(mark)) {
					Files.delete(file);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
				if (e != null) {
					throw e;
				}
				if (!visited.equals(mark.getParent()) || Files.notExists(mark)) {
					Files.delete(visited);
				}
				return FileVisitResult.CONTINUE;
			}
		});
	}
}
