// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.nio.file.Path;
import java.util.Optional;

/** Where the server keeps what it is told to keep, as resources find it. */
public final class Folder {
	private final Optional<Path> path;

	/**
	 * @param path empty where nothing is kept
	 */
	Folder(Optional<Path> path) {
		this.path = path;
	}

	/**
	 * The folder.
	 *
	 * @throws jakarta.ws.rs.WebApplicationException 409 where nothing is kept
	 */
	public Path path() {
		return path.orElseThrow(() -> Problem.exception(409, "This server keeps nothing: it was started without a directory for data."));
	}
}
