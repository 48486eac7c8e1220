// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.replay.GroupPast;

/** The past of a connected source: it is opened as an estate that only observes, and what it back-fills is read. */
final class SourceHistory {
	private static final Duration PATIENCE = Duration.ofMinutes(15);
	/** Fast enough that data with a time of their own are there at once. */
	private static final double SPEED = 3600;

	private SourceHistory() {
	}

	/**
	 * Reads the past of all groups. Blocks until the source has delivered its history.
	 *
	 * @param source   the id of a source, or the {@code estate.json} of an estate, of which only the sources are used
	 * @param settings of the source, by key
	 * @param span     how much
	 * @param step     of the answer; {@code null} for the estate's
	 * @throws PluginException when there is no such source, it fails, or there is no group
	 */
	static List<GroupPast> read(ShadowPlatform platform, String source, Map<String, String> settings, Duration span, Duration step)
			throws PluginException, InterruptedException {
		Weaver weaver = open(platform, source, settings);
		try {
			return read(weaver, source, span, step);
		} finally {
			platform.close(weaver.config().id());
		}
	}

	/**
	 * Opens the sources alone, as an estate that observes; the caller closes it.
	 *
	 * @param source as in {@link #read}
	 */
	static Weaver open(ShadowPlatform platform, String source, Map<String, String> settings) throws PluginException {
		return platform.open(config(source, settings));
	}

	/**
	 * Waits until a running estate has loaded its history and fulfils a condition.
	 *
	 * @param enough of a state that is loaded
	 * @return the first such state
	 * @throws PluginException when a source fails, or nothing comes of it within a quarter of an hour
	 */
	static WeaverState await(Weaver weaver, String source, Predicate<WeaverState> enough) throws PluginException, InterruptedException {
		CompletableFuture<WeaverState> loaded = new CompletableFuture<>();
		weaver.subscribe(state -> {
			if (isLoaded(state) && enough.test(state)) {
				loaded.complete(state);
			} else if (isBroken(state)) {
				loaded.completeExceptionally(new PluginException(source + ": " + sentences(state)));
			}
		});
		try {
			return loaded.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		} catch (ExecutionException e) {
			if (e.getCause() instanceof PluginException reason) {
				throw reason;
			}
			throw new IllegalStateException(e.getCause());
		} catch (TimeoutException e) {
			throw new PluginException(source + ": it is not ready after " + PATIENCE.toMinutes() + " minutes: " + sentences(weaver.state()), e);
		}
	}

	/** Waits until a running estate has loaded its history, and reads it. */
	static List<GroupPast> read(Weaver weaver, String source, Duration span, Duration step) throws PluginException, InterruptedException {
		WeaverState state = await(weaver, source, loaded -> true);
		Instant to = state.time().plus(state.step());
		List<GroupPast> all = GroupPast.all(state.topology(), state.metrics(), weaver::history, to.minus(span), to, step == null ? state.step() : step);
		if (all.isEmpty()) {
			throw new PluginException(source + ": it has no group that is scaled on a metric.");
		}
		return all;
	}

	private static EstateConfig config(String source, Map<String, String> settings) throws PluginException {
		Path file = Path.of(source);
		if (Files.isRegularFile(file)) {
			EstateConfig saved = ShadowPlatform.read(file);
			// nothing but its sources: a look at the past calls nobody and builds nothing
			return saved.withConnections(saved.sources(), List.of(), List.of()).withSpeed(SPEED).withModes(Map.of()).withScaleIn(List.of());
		}
		return new EstateConfig("replay", source, List.of(new Connection(source, source, source, settings)), List.of(), List.of(), SPEED, Duration.ZERO,
				Map.of(), List.of(), List.of());
	}

	private static boolean isLoaded(WeaverState state) {
		Status engine = state.statuses().get("engine");
		return engine != null && (engine.state() == Status.State.OK || engine.state() == Status.State.DEGRADED) && !state.topology().resources().isEmpty()
				&& state.statuses().values().stream().noneMatch(status -> status.state() == Status.State.STARTING);
	}

	private static boolean isBroken(WeaverState state) {
		return state.statuses().entrySet().stream().anyMatch(entry -> (entry.getKey().startsWith("source:") || entry.getKey().equals("engine"))
				&& (entry.getValue().state() == Status.State.FAILED || entry.getValue().state() == Status.State.UNAVAILABLE));
	}

	private static String sentences(WeaverState state) {
		return state.statuses().values().stream().filter(status -> status.state() != Status.State.OK && status.state() != Status.State.IDLE)
				.map(Status::sentence).distinct().collect(Collectors.joining(" "));
	}
}
