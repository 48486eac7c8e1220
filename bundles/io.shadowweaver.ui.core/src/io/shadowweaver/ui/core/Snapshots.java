// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotException;
import io.shadowweaver.kit.state.SnapshotFile;

/** The snapshots that are open, as estates beside the others until they are closed, or the workbench is. Any thread. */
public final class Snapshots {
	private final Map<String, SnapshotHandle> open = new LinkedHashMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	Snapshots() {
		// made by WindowServices
	}

	/**
	 * Opens a file. Blocks.
	 *
	 * @return the estate in it; the one that is open already, where that is the same file with the same in it
	 * @throws SnapshotException with a sentence, where it cannot be read; nothing is opened then
	 */
	public EstateHandle open(Path file) throws SnapshotException {
		Snapshot snapshot = SnapshotFile.read(file);
		SnapshotHandle handle;
		synchronized (this) {
			for (SnapshotHandle before : open.values()) {
				if (before.file().equals(file) && before.written().equals(snapshot.written())) {
					return before;
				}
			}
			String base = "snapshot-" + file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]+", "-");
			String id = base;
			for (int i = 2; open.containsKey(id); i++) {
				id = base + "-" + i;
			}
			handle = new SnapshotHandle(id, file, snapshot);
			open.put(id, handle);
		}
		listeners.forEach(Runnable::run);
		return handle;
	}

	/**
	 * Closes one; its file stays.
	 *
	 * @return whether it was one
	 */
	boolean close(String id) {
		boolean was;
		synchronized (this) {
			was = open.remove(id) != null;
		}
		if (was) {
			listeners.forEach(Runnable::run);
		}
		return was;
	}

	/** Whether an estate is a snapshot that is open. */
	synchronized boolean has(String id) {
		return open.containsKey(id);
	}

	/** All of them, in the order in which they were opened. */
	synchronized List<EstateHandle> estates() {
		return new ArrayList<>(open.values());
	}

	/** Calls back, on any thread, when one has been opened or closed. */
	Runnable listen(Runnable listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}
}
