// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** What an estate with a time of its own forgets before each run. */
final class OwnTime {
	private static final List<String> DERIVED = List.of("history", "provisioning", "forecasts.bin", "alerts.json");

	private OwnTime() {
	}

	/** Removes all that was derived from the data of the last run; configuration stays. */
	static void clear(Path directory) throws IOException {
		for (String name : DERIVED) {
			Path derived = directory.resolve(name);
			if (Files.exists(derived)) {
				Files.walkFileTree(derived, new SimpleFileVisitor<>() {
					@Override
					public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
						Files.delete(file);
						return FileVisitResult.CONTINUE;
					}

					@Override
					public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
						if (e != null) {
							throw e;
						}
						Files.delete(visited);
						return FileVisitResult.CONTINUE;
					}
				});
			}
		}
	}
}
