// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;

class EstateFeedTest {
	private final Display display = Display.getDefault();
	private final FeedEstate estate = new FeedEstate();
	private final Selection selection = new Selection();
	private final TimeCursor cursor = new TimeCursor();
	private final List<String> remembered = new ArrayList<>();
	private Shell shell;
	private Estates estates;
	private EstateFeed feed;

	@BeforeEach
	void open() {
		shell = new Shell(display, SWT.SHELL_TRIM);
		shell.setLayout(new FillLayout());
		estates = new Estates(display, () -> estate, "", remembered::add);
		feed = new EstateFeed(display, estates, selection, cursor, new Scenarios(display, estates, new ScenarioStore(Optional.empty())), FeedEstate.noFilter());
		shell.setSize(200, 100);
		shell.open();
		pump(() -> estates.active().isPresent(), "the estate is not active");
		assertEquals(List.of("test"), remembered);
	}

	@AfterEach
	void close() {
		feed.close();
		estates.close();
		shell.dispose();
	}

	private void pump(BooleanSupplier until, String problem) {
		long end = System.nanoTime() + 10_000_000_000L;
		while (!until.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, problem);
			if (!display.readAndDispatch()) {
				sleep(5);
			}
		}
	}

	private void pumpFor(long millis) {
		long end = System.nanoTime() + millis * 1_000_000;
		pump(() -> System.nanoTime() > end, "");
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(millis);
		} catch (InterruptedException e) {
			throw new AssertionError(e);
		}
	}

	private Composite part() {
		Composite part = new Composite(shell, SWT.NONE);
		shell.layout();
		return part;
	}

	@Test
	void aStormOfTicksBecomesAtMostTenPicturesASecondAndTheLastOneIsShown() {
		List<Double> shown = new ArrayList<>();
		feed.subscribe(part(), frame -> frame.observed(FeedEstate.SERIES), shown::add, why -> {
		});
		pump(() -> !shown.isEmpty(), "nothing was shown");
		shown.clear();
		Thread storm = new Thread(() -> {
			for (int i = 1; i <= 1000; i++) {
				estate.tick(i);
				sleep(1);
			}
		});
		long begin = System.nanoTime();
		storm.start();
		pump(() -> !shown.isEmpty() && shown.getLast() == 1000., "the last tick was not shown");
		double seconds = (System.nanoTime() - begin) / 1e9;
		assertTrue(shown.size() <= seconds * 10 + 2, shown.size() + " pictures in " + seconds + " s");
		assertTrue(shown.size() >= 3, "only " + shown.size() + " pictures");
	}

	@Test
	void itIsComputedOffTheUiThreadAndShownOnIt() {
		AtomicReference<Thread> computed = new AtomicReference<>();
		AtomicReference<Thread> shown = new AtomicReference<>();
		feed.subscribe(part(), frame -> {
			computed.set(Thread.currentThread());
			return frame;
		}, frame -> shown.set(Thread.currentThread()), why -> {
		});
		pump(() -> shown.get() != null, "nothing was shown");
		assertNotSame(display.getThread(), computed.get());
		assertEquals(display.getThread(), shown.get());
	}

	@Test
	void aHiddenPartIsLeftOutAndServedOnceItIsSeen() {
		Composite part = part();
		part.setVisible(false);
		List<Double> computed = new ArrayList<>();
		feed.subscribe(part, frame -> {
			computed.add(frame.observed(FeedEstate.SERIES));
			return frame;
		}, frame -> {
		}, why -> {
		});
		estate.tick(1);
		estate.tick(2);
		pumpFor(500);
		assertEquals(List.of(), computed);
		part.setVisible(true);
		pump(() -> computed.contains(2.), "it was not served after it was seen");
	}

	@Test
	void aPartThatFailsSaysSoAndTheOthersGoOn() {
		AtomicReference<String> reason = new AtomicReference<>("");
		List<Frame> others = new ArrayList<>();
		feed.subscribe(part(), frame -> {
			throw new IllegalStateException("broken on purpose");
		}, frame -> {
		}, reason::set);
		feed.subscribe(part(), frame -> frame, others::add, why -> {
		});
		pump(() -> !others.isEmpty() && !reason.get().isEmpty(), "one of the two was not served");
		assertTrue(reason.get().contains("broken on purpose"), reason.get());
	}

	@Test
	void selectionAndCursorMakeANewFrame() {
		List<Frame> shown = new ArrayList<>();
		feed.subscribe(part(), frame -> frame, shown::add, why -> {
		});
		selection.select(Item.resource("m"));
		pump(() -> !shown.isEmpty() && shown.getLast().selection().equals(List.of(Item.resource("m"))), "the selection did not come");
		cursor.move(position -> position.withMetric("memory"));
		pump(() -> shown.getLast().cursor().metric().equals("memory"), "the cursor did not come");
		int before = shown.size();
		selection.select(Item.resource("m"));
		pumpFor(300);
		assertEquals(before, shown.size(), "the same selection made a new picture");
	}

	@Test
	void aCursorInThePastShowsWhatWasObservedThen() {
		for (int i = 0; i < 10; i++) {
			estate.tick(100 + i);
		}
		List<Frame> shown = new ArrayList<>();
		feed.subscribe(part(), frame -> frame, shown::add, why -> {
		});
		cursor.move(position -> position.at(Optional.of(FeedEstate.START.plusSeconds(180))));
		pump(() -> !shown.isEmpty() && shown.getLast().past().complete(), "the past was not read");
		assertTrue(shown.getLast().isPast());
		assertEquals(3, shown.getLast().observed(FeedEstate.SERIES));
		assertTrue(Double.isNaN(shown.getLast().predicted(FeedEstate.SERIES)), "the past predicts nothing");
		cursor.move(position -> position.at(Optional.empty()));
		pump(() -> !shown.getLast().isPast(), "now did not come back");
		assertEquals(109, shown.getLast().observed(FeedEstate.SERIES));
	}

	@Test
	void anEngineThatDoesNotStartIsAReason() {
		Estates broken = new Estates(display, () -> {
			throw new PluginException("the disk is full");
		}, "", remembered::add);
		EstateFeed other = new EstateFeed(display, broken, new Selection(), new TimeCursor(), new Scenarios(display, broken, new ScenarioStore(Optional.empty())), FeedEstate.noFilter());
		AtomicReference<String> reason = new AtomicReference<>("");
		other.subscribe(part(), frame -> frame, frame -> {
		}, reason::set);
		pump(() -> reason.get().contains("the disk is full"), "the reason did not come");
		assertFalse(broken.active().isPresent());
		other.close();
		broken.close();
	}

	@Test
	void anotherEngineTakesOver() {
		FeedEstate second = new FeedEstate();
		second.tick(77);
		List<Double> shown = new ArrayList<>();
		feed.subscribe(part(), frame -> frame.observed(FeedEstate.SERIES), shown::add, why -> {
		});
		estates.attach(second);
		pump(() -> shown.contains(77.), "the other engine is not shown");
		assertEquals(0, estate.subscribers());
		assertEquals(2, second.subscribers(), "the feed and the scenarios");
	}

	@Test
	void onlyTheUiThreadSelects() {
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		Thread other = new Thread(() -> thrown.set(assertThrows(IllegalStateException.class, () -> selection.select(List.of()))));
		other.start();
		pump(() -> !other.isAlive(), "it hangs");
		assertTrue(thrown.get() instanceof IllegalStateException);
	}

	@Test
	void whereTheCursorIsFarTheEstateIsForecastAsFarOffTheUiThread() {
		estate.tick(1);
		AtomicReference<Double> shown = new AtomicReference<>(Double.NaN);
		feed.subscribe(part(), frame -> frame.predicted(FeedEstate.SERIES), shown::set, why -> {
		});
		Instant now = estate.state().time();
		cursor.move(position -> position.at(Optional.of(now.plus(Duration.ofDays(30)))));
		pump(() -> shown.get() == 30, "a month ahead was not predicted");
		cursor.move(position -> position.at(Optional.of(now.plus(Duration.ofDays(60)))));
		pump(() -> shown.get() == 60, "two months ahead were not predicted");
		estate.tick(2);
		pump(() -> Math.abs(shown.get() - (60 - 1 / 1440.)) < 1e-6, "it did not go on with the tick: " + shown);
		cursor.move(position -> position.at(Optional.empty()));
		pump(() -> shown.get() == 0, "what is far is still shown: " + shown);
	}
}
