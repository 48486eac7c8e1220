// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;

/**
 * The one stream of the active estate to all parts. A change of the state, the cursor, the selection, the scenario that is shown or the estate makes a
 * new {@link Frame}; each visible part computes what it shows from it on the feed's own thread, and all results go to the UI
 * thread in one piece: at most ten times a second, more often while something is dragged, never more than one piece waiting. Hidden parts are left out, and are
 * served as soon as they are seen.
 */
public final class EstateFeed implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(EstateFeed.class.getName());
	private static final long INTERVAL_MILLIS = 100;

	private final Display display;
	private final Estates estates;
	private final Selection selection;
	private final TimeCursor cursor;
	private final Scenarios scenarios;
	private final PastReader past;
	private final FarReader far;
	private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();
	private final Semaphore signal = new Semaphore(0);
	/** Cuts the pause between two frames short, for what is dragged. */
	private final Semaphore hurry = new Semaphore(0);
	private final SearchFilter filter;
	private final Map<Subscription<?>, Runnable> waiting = new LinkedHashMap<>();
	private final AtomicBoolean pending = new AtomicBoolean();
	private final Thread worker = new Thread(this::work, "shadowweaver-feed");
	private volatile boolean closed;
	private volatile Optional<EstateHandle> estate = Optional.empty();
	private volatile Frame frame;
	private AutoCloseable source = () -> {
		// nothing yet
	};

	EstateFeed(Display display, Estates estates, Selection selection, TimeCursor cursor, Scenarios scenarios, SearchFilter filter) {
		this.filter = filter;
		this.scenarios = scenarios;
		this.display = display;
		this.estates = estates;
		this.selection = selection;
		this.cursor = cursor;
		past = new PastReader(this::request);
		far = new FarReader(this::request);
		estates.listen(this::estateChanged);
		selection.listen(this::request);
		cursor.listen(this::request);
		scenarios.listen(() -> {
			if (scenarios.isHeld()) {
				hurry.release();
			}
			request();
		});
		filter.listen(this::request);
		display.addFilter(SWT.Show, event -> request());
		worker.setDaemon(true);
		worker.start();
		estateChanged();
	}

	private void estateChanged() {
		if (!estates.active().equals(estate)) {
			release();
			estate = estates.active();
			estate.ifPresent(handle -> source = handle.subscribe(state -> request()));
			selection.select(List.of());
			cursor.move(position -> position.at(Optional.empty()));
		}
		request();
	}

	private void release() {
		try {
			source.close();
		} catch (Exception e) {
			LOG.log(System.Logger.Level.WARNING, "An estate could not be left.", e);
		}
	}

	/**
	 * Serves a part from now on, until its control is disposed.
	 *
	 * @param <T>     what the part shows
	 * @param control while it is not visible, the part is left out
	 * @param compute makes what is shown, on the feed's thread; must not touch widgets
	 * @param show    shows it, on the UI thread; must not compute
	 * @param empty   shows why there is nothing, on the UI thread
	 * @return to have it computed anew when the part's own settings changed
	 */
	public <T> Subscription<T> subscribe(Control control, Function<Frame, T> compute, Consumer<T> show, Consumer<String> empty) {
		Subscription<T> subscription = new Subscription<>(this, control, compute, show, empty);
		subscriptions.add(subscription);
		control.addDisposeListener(event -> subscriptions.remove(subscription));
		request();
		return subscription;
	}

	/** The newest frame; empty where there is no active estate. Any thread. */
	public Optional<Frame> frame() {
		return Optional.ofNullable(frame);
	}

	/** Asks for a new frame. Any thread, returns at once. */
	void request() {
		signal.release();
	}

	private void work() {
		while (!closed) {
			try {
				signal.acquire();
				signal.drainPermits();
				pulse();
				hurry.tryAcquire(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
				hurry.drainPermits();
			} catch (InterruptedException e) {
				return;
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "The feed of the windows failed; it goes on with the next state.", e);
			}
		}
	}

	private void pulse() {
		Frame next = estate.map(this::capture).orElse(null);
		frame = next;
		List<Subscription<?>> seen = new ArrayList<>();
		for (Subscription<?> subscription : subscriptions) {
			if (subscription.visible && (next == null || !next.rough() || subscription.roughToo || subscription.stale)) {
				seen.add(subscription);
			}
		}
		for (Subscription<?> subscription : seen) {
			Runnable result = next == null ? subscription.reason(estates.why()) : subscription.result(next);
			if (result != null) {
				synchronized (waiting) {
					waiting.put(subscription, result);
				}
			}
		}
		// An empty piece goes too: it finds out who has become visible.
		if (!display.isDisposed() && pending.compareAndSet(false, true)) {
			display.asyncExec(this::deliver);
		}
	}

	private Frame capture(EstateHandle handle) {
		Optional<Imagined> imagined = scenarios.imagined(handle);
		CursorPosition position = cursor.position();
		WeaverState state = imagined.map(Imagined::state).orElseGet(() -> far.at(handle, handle.state(), position));
		return new Frame(handle, state, position, selection.items(), past.at(handle, state, position), imagined.map(one -> one.outcome().scenario()),
				filter.matching(state, position), imagined.filter(Imagined::rough).isPresent());
	}

	private void deliver() {
		pending.set(false);
		Map<Subscription<?>, Runnable> results;
		synchronized (waiting) {
			results = new LinkedHashMap<>(waiting);
			waiting.clear();
		}
		results.forEach((subscription, result) -> {
			if (!subscription.control.isDisposed()) {
				try {
					result.run();
				} catch (RuntimeException e) {
					LOG.log(System.Logger.Level.ERROR, "A part could not show its newest state.", e);
				}
			}
		});
		boolean appeared = false;
		for (Subscription<?> subscription : subscriptions) {
			boolean visible = !subscription.control.isDisposed() && subscription.control.isVisible();
			appeared |= visible && !subscription.visible;
			subscription.visible = visible;
		}
		if (appeared) {
			request();
		}
	}

	@Override
	public void close() {
		closed = true;
		worker.interrupt();
		release();
	}

	/**
	 * A part that is served.
	 *
	 * @param <T> what it shows
	 */
	public static final class Subscription<T> {
		private final EstateFeed feed;
		private final Control control;
		private final Function<Frame, T> compute;
		private final Consumer<T> show;
		private final Consumer<String> empty;
		private volatile boolean visible;
		private volatile boolean stale = true;
		private volatile boolean roughToo;
		private Frame served;
		private String reason;

		private Subscription(EstateFeed feed, Control control, Function<Frame, T> compute, Consumer<T> show, Consumer<String> empty) {
			this.feed = feed;
			this.control = control;
			this.compute = compute;
			this.show = show;
			this.empty = empty;
		}

		/**
		 * Serves the part while something is dragged too, with frames that are {@link Frame#rough}, many a second: it marks them, and computes little.
		 * Other parts wait for the exact solution.
		 *
		 * @return this
		 */
		public Subscription<T> roughToo() {
			roughToo = true;
			return this;
		}

		/** Computes and shows anew, although nothing but the part's own settings changed. Any thread. */
		public void refresh() {
			stale = true;
			feed.request();
		}

		private Runnable result(Frame next) {
			boolean anew = stale;
			stale = false;
			if (!anew && next.equals(served)) {
				return null;
			}
			served = next;
			reason = null;
			try {
				T result = compute.apply(next);
				return () -> show.accept(result);
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "A part could not be computed.", e);
				return () -> empty.accept("This could not be computed: " + e + ". The log has the details.");
			}
		}

		private Runnable reason(String why) {
			if (!stale && why.equals(reason)) {
				return null;
			}
			stale = false;
			served = null;
			reason = why;
			return () -> empty.accept(why);
		}
	}
}
