// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.store.LeaseFactory;
import io.shadowweaver.forecasting.Candidate;

/**
 * What an estate runs on; the composition root fills it from the extension registry, a test by hand.
 *
 * @param directory for all that the estate keeps
 * @param real      real time
 * @param ticker    nanoseconds of real time that nobody can set, by which it is told that {@code real} was
 * @param sources   where metrics come from, the most believed first
 * @param providers where capacity is made
 * @param channels  where alerts are told
 * @param lease     says which of several engines may act; empty when there is but one
 * @param models    what may forecast
 * @param workers   trains models
 */
public record EstateParts(Path directory, InstantSource real, LongSupplier ticker, List<Part<MetricSourceFactory>> sources,
		List<Part<CloudProviderFactory>> providers, List<Part<AlertChannelFactory>> channels, Optional<Part<LeaseFactory>> lease, List<Candidate> models,
		Executor workers) {
	/** Copies. */
	public EstateParts {
		sources = List.copyOf(sources);
		providers = List.copyOf(providers);
		channels = List.copyOf(channels);
		models = List.copyOf(models);
	}

	/** For one engine alone. */
	public EstateParts(Path directory, InstantSource real, List<Part<MetricSourceFactory>> sources, List<Part<CloudProviderFactory>> providers,
			List<Part<AlertChannelFactory>> channels, List<Candidate> models, Executor workers) {
		this(directory, real, System::nanoTime, sources, providers, channels, Optional.empty(), models, workers);
	}

	/**
	 * A configured contribution, not opened yet.
	 *
	 * @param connection what was configured
	 * @param factory    makes the factory; loads its class
	 * @param settings   the checked settings, secrets included
	 */
	public record Part<F>(Connection connection, FactorySupplier<F> factory, Settings settings) {
	}

	/** Loads the class of a contribution. */
	@FunctionalInterface
	public interface FactorySupplier<F> {
		/**
		 * @return the factory
		 * @throws PluginException with the reason, when it cannot be made
		 */
		F get() throws PluginException;
	}
}
