// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Plugin;
import io.shadowweaver.server.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weave serve}: weaves an estate until it is stopped, one line of state a tick. */
@Command(name = "serve", mixinStandardHelpOptions = true,
		description = "Weaves an estate until stopped by SIGTERM or Ctrl+C, and prints one line of state a tick.")
final class ServeCommand implements Callable<Integer> {
	private static final Duration CLOSING = Duration.ofSeconds(20);

	@Option(names = "--config", paramLabel = "FILE", description = "How to run, in YAML: the options below and the API with TLS, tokens and limits, see docs/api.md. Options go before it.")
	private Path file;
	@Option(names = "--estate", paramLabel = "simulated|host|FILE",
			description = "The simulated fleet, this machine, an estate.json, or a CSV file to replay (default: simulated).")
	private String estate;
	@Option(names = "--speed", paramLabel = "FACTOR",
			description = "Estate seconds a real second, for data with a time of their own (default: 1).")
	private Double speed;
	@Option(names = "--data", paramLabel = "DIRECTORY", description = "Keeps history, journal and forecasts there (default: a temporary directory).")
	private Path data;
	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the source; may be repeated.")
	private Map<String, String> settings = Map.of();
	@Option(names = "--mode", paramLabel = "GROUP=MODE", description = "How far automation may go for a group: off, observe (the default), propose or auto.")
	private Map<String, Mode> modes = Map.of();
	@Option(names = "--scale-in", paramLabel = "GROUP", description = "A group whose created members may be removed again; may be repeated.")
	private List<String> scaleIn = List.of();
	@Option(names = "--rules", paramLabel = "FILE", description = "What is decided on forecasts, in YAML: see docs/tailoring.md.")
	private Path rules;
	@Option(names = "--api", paramLabel = "PORT", description = "Answers HTTP on this port of the loopback address; 0 takes any free one. Off by default.")
	private Integer api;
	@Option(names = "--ticks", paramLabel = "N", defaultValue = "-1", description = "Stop after so many ticks (default: never).")
	private long ticks;
	@Spec
	private CommandSpec spec;
	/** Absent without an API. */
	private ServerSettings serverSettings;

	/** What the command line leaves open is as the file has it, or as usual. */
	private void configure() throws PluginException {
		WeaveFile from = file == null ? WeaveFile.NONE : WeaveFile.read(file);
		Path folder = file == null ? Path.of("") : Optional.ofNullable(file.getParent()).orElse(Path.of(""));
		estate = Optional.ofNullable(estate).or(() -> from.estate().map(one -> one.endsWith(".json") || one.endsWith(".csv") ? folder.resolve(one).toString() : one)).orElse(DefaultEstates.SIMULATED);
		speed = Optional.ofNullable(speed).or(from::speed).orElse(1.);
		data = Optional.ofNullable(data).or(() -> from.data().map(folder::resolve)).orElse(null);
		rules = Optional.ofNullable(rules).or(() -> from.rules().map(folder::resolve)).orElse(null);
		Map<String, Mode> all = new HashMap<>(from.modes());
		all.putAll(modes);
		modes = all;
		scaleIn = scaleIn.isEmpty() ? from.scaleIn() : scaleIn;
		try {
			ServerSettings said = from.server().map(section -> section.settings(folder)).orElse(null);
			serverSettings = api == null ? said : (said == null ? ServerSettings.LOOPBACK : said).withPort(api);
		} catch (IllegalArgumentException e) {
			throw new PluginException(file + ": server: " + e.getMessage(), e);
		}
	}

	@Override
	public Integer call() throws Exception {
		configure();
		if (!(speed > 0 && speed <= 1e6)) {
			throw new PluginException("--speed must be over 0 and at most 1000000: " + speed);
		}
		PrintWriter out = spec.commandLine().getOut();
		CountDownLatch stop = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		AtomicLong left = new AtomicLong(ticks);
		// SIGTERM: the process goes on until this thread has seen the estate closed
		Thread hook = new Thread(() -> {
			stop.countDown();
			try {
				ended.await(CLOSING.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "weave-stop");
		Runtime.getRuntime().addShutdownHook(hook);
		try (Workplace workplace = Workplace.open(Optional.ofNullable(data))) {
			Weaver weaver = workplace.platform().open(config());
			AtomicLong shown = new AtomicLong();
			weaver.subscribe(state -> {
				if (state.topology().resources().isEmpty() && state.statuses().values().stream().noneMatch(ServeCommand::isBad)) {
					return;
				}
				long tick = state.time().toEpochMilli();
				if (shown.getAndSet(tick) == tick && stop.getCount() > 0 && state.version() > 1 && left.get() >= 0) {
					return;
				}
				out.println(line(state));
				if (left.get() >= 0 && left.decrementAndGet() <= 0) {
					stop.countDown();
				}
			});
			try (ApiServer server = serverSettings == null ? null : new ApiServer(serverSettings, workplace.platform()::estates, () -> plugins(workplace.platform()), Optional.ofNullable(data), Clock.systemUTC())) {
				if (server != null) {
					server.start();
					spec.commandLine().getErr().println("The API answers at " + server.uri() + ", its description is " + server.uri() + "openapi.json.");
				}
				stop.await();
			} catch (IOException | IllegalArgumentException e) {
				throw new PluginException(e.getMessage(), e);
			}
			workplace.platform().close(weaver.config().id());
			out.println("Closed " + weaver.config().name() + ".");
			out.flush();
		} finally {
			ended.countDown();
		}
		return 0;
	}

	private static List<Plugin> plugins(ShadowPlatform platform) {
		return platform.contributions().stream().map(info -> new Plugin(info.point(), info.id(), info.name(), info.description(), info.bundle(), info.status())).toList();
	}

	private static boolean isBad(Status status) {
		return status.state() == Status.State.FAILED || status.state() == Status.State.UNAVAILABLE;
	}

	private EstateConfig config() throws PluginException {
		EstateConfig base = switch (estate) {
		case DefaultEstates.SIMULATED -> DefaultEstates.simulated(speed, settings);
		case DefaultEstates.HOST -> DefaultEstates.host();
		default -> estate.endsWith(".json") ? ShadowPlatform.read(Path.of(estate)) : replay(Path.of(estate));
		};
		Map<String, Mode> all = new HashMap<>(base.modes());
		all.putAll(modes);
		EstateConfig config = base.withModes(all).withScaleIn(scaleIn.isEmpty() ? base.scaleIn() : scaleIn);
		return rules == null ? config : config.withForecasts(RulesFile.read(rules));
	}

	private EstateConfig replay(Path file) throws PluginException {
		if (!Files.isReadable(file)) {
			throw new PluginException(file + " cannot be read.");
		}
		Map<String, String> all = new java.util.HashMap<>(settings);
		all.put("file", file.toAbsolutePath().toString());
		return new EstateConfig("replay", file.getFileName().toString(), List.of(new Connection("csv", "csv", file.getFileName().toString(), all)),
				List.of(), List.of(), speed, Duration.ZERO, Map.of(), List.of(), List.of());
	}

	/** The state in one line: time, size, what breaks first, what is on its way, what is broken. */
	static String line(WeaverState state) {
		List<Alert> active = state.alerts().stream().filter(Alert::isActive).toList();
		long forecast = 0;
		for (int slot = 0; slot < state.series().size(); slot++) {
			forecast += state.series().forecast(slot).filter(found -> found.isPresent()).isPresent() ? 1 : 0;
		}
		String first = active.isEmpty() ? "no breach predicted"
				: active.getFirst().severity() + " " + active.getFirst().summary() + " at " + active.getFirst().breachAt() + " ("
						+ active.getFirst().state() + ")";
		long coming = state.queue().stream().filter(entry -> !entry.isFinal()).count();
		String broken = state.statuses().entrySet().stream().filter(entry -> isBad(entry.getValue()))
				.map(entry -> entry.getKey() + ": " + entry.getValue().sentence()).collect(Collectors.joining("; "));
		return String.format(Locale.ROOT, "%s resources=%d series=%d forecasts=%d alerts=%d plans=%d coming=%d ready=%d | %s%s", state.time(),
				state.topology().resources().size(), state.series().size(), forecast, active.size(),
				state.plans().stream().filter(plan -> plan.isOpen()).count(), coming,
				state.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count(), first,
				broken.isEmpty() ? "" : " | " + broken);
	}
}
