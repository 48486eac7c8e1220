// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.store.LeaseFactory;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.EstateParts;
import io.shadowweaver.engine.EstateParts.Part;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;

/**
 * The composition root: finds contributions in the extension registry, opens estates over them, and keeps what was
 * configured. Made once by the workbench or by a command. Thread-safe; methods that open, test or save block.
 */
public final class ShadowPlatform implements AutoCloseable {
	private static final String FILE_LEASE = "file";

	private final Path directory;
	private final InstantSource clock;
	private final Secrets secrets;
	private final LogBridge log;
	private final Contributions contributions;
	private final ArchiveStores stores;
	private final ExecutorService workers;
	private final Map<String, Weaver> estates = new LinkedHashMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final List<Status> problems = new CopyOnWriteArrayList<>();

	private ShadowPlatform(Path directory, InstantSource clock, SecretStore store) {
		this.directory = directory;
		this.clock = clock;
		secrets = new Secrets(store);
		Bundle own = FrameworkUtil.getBundle(ShadowPlatform.class);
		log = LogBridge.install(ILog.of(own), secrets);
		contributions = new Contributions(Platform.getExtensionRegistry(), own.getBundleContext(), clock);
		stores = new ArchiveStores(directory, clock, contributions, secrets);
		// trainings leave a core to the windows and the weave loops
		workers = Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), task -> {
			Thread worker = new Thread(task, "forecast-worker");
			worker.setDaemon(true);
			worker.setPriority(Thread.MIN_PRIORITY);
			return worker;
		});
	}

	/**
	 * Reads the registry; opens no estate yet. Secrets are in the secure storage of the platform.
	 *
	 * @param directory for all that estates keep; created when needed
	 * @return the platform
	 */
	public static ShadowPlatform open(Path directory) {
		return new ShadowPlatform(directory, Clock.systemUTC(), new SecureStorage());
	}

	/**
	 * The same without a window: secrets come from the environment, or from a file that its owner alone may read.
	 *
	 * @param directory   for all that estates keep; created when needed
	 * @param environment {@code SHADOWWEAVER_SECRET__ESTATE__CONNECTION__KEY} holds a secret, {@code SHADOWWEAVER_SECRETS_FILE} names the
	 *                    file, which is {@code secrets.json} in the directory otherwise
	 * @return the platform
	 */
	public static ShadowPlatform headless(Path directory, Map<String, String> environment) {
		return new ShadowPlatform(directory, Clock.systemUTC(), new SecretFile(directory, environment));
	}

	/**
	 * Reads the configuration of an estate without opening it.
	 *
	 * @param file its {@code estate.json}
	 * @throws PluginException when it cannot be read or is none
	 */
	public static EstateConfig read(Path file) throws PluginException {
		return EstateFile.read(file);
	}

	/** Every contribution, broken ones included. */
	public List<ContributionInfo> contributions() {
		return contributions.all();
	}

	/** The stores that archives go to. */
	public ArchiveStores stores() {
		return stores;
	}

	/** What went wrong outside of any estate, such as a configuration that cannot be read. */
	public List<Status> problems() {
		return List.copyOf(problems);
	}

	/** The open estates, in the order in which they were opened. */
	public List<Weaver> estates() {
		synchronized (estates) {
			return List.copyOf(estates.values());
		}
	}

	/**
	 * Listens to estates coming and going.
	 *
	 * @param listener called on the thread that opened or closed one
	 * @return ends it when closed
	 */
	public AutoCloseable onEstatesChanged(Runnable listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	/**
	 * Opens all estates that were saved; where there are none yet, the given ones, which are saved. One that cannot be opened is a
	 * {@linkplain #problems() problem}, and the others are opened all the same.
	 */
	public void openSaved(List<EstateConfig> atFirst) {
		List<EstateConfig> configs = new ArrayList<>();
		try {
			for (Path estate : EstateFile.list(directory)) {
				try {
					configs.add(EstateFile.load(estate));
				} catch (PluginException e) {
					problem(e);
				}
			}
		} catch (PluginException e) {
			problem(e);
		}
		boolean first = configs.isEmpty() && problems.isEmpty();
		for (EstateConfig config : first ? atFirst : configs) {
			try {
				open(config);
				if (first) {
					save(config);
				}
			} catch (PluginException e) {
				problem(e);
			}
		}
	}

	private void problem(PluginException e) {
		problems.add(new Status(State.FAILED, "CONFIGURATION", e.getMessage(), clock.instant()));
		System.getLogger(ShadowPlatform.class.getName()).log(System.Logger.Level.ERROR, e.getMessage(), e);
	}

	/**
	 * Opens and starts an estate. Its sources and providers are opened by it, and opened again when they fail.
	 *
	 * @param config what it is made of
	 * @return the running estate
	 * @throws PluginException when a contribution is unknown or a setting is wrong, or an estate of this id is open
	 */
	public Weaver open(EstateConfig config) throws PluginException {
		Weaver weaver;
		synchronized (estates) {
			if (estates.containsKey(config.id())) {
				throw new PluginException("The estate " + config.id() + " is open already.");
			}
			weaver = new Weaver(each(config, (connection, declared) -> Secrets.without(declared, connection.settings())), parts(config));
			estates.put(config.id(), weaver);
		}
		weaver.start();
		listeners.forEach(Runnable::run);
		return weaver;
	}

	private EstateParts parts(EstateConfig config) throws PluginException {
		return new EstateParts(directoryOf(config.id()), clock, System::nanoTime, parts(config, Points.SOURCES, config.sources(), MetricSourceFactory.class),
				parts(config, Points.PROVIDERS, config.providers(), CloudProviderFactory.class),
				parts(config, Points.CHANNELS, config.channels(), AlertChannelFactory.class), lease(config), candidates(), workers);
	}

	/** The configured lease, or else the one of this machine, where that is installed. */
	private Optional<Part<LeaseFactory>> lease(EstateConfig config) throws PluginException {
		Optional<Connection> wanted = config.lease().or(() -> contributions.of(Points.LEASES).stream().filter(info -> info.id().equals(FILE_LEASE))
				.findFirst().map(info -> new Connection(FILE_LEASE, FILE_LEASE, info.name(), Map.of())));
		return wanted.isEmpty() ? Optional.empty() : Optional.of(parts(config, Points.LEASES, List.of(wanted.get()), LeaseFactory.class).getFirst());
	}

	private <F> List<Part<F>> parts(EstateConfig config, String point, List<Connection> connections, Class<F> type)
			throws PluginException {
		List<Part<F>> parts = new ArrayList<>();
		for (Connection connection : connections) {
			Settings settings = contributions.settings(point, connection.type(), secrets.fill(config.id(), connection.id(),
					contributions.get(point, connection.type()).parameters(), connection.settings()));
			parts.add(new Part<>(connection, () -> contributions.factory(point, connection.type(), type), settings));
		}
		return parts;
	}

	/** All models that can be made, with their declared defaults. */
	public List<Candidate> candidates() {
		List<Candidate> candidates = new ArrayList<>();
		for (ContributionInfo info : contributions.of(Points.MODELS)) {
			if (info.status().state() == State.UNAVAILABLE) {
				continue;
			}
			try {
				candidates.add(new Candidate(info.id(), contributions.factory(Points.MODELS, info.id(), ForecastModelFactory.class),
						Settings.of(info.parameters(), Map.of())));
			} catch (PluginException e) {
				contributions.report(Points.MODELS, info.id(), State.UNAVAILABLE, "CLASS", e.getMessage());
			}
		}
		return candidates;
	}

	/**
	 * Opens what one contribution makes, for a command that needs a source alone.
	 *
	 * @param point   the simple id of the extension point
	 * @param id      the id of the contribution
	 * @param factory its interface
	 * @return the factory
	 * @throws PluginException when it is unknown or cannot be loaded
	 */
	public <F> F factory(String point, String id, Class<F> factory) throws PluginException {
		return contributions.factory(point, id, factory);
	}

	/** Checks settings against the declaration of a contribution; names the setting that is wrong. */
	public Settings settings(String point, String id, Map<String, String> values) throws PluginException {
		return contributions.settings(point, id, values);
	}

	/** Closes an estate and keeps its configuration and data. Blocks until it has ended. */
	public void close(String estate) {
		Weaver weaver;
		synchronized (estates) {
			weaver = estates.remove(estate);
		}
		if (weaver != null) {
			weaver.close();
			listeners.forEach(Runnable::run);
		}
	}

	/**
	 * Keeps the configuration of an estate for the next start; secret settings go to the secure storage.
	 *
	 * @param config what to keep
	 * @throws PluginException when it could not be written
	 */
	public void save(EstateConfig config) throws PluginException {
		EstateFile.save(directoryOf(config.id()),
				each(config, (connection, declared) -> secrets.keep(config.id(), connection.id(), declared, connection.settings())));
	}

	/** What stays of the settings of a connection. */
	private interface Split {
		Map<String, String> of(Connection connection, List<Parameter> declared) throws PluginException;
	}

	private EstateConfig each(EstateConfig config, Split split) throws PluginException {
		EstateConfig changed = config.withConnections(each(Points.SOURCES, config.sources(), split), each(Points.PROVIDERS, config.providers(), split),
				each(Points.CHANNELS, config.channels(), split));
		return config.lease().isEmpty() ? changed : changed.withLease(each(Points.LEASES, List.of(config.lease().get()), split).getFirst());
	}

	private List<Connection> each(String point, List<Connection> connections, Split split) throws PluginException {
		List<Connection> changed = new ArrayList<>();
		for (Connection connection : connections) {
			changed.add(new Connection(connection.id(), connection.type(), connection.name(),
					split.of(connection, contributions.get(point, connection.type()).parameters())));
		}
		return changed;
	}

	/** Forgets the configuration of an estate and its secrets; its data stay on the disk. */
	public void forget(String estate) throws PluginException {
		EstateFile.delete(directoryOf(estate));
		secrets.forget(estate);
	}

	/**
	 * Tries a connection and closes it again. Blocks.
	 *
	 * @param point    {@link Points#SOURCES} or {@link Points#PROVIDERS}; other contributions are only loaded
	 * @param id       the id of the contribution
	 * @param settings text by key, secrets included
	 * @return how it went, with a sentence
	 */
	public Status test(String point, String id, Map<String, String> settings) {
		return test(point, id, "", "", settings);
	}

	/**
	 * The same for a connection that is there already: its secrets that are left blank are those that were kept.
	 *
	 * @param estate     of the connection; empty for none
	 * @param connection its id; empty for a new one
	 */
	public Status test(String point, String id, String estate, String connection, Map<String, String> settings) {
		try {
			List<Parameter> declared = contributions.get(point, id).parameters();
			secrets.note(declared, settings);
			Settings checked = contributions.settings(point, id, connection.isEmpty() ? settings : secrets.fill(estate, connection, declared, settings));
			PluginContext context = new TrialContext(directory.resolve("trial").resolve(id), clock);
			return switch (point) {
			case Points.SOURCES -> {
				try (MetricSource source = contributions.factory(point, id, MetricSourceFactory.class).open(checked, context)) {
					var info = source.info();
					yield status(State.OK, "It answers: a sample every " + info.step().toSeconds() + " s"
							+ info.earliest().map(earliest -> ", history since " + earliest).orElse(", no history") + ".");
				}
			}
			case Points.PROVIDERS -> {
				try (CloudProvider provider = contributions.factory(point, id, CloudProviderFactory.class).open(checked, context)) {
					yield status(State.OK, "It answers: " + provider.offers().size() + " offers, " + provider.list().size() + " machines.");
				}
			}
			default -> {
				contributions.factory(point, id, Object.class);
				yield status(State.OK, "It can be loaded.");
			}
			};
		} catch (PluginException e) {
			return new Status(State.FAILED, "TEST", secrets.mask(e.getMessage()), clock.instant());
		} catch (RuntimeException e) {
			return new Status(State.FAILED, "TEST", secrets.mask(id + " failed: " + e), clock.instant());
		}
	}

	private Status status(State state, String sentence) {
		return new Status(state, "", sentence, clock.instant());
	}

	private Path directoryOf(String estate) {
		return directoryOf(directory, estate);
	}

	/**
	 * Where an estate keeps its files.
	 *
	 * @param directory of the platform
	 * @param estate    the id
	 */
	public static Path directoryOf(Path directory, String estate) {
		return directory.resolve("estates").resolve(estate);
	}

	/** Closes all estates. Blocks until they have ended. */
	@Override
	public void close() {
		for (Weaver weaver : estates()) {
			close(weaver.config().id());
		}
		workers.shutdownNow();
		log.close();
	}
}
