// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.Platform;
import org.eclipse.osgi.service.datalocation.Location;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.source.GroupPreviewer;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.platform.Points;
import io.shadowweaver.platform.ShadowPlatform;

/** The engine inside of this workbench. */
public final class PlatformBackend implements Backend {
	/** At the first start the simulated clock runs a minute a second, so that there is something to see. */
	private static final double FIRST_SPEED = 60;

	private final ShadowPlatform platform;

	private PlatformBackend(ShadowPlatform platform) {
		this.platform = platform;
	}

	/** The engine of a platform, with the estates that are open there; closed with it. */
	public static Backend over(ShadowPlatform platform) {
		return new PlatformBackend(platform);
	}

	/** Opens it over the workspace, with the estates of the last run; at the first run with this machine and a simulated fleet. */
	static PlatformBackend open() throws PluginException {
		ShadowPlatform platform = ShadowPlatform.open(directory());
		platform.openSaved(List.of(DefaultEstates.simulated(FIRST_SPEED, Map.of()), DefaultEstates.host()));
		return new PlatformBackend(platform);
	}

	private static Path directory() throws PluginException {
		return workspace().orElseThrow(() -> new PluginException("There is no workspace to keep estates in: start with -data FOLDER."));
	}

	/** The folder of the workspace; empty where there is none. */
	public static Optional<Path> workspace() {
		Location workspace = Platform.getInstanceLocation();
		if (workspace == null || workspace.getURL() == null) {
			return Optional.empty();
		}
		// The platform leaves blanks in the address as they are, which a URI does not allow.
		return Optional.of(Path.of(URI.create(workspace.getURL().toString().replace(" ", "%20"))));
	}

	@Override
	public List<EstateHandle> estates() {
		return platform.estates().stream().<EstateHandle>map(weaver -> new WeaverHandle(platform, weaver)).toList();
	}

	@Override
	public AutoCloseable onEstatesChanged(Runnable callback) {
		return platform.onEstatesChanged(callback);
	}

	@Override
	public List<ContributionInfo> contributions() {
		return platform.contributions();
	}

	@Override
	public List<Weaver> embedded() {
		return platform.estates();
	}

	@Override
	public Optional<ArchiveStores> archiveStores() {
		return Optional.of(platform.stores());
	}

	@Override
	public List<Status> problems() {
		return platform.problems();
	}

	@Override
	public Status test(ConnectionDraft draft) {
		return platform.test(draft.point(), draft.type(), draft.estate(), draft.id(), draft.settings());
	}

	@Override
	public Optional<GroupPreview> preview(String type, Map<String, String> settings) throws PluginException {
		return platform.factory(Points.SOURCES, type, MetricSourceFactory.class) instanceof GroupPreviewer previewer
				? Optional.of(previewer.preview(platform.settings(Points.SOURCES, type, settings)))
				: Optional.empty();
	}

	@Override
	public String connect(ConnectionDraft draft) throws PluginException {
		if (!draft.estate().isEmpty()) {
			reopen(platform, find(draft.estate()).config(), joined(draft));
			return draft.estate();
		}
		if (!draft.point().equals(Points.SOURCES)) {
			throw new PluginException("A provider account joins an estate; '" + draft.name() + "' names none.");
		}
		EstateConfig config = fresh(draft);
		try {
			platform.open(config);
			platform.save(config);
		} catch (PluginException e) {
			platform.close(config.id());
			throw e;
		}
		return config.id();
	}

	/**
	 * Opens an estate anew, as something else, and keeps that. Blocks.
	 *
	 * @throws PluginException with a sentence; then it is what it was
	 */
	static void reopen(ShadowPlatform platform, EstateConfig before, EstateConfig after) throws PluginException {
		platform.close(before.id());
		try {
			platform.open(after);
			platform.save(after);
		} catch (PluginException e) {
			platform.close(after.id());
			platform.open(before);
			throw e;
		}
	}

	private EstateConfig fresh(ConnectionDraft draft) {
		Set<String> taken = platform.estates().stream().map(weaver -> weaver.config().id()).collect(Collectors.toSet());
		return new EstateConfig(free(draft.name(), taken), draft.name(), List.of(connection(draft, Set.of())), List.of(), List.of(), draft.speed(),
				Duration.ZERO, Map.of(), List.of(), List.of());
	}

	private EstateConfig joined(ConnectionDraft draft) throws PluginException {
		EstateConfig config = find(draft.estate()).config();
		return draft.point().equals(Points.PROVIDERS) ? config.withConnections(config.sources(), with(config.providers(), draft), config.channels())
				: config.withConnections(with(config.sources(), draft), config.providers(), config.channels());
	}

	private static List<Connection> with(List<Connection> connections, ConnectionDraft draft) throws PluginException {
		List<Connection> all = new ArrayList<>(connections);
		if (draft.id().isEmpty()) {
			all.add(connection(draft, connections.stream().map(Connection::id).collect(Collectors.toSet())));
			return all;
		}
		Connection before = connections.stream().filter(one -> one.id().equals(draft.id())).findFirst()
				.orElseThrow(() -> new PluginException("There is no connection " + draft.id() + " any more."));
		all.set(connections.indexOf(before), new Connection(draft.id(), draft.type(), draft.name(), draft.settings()));
		return all;
	}

	private Weaver find(String estate) throws PluginException {
		return platform.estates().stream().filter(weaver -> weaver.config().id().equals(estate)).findFirst()
				.orElseThrow(() -> new PluginException("There is no estate " + estate + "."));
	}

	private static Connection connection(ConnectionDraft draft, Set<String> taken) {
		return new Connection(free(draft.name(), taken), draft.type(), draft.name(), draft.settings());
	}

	/** An id made of a name that is not taken yet. */
	static String free(String name, Set<String> taken) {
		String base = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
		base = base.isEmpty() ? "estate" : base;
		String id = base;
		for (int number = 2; taken.contains(id); number++) {
			id = base + "-" + number;
		}
		return id;
	}

	@Override
	public void disconnect(String estate) throws PluginException {
		platform.close(estate);
		platform.forget(estate);
	}

	@Override
	public void close() {
		platform.close();
	}
}
