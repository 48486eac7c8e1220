// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.forecasting.Surroundings;
import io.shadowweaver.history.HistoryException;
import io.shadowweaver.history.MetricHistory;
import io.shadowweaver.history.Retention;
import io.shadowweaver.provisioning.Account;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * What an estate keeps in its directory: samples, states of forecasts, the journal.
 *
 * @param directory   the estate's
 * @param history     samples
 * @param forecaster  forecasts
 * @param provisioner plans and the journal
 * @param paths       computes dense forecasts, one at a time
 * @param scores      looks for anomalies, one row at a time
 * @param keeps       whether the next run begins where this one ends
 */
record Stores(Path directory, MetricHistory history, Forecaster forecaster, Provisioner provisioner, Executor paths, Executor scores, boolean keeps) implements AutoCloseable {
	private static final Logger LOG = System.getLogger(Stores.class.getName());
	private static final String FORECASTS = "forecasts.bin";
	private static final int SECONDS_TO_END = 5;

	static Stores open(String estate, EstateParts parts, ForecastSettings forecasts, Surroundings around, List<Account> accounts, ProvisioningSettings settings,
			Optional<? extends Lease> lease, EstateClock clock, Executor calls, boolean threaded) {
		Path directory = parts.directory();
		try {
			Files.createDirectories(directory);
			if (clock.isOwn()) {
				// data with a time of their own begin anew each time, and what was kept would lie in their future
				OwnTime.clear(directory, parts.providers().stream().map(EstateParts.Part::connection).toList());
			}
			MetricHistory history = MetricHistory.open(Files.createDirectories(directory.resolve("history")), Retention.DEFAULT, clock);
			Forecaster forecaster = new Forecaster(parts.models(), history::range, forecasts, around, parts.workers());
			load(forecaster, directory.resolve(FORECASTS));
			Provisioner provisioner = new Provisioner(estate, Files.createDirectories(provisioning(directory)), accounts, settings,
					clock, clock::ticks, calls, lease.map(Lease.class::cast));
			Executor paths = threaded ? own("forecast-paths-" + estate) : Runnable::run;
			Executor scores = threaded ? own("anomalies-" + estate) : Runnable::run;
			return new Stores(directory, history, forecaster, provisioner, paths, scores, !clock.isOwn());
		} catch (IOException e) {
			throw new IllegalStateException("cannot use the directory " + directory + ": " + e.getMessage(), e);
		}
	}

	/** Series of the history, which are empty and say why where it cannot be read. */
	List<Series> samples(List<SeriesId> ids, Instant from, Instant to, Duration step) {
		try {
			return history.range(ids, from, to, step);
		} catch (HistoryException e) {
			return Collections.nCopies(ids.size(), Series.empty(from, step, e.getMessage()));
		}
	}

	/** Where an estate keeps its journal. */
	static Path provisioning(Path directory) {
		return directory.resolve("provisioning");
	}

	private static Executor own(String name) {
		return Executors.newSingleThreadExecutor(task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
	}

	/** States that cannot be read cost a training, nothing else. */
	private static void load(Forecaster forecaster, Path states) {
		if (Files.exists(states)) {
			try {
				forecaster.load(states);
			} catch (IOException e) {
				LOG.log(Level.WARNING, states + " cannot be read; forecasts are trained anew: " + e.getMessage());
			}
		}
	}

	@Override
	public void close() {
		provisioner.close();
		forecaster.stopTraining();
		if (keeps) {
			try {
				forecaster.save(directory.resolve(FORECASTS));
			} catch (IOException | RuntimeException e) {
				LOG.log(Level.WARNING, "forecast states in " + directory + " were not saved: " + e.getMessage(), e);
			}
		}
		if (paths instanceof ExecutorService own) {
			own.shutdownNow();
		}
		if (scores instanceof ExecutorService own) {
			own.shutdownNow();
			try {
				// it reads the history that is closed below, and stops at the next series
				own.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}
		forecaster.close();
		history.close();
	}
}
