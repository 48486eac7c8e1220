// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.calendar.CalendarBook;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.forecasting.Surroundings;
import io.shadowweaver.provisioning.Account;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * One estate and its loop. {@link #start()} runs it on a thread of its own in the estate's time; a test or a batch run calls
 * {@link #prepare()} and {@link #step()} instead, from one thread, and gets the same states without waiting. Readers take
 * {@link #state()} from any thread and never reach back in; commands come from any thread, are queued, and take effect at
 * once, between two ticks.
 */
public final class Weaver implements AutoCloseable {
	private static final Logger LOG = System.getLogger(Weaver.class.getName());
	private static final String NOTHING_YET = "The estate has no history yet.";
	private static final Duration LIVE_HISTORY = Duration.ofDays(30); // what history keeps whole: a rule is tried on a month
	private static final Duration OWN_HISTORY = Duration.ofDays(14); // everything waits for it at the start
	private static final Duration TICK_DELAY = Duration.ofMillis(200);
	/** Makes the loop look at the speed, and at whether it is to end. */
	private static final Runnable WAKE = Thread::onSpinWait;

	private final EstateParts parts;
	private final EstateClock clock;
	private final Statuses statuses;
	private final List<SourceDriver> sources = new ArrayList<>();
	private final List<AccountProvider> providers = new ArrayList<>();
	private final Optional<EngineLease> lease;
	private final List<ChannelRunner> channels = new ArrayList<>();
	private final List<Consumer<WeaverState>> subscribers = new CopyOnWriteArrayList<>();
	private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
	private final ProvisioningSettings provisioningSettings;
	private final boolean threaded;
	private final CalendarBook calendar;
	private final Discovery discovery;
	private final RuleBook rules;
	private final FarView far = new FarView(this::path, this::base);
	private volatile EstateConfig config;
	private volatile WeaverState state;
	private final Predicate<SeriesId> forecastScope;
	private volatile Stores stores;
	private volatile boolean closing;
	private final AtomicLong versions = new AtomicLong();
	private Weave weave;
	private Duration step = Duration.ZERO;
	private Executor calls = Runnable::run;
	private Thread thread;
	private boolean recalled;

	/**
	 * An estate that runs on threads of its own once {@linkplain #start() started}.
	 *
	 * @param config what it is made of
	 * @param parts  what it runs on
	 */
	public Weaver(EstateConfig config, EstateParts parts) {
		this(config, parts, config.provisioningOrDefaults(), true, id -> true);
	}

	/**
	 * As {@link #Weaver(EstateConfig, EstateParts)}, with other settings of provisioning.
	 *
	 * @param config        what it is made of
	 * @param parts         what it runs on
	 * @param provisioning  how capacity is planned and made
	 * @param threaded      whether plug-ins run on threads of their own; otherwise everything happens in {@link #prepare()} and
	 *                      {@link #step()}, in an order that depends on nothing but the data
	 * @param forecastScope which series are forecast
	 */
	public Weaver(EstateConfig config, EstateParts parts, ProvisioningSettings provisioning, boolean threaded,
			Predicate<SeriesId> forecastScope) {
		this.config = config;
		rules = new RuleBook(config.forecasts());
		this.forecastScope = forecastScope;
		this.parts = parts;
		this.provisioningSettings = provisioning;
		this.threaded = threaded;
		clock = new EstateClock(parts.real(), parts.ticker());
		statuses = new Statuses(config.id(), clock);
		state = WeaverState.initial(config.id(), config.name(), clock.instant(), Duration.ofSeconds(1));
		EstateContext context = new EstateContext(config.id(), clock, parts.directory());
		parts.sources().forEach(part -> sources.add(new SourceDriver(new SourceRunner(part, context.of(part.connection()), statuses),
				threaded, inbox)));
		parts.providers().forEach(part -> providers.add(new AccountProvider(part, context.of(part.connection()), statuses)));
		lease = parts.lease().map(part -> new EngineLease(part, context.of(part.connection()), statuses));
		discovery = new Discovery(providers, parts.providers().stream().map(part -> part.connection().id()).toList());
		calendar = new CalendarBook(parts.directory(), () -> inbox.add(() -> recalled = weave != null));
		parts.channels().forEach(part -> channels.add(new ChannelRunner(part, context.of(part.connection()), statuses,
				silences -> command(() -> weave.alertBook().silence(part.connection().name(), silences, clock.instant())))));
	}

	/** What the estate is made of, as commands have changed it. Any thread. */
	public EstateConfig config() {
		return config;
	}

	/** The newest state. Any thread. */
	public WeaverState state() {
		return state;
	}

	/** Whether the estate has a time of its own, whose speed can be set. Any thread. */
	public boolean hasOwnTime() {
		return clock.isOwn();
	}

	/**
	 * Listens to states.
	 *
	 * @param subscriber called on the weave thread after each change; must return at once
	 * @return ends the subscription when closed
	 */
	public AutoCloseable subscribe(Consumer<WeaverState> subscriber) {
		subscribers.add(subscriber);
		return () -> subscribers.remove(subscriber);
	}

	/**
	 * Reads history. Blocks on the disk: call it in a job.
	 *
	 * @param id   the series
	 * @param from inclusive
	 * @param to   exclusive
	 * @param step wanted distance of values; means are taken where it is longer than the series' own
	 * @return the values; empty with its cause where there is nothing
	 */
	public Series history(SeriesId id, Instant from, Instant to, Duration step) {
		return history(List.of(id), from, to, step).getFirst();
	}

	/** The same of some series at one moment, at less cost than one by one; one for each, in their order. Blocks as well. */
	public List<Series> history(List<SeriesId> ids, Instant from, Instant to, Duration step) {
		Stores open = stores;
		return open == null ? Collections.nCopies(ids.size(), Series.empty(from, step, NOTHING_YET)) : open.samples(ids, from, to, step);
	}

	/**
	 * Forecasts a series at any leads. Computes: call it in a job.
	 *
	 * @param id    the series
	 * @param leads positive, ascending, at most 90 days
	 * @return the forecast, or why there is none
	 */
	public Forecast path(SeriesId id, List<Duration> leads) {
		Stores open = stores;
		Instant now = state.time();
		return open == null ? Forecast.absent(id, now, NOTHING_YET, Optional.empty()) : open.forecaster().path(id, now, leads);
	}

	/** The estate farther ahead than the forecasts of every tick reach. Any thread. */
	public FarView far() {
		return far;
	}

	/** What is known of the forecasts of a series; empty before the first tick. Any thread. */
	public Optional<Quality> quality(SeriesId id) {
		return Optional.ofNullable(stores).map(open -> open.forecaster().quality(id));
	}

	/** What can be asked of and decided on the forecasts. Any thread. */
	public Forecasts forecasts() {
		return new Forecasts(() -> Optional.ofNullable(stores).map(Stores::forecaster), this::state, rules::rules,
				changed -> configure(present -> present.withForecasts(rules.rules(changed))));
	}

	/** The operator's calendar: its changes are in the next state. Its events are known since the {@link #now() present} of the estate. */
	public CalendarBook calendar() {
		return calendar;
	}

	/** The present of the estate. Any thread. */
	public Instant now() {
		return clock.instant();
	}

	/** Notes that a person has seen an alert. */
	public void acknowledge(String alert, String person) {
		command(() -> weave.alertBook().acknowledge(alert, person, clock.instant()));
	}

	/**
	 * What a scenario starts from: the newest state, and what was learned of its groups.
	 *
	 * @return completed by the weave thread between two ticks; exceptionally when there was no tick yet
	 */
	public CompletableFuture<Base> base() {
		CompletableFuture<Base> base = new CompletableFuture<>();
		inbox.add(() -> {
			if (weave == null || state.topology().resources().isEmpty()) {
				base.completeExceptionally(new IllegalStateException(NOTHING_YET));
			} else {
				base.complete(weave.base(state));
			}
		});
		return base;
	}

	/** What can be decided on the automation. Any thread. */
	public Automation automation() {
		return new Automation(this::command, () -> stores, () -> weave, this::config, this::configure, this::state, this::base, parts.directory());
	}

	/** Replaces the rules; an empty list means the defaults. */
	public void thresholds(List<Threshold> rules) {
		// at once, so that who reads the configuration and edits it loses nobody's edit
		configure(present -> present.withThresholds(rules));
		command(() -> weave.thresholds(rules.isEmpty() ? DefaultThresholds.all() : rules));
	}

	/**
	 * Sets the speed of an estate with a time of its own.
	 *
	 * @param factor estate seconds a real second
	 * @throws IllegalStateException when the estate lives in real time
	 */
	public void speed(double factor) {
		if (!clock.isOwn()) {
			throw new IllegalStateException("The estate " + config.name() + " lives in real time; its speed cannot be set.");
		}
		configure(present -> present.withSpeed(factor));
		inbox.add(WAKE);
	}

	private synchronized void configure(UnaryOperator<EstateConfig> change) {
		config = change.apply(config);
	}

	private void command(Runnable command) {
		inbox.add(() -> {
			if (weave == null) {
				LOG.log(Level.WARNING, config.id() + ": a command came before the first tick and is dropped.");
				return;
			}
			command.run();
			recalled = true;
		});
	}

	/** Runs the estate on a thread of its own. */
	public void start() {
		thread = Thread.ofPlatform().name("weave-" + config.id()).start(this::loop);
	}

	private void loop() {
		try {
			prepare();
			long next = System.nanoTime();
			while (!closing) {
				if (clock.isOwn()) {
					next = Math.max(next + (long) (step.toNanos() / config.speed()), System.nanoTime() - step.toNanos());
					drainUntil(next);
				} else {
					drainUntilReal(weaveGrid(clock.instant()).plus(TICK_DELAY));
				}
				if (!closing) {
					step();
				}
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} catch (RuntimeException e) {
			statuses.set("engine", State.FAILED, "CRASH", "The estate has stopped: " + e);
			LOG.log(Level.ERROR, "estate " + config.id() + " has stopped", e);
			publish(withStatuses(state));
		} finally {
			release();
		}
	}

	private WeaverState withStatuses(WeaverState s) {
		return s.withStatuses(versions.incrementAndGet(), statuses.all());
	}

	/** The next grid instant behind a time. */
	private Instant weaveGrid(Instant time) {
		long millis = step.toMillis();
		return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), millis) + 1) * millis);
	}

	private void drainUntilReal(Instant time) throws InterruptedException {
		drainUntil(System.nanoTime() + Math.max(0, Duration.between(parts.real().instant(), time).toNanos()));
	}

	/** Handles what comes in until a time of {@link System#nanoTime()}. */
	private void drainUntil(long until) throws InterruptedException {
		while (!closing) {
			long wait = until - System.nanoTime();
			Runnable next = wait <= 0 ? inbox.poll() : inbox.poll(wait, TimeUnit.NANOSECONDS);
			if (next == null) {
				if (wait <= 0) {
					return;
				}
				continue;
			}
			next.run();
			if (recalled) {
				recalled = false;
				publish(weave.decide(state.time()));
			}
		}
	}

	/**
	 * Opens the sources, sets the clock, opens the history, and loads what the sources have. Returns when that is done; states
	 * are published on the way.
	 *
	 * @throws InterruptedException when interrupted
	 */
	public void prepare() throws InterruptedException {
		List<SourceDriver> open = openSources();
		SourceInfo first = open.getFirst().info();
		if (first.hasOwnTime()) {
			clock.set(first.start().orElseThrow());
		}
		step = config.step().isZero() ? first.step() : config.step();
		openStores();
		publish(withStatuses(WeaverState.initial(config.id(), config.name(), clock.instant(), step)));
		channels.forEach(ChannelRunner::start);
		statuses.set("engine", State.STARTING, "BACKFILL", "Loading history.");
		Instant now = clock.instant();
		Instant from = now.minus(clock.isOwn() ? OWN_HISTORY : LIVE_HISTORY);
		for (SourceDriver source : sources) {
			if (source.fits(clock)) {
				source.run(from, now, clock, batch -> weave.accept(source.id(), batch, clock.instant()),
						() -> weave.backfilled(from, now), clock.isOwn());
			}
		}
		if (threaded && clock.isOwn()) {
			awaitBackfill();
		}
		statuses.set("engine", State.OK, "", "Weaves every " + step.toSeconds() + " s.");
	}

	private void awaitBackfill() throws InterruptedException {
		long shown = System.nanoTime();
		while (!closing && sources.stream().anyMatch(SourceDriver::isLoading)) {
			Runnable next = inbox.poll(100, TimeUnit.MILLISECONDS);
			if (next != null) {
				next.run();
			}
			if (System.nanoTime() - shown > 500_000_000L) {
				shown = System.nanoTime();
				publish(weave.loading(clock.instant()));
			}
		}
		for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
			next.run();
		}
	}

	/** Opens sources until at least one is open; the first to open gives the estate its time and step. */
	private List<SourceDriver> openSources() throws InterruptedException {
		while (true) {
			List<SourceDriver> open = new ArrayList<>();
			for (SourceDriver source : sources) {
				if (source.tryOpen()) {
					open.add(source);
				}
			}
			if (!open.isEmpty()) {
				return open;
			}
			if (!threaded || closing) {
				throw new IllegalStateException("no source of estate " + config.id() + " could be opened: " + statuses.all());
			}
			publish(withStatuses(state));
			Thread.sleep(2000);
		}
	}

	private void openStores() {
		if (threaded) {
			calls = task -> Thread.ofPlatform().daemon().name("provider-calls-" + config.id()).start(task);
		}
		List<Account> accounts = new ArrayList<>();
		for (int i = 0; i < providers.size(); i++) {
			accounts.add(new Account(parts.providers().get(i).connection().id(), parts.providers().get(i).connection().type(), providers.get(i)));
		}
		EventBook events = new EventBook(calendar, statuses);
		stores = Stores.open(config.id(), parts, RuleBook.settings(step, config.forecasts()), new Surroundings(rules::of, events, rules::drivers), accounts,
				provisioningSettings, lease, clock, calls, threaded);
		weave = new Weave(config, step, stores, events, rules, statuses, provisioningSettings.planning().level(),
				forecastScope, versions::incrementAndGet);
		AlertFile.load(parts.directory(), clock.isOwn()).ifPresent(weave.alertBook()::restore);
	}

	/**
	 * One tick: moves an own clock on by a step, takes in what the sources have, and computes.
	 *
	 * @return the new state
	 */
	public WeaverState step() {
		boolean ended = sources.stream().allMatch(source -> source.isEnded(clock.instant()));
		if (clock.isOwn() && !ended) {
			clock.set(clock.instant().plus(step));
		}
		Instant now = clock.instant();
		if (clock.isOwn()) {
			for (SourceDriver source : sources) {
				source.pollNow(now, batch -> weave.accept(source.id(), batch, now));
			}
		} else {
			sources.forEach(SourceDriver::watch);
		}
		for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
			next.run();
		}
		recalled = false;
		discovery.run(now, weave.made(), calls, (id, whole) -> inbox.add(() -> weave.discovered(id, whole)));
		if (clock.isOwn() && ended) {
			return state;
		}
		long start = System.nanoTime();
		WeaverState next = weave.tick(now);
		long millis = (System.nanoTime() - start) / 1_000_000;
		boolean late = threaded && millis > step.toMillis() / (clock.isOwn() ? config.speed() : 1);
		statuses.set("engine", late ? State.DEGRADED : State.OK, late ? "LATE" : "",
				late ? "A tick takes longer than its time; the estate runs late." : "Weaves every " + step.toSeconds() + " s.");
		for (AlertNotice notice : weave.takeNotices()) {
			channels.forEach(channel -> channel.deliver(notice));
		}
		publish(next);
		return next;
	}

	private void publish(WeaverState next) {
		state = next;
		for (Consumer<WeaverState> subscriber : subscribers) {
			try {
				subscriber.accept(next);
			} catch (RuntimeException e) {
				LOG.log(Level.ERROR, "a subscriber of estate " + config.id() + " failed", e);
			}
		}
	}

	/** Ends the estate: what is in flight at a provider goes on there, and is taken up at the next start. Waits a little. */
	@Override
	public void close() {
		closing = true;
		sources.forEach(SourceDriver::cancel);
		if (thread == null) {
			release();
			return;
		}
		inbox.add(WAKE);
		try {
			thread.join(Duration.ofSeconds(10));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void release() {
		channels.forEach(ChannelRunner::close);
		sources.forEach(SourceDriver::close);
		providers.forEach(AccountProvider::close);
		if (stores != null) {
			AlertFile.save(parts.directory(), weave.alertBook().alerts());
			stores.close();
		}
		lease.ifPresent(EngineLease::close);
		if (clock.isOwn()) {
			OwnTime.forget(parts.directory(), config);
		}
	}
}
