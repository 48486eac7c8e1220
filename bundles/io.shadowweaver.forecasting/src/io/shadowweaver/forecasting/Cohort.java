// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.plugin.PluginException;

/**
 * A candidate with shared parameters for one metric: the parameters of its last trainings, each with the end of what it was trained on, and the instance that
 * forecasts. Thread-safe.
 */
final class Cohort {
	/** What judges must be older than a test part, and than that and the report of a back-test on request: two weeks of nights, and some. */
	private static final int SNAPSHOTS = 17;

	/**
	 * Parameters.
	 *
	 * @param end   the end of what they were trained on
	 * @param bytes as the model writes them
	 */
	record Snapshot(Instant end, byte[] bytes) {
		/** Takes the parameters of a model. */
		static Snapshot of(CohortModel model, Instant end) throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			model.saveShared(new DataOutputStream(bytes));
			return new Snapshot(end, bytes.toByteArray());
		}

		/** Gives them to a model. */
		void into(CohortModel model) throws IOException {
			model.loadShared(new DataInputStream(new ByteArrayInputStream(bytes)));
		}
	}

	private final Deque<Snapshot> snapshots = new ArrayDeque<>();
	private SharedModel live;

	/** Adds what a training came to; views made before keep the parameters that they have. */
	synchronized void add(Snapshot snapshot) {
		snapshots.addFirst(snapshot);
		while (snapshots.size() > SNAPSHOTS) {
			snapshots.removeLast();
		}
		live = null;
	}

	/** The newest parameters; empty before the first training. */
	synchronized Optional<Snapshot> newest() {
		return Optional.ofNullable(snapshots.peekFirst());
	}

	/** The newest parameters that saw nothing from a time on. */
	synchronized Optional<Snapshot> before(Instant time) {
		return snapshots.stream().filter(snapshot -> !snapshot.end.isAfter(time)).findFirst();
	}

	/** All, newest first. */
	synchronized List<Snapshot> all() {
		return List.copyOf(snapshots);
	}

	/** Makes an instance. */
	interface Maker {
		/** An untrained model. */
		ForecastModel create() throws PluginException;
	}

	/** The slots of a lane under the newest parameters. */
	synchronized ForecastModel view(Maker maker, int lane) throws PluginException {
		if (live == null) {
			Snapshot newest = newest().orElseThrow(() -> new PluginException("It has not learned from the series of this metric yet."));
			CohortModel model = (CohortModel) maker.create();
			try {
				newest.into(model);
			} catch (IOException e) {
				model.close();
				throw new PluginException("Its parameters could not be read: " + e.getMessage(), e);
			}
			live = new SharedModel(model);
		}
		return live.view(lane);
	}
}
