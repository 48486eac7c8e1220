// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;

/** What every {@link MetricSource} keeps. */
public abstract class MetricSourceContract {
	/** Opens a new source over data that are there. */
	protected abstract MetricSource open() throws Exception;

	/** The estate's time at which the source, just opened, is first polled. */
	protected abstract Instant now(SourceInfo info);

	/** How many polls until there must have been a sample. */
	protected int polls() {
		return 5;
	}

	/** What makes time pass between polls, for sources whose clock is not the argument of poll; does nothing unless overridden. */
	protected void wait(Duration step) throws InterruptedException {
		// the argument of poll is the clock
	}

	@Test
	void saysWhatItHas() throws Exception {
		try (MetricSource source = open()) {
			SourceInfo info = source.info();
			assertFalse(source.pollInterval().isNegative() || source.pollInterval().isZero(), "a poll interval of " + source.pollInterval());
			info.earliest().ifPresent(earliest -> assertFalse(earliest.isAfter(now(info)), "the oldest sample is not in the future"));
		}
	}

	@Test
	void pollsInOrderWithEachMetricDescribedAndNothingTwice() throws Exception {
		try (MetricSource source = open()) {
			SourceInfo info = source.info();
			Map<SeriesId, Instant> last = new HashMap<>();
			Set<String> described = new HashSet<>();
			Instant now = now(info);
			int samples = 0;
			for (int poll = 0; poll < polls(); poll++) {
				Instant at = now;
				Batch batch = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> source.poll(at), "a poll that does not end");
				batch.metrics().forEach(metric -> described.add(metric.id()));
				for (Tick tick : batch.ticks()) {
					assertFalse(tick.time().isAfter(now), "a sample of " + tick.time() + " at " + now);
					samples += check(tick, last, described);
				}
				now = now.plus(info.step());
				wait(info.step());
			}
			assertTrue(samples > 0, "no sample in " + polls() + " polls");
		}
	}

	private static int check(Tick tick, Map<SeriesId, Instant> last, Set<String> described) {
		int samples = 0;
		assertEquals(tick.series().size(), new HashSet<>(tick.series()).size(), "a series twice in one row");
		for (int i = 0; i < tick.series().size(); i++) {
			SeriesId id = tick.series().get(i);
			assertFalse(Double.isInfinite(tick.values()[i]), () -> id + " is infinite");
			assertTrue(described.contains(id.metric()), () -> "the metric of " + id + " was not described");
			Instant before = last.put(id, tick.time());
			assertTrue(before == null || tick.time().isAfter(before), () -> id + ": " + tick.time() + " after " + before);
			samples += Double.isNaN(tick.values()[i]) ? 0 : 1;
		}
		return samples;
	}

	@Test
	void backFillsWithinTheSpanAskedFor() throws Exception {
		try (MetricSource source = open()) {
			SourceInfo info = source.info();
			if (info.earliest().isEmpty()) {
				source.backfill(now(info).minus(Duration.ofHours(1)), now(info), batch -> {
					assertTrue(batch.blocks().isEmpty() && batch.ticks().isEmpty(), "samples older than the earliest");
				}, Progress.NONE);
				return;
			}
			Instant to = now(info);
			Instant from = info.earliest().get().isAfter(to.minus(Duration.ofHours(6))) ? info.earliest().get() : to.minus(Duration.ofHours(6));
			List<Batch> pieces = new ArrayList<>();
			source.backfill(from, to, pieces::add, Progress.NONE);
			Set<String> described = new HashSet<>();
			Map<SeriesId, Instant> last = new HashMap<>();
			int samples = 0;
			for (Batch batch : pieces) {
				batch.metrics().stream().map(Metric::id).forEach(described::add);
				for (Block block : batch.blocks()) {
					assertEquals(info.step(), block.series().step(), "the step of " + block.id());
					assertFalse(block.series().start().isBefore(from), () -> block.id() + " begins before the span");
					assertFalse(block.series().end().isAfter(to.plus(info.step())), () -> block.id() + " ends behind the span");
					assertTrue(described.contains(block.id().metric()), () -> "the metric of " + block.id() + " was not described");
					samples += block.series().count();
				}
				for (Tick tick : batch.ticks()) {
					assertTrue(!tick.time().isBefore(from) && tick.time().isBefore(to), () -> tick.time() + " is outside of the span");
					samples += check(tick, last, described);
				}
			}
			if (from.isBefore(to)) {
				assertTrue(samples > 0, "the source has history from " + from + " on and delivers none");
			}
		}
	}

	@Test
	void aCancelledBackFillStopsSoon() throws Exception {
		try (MetricSource source = open()) {
			SourceInfo info = source.info();
			Instant to = now(info);
			Instant from = info.earliest().orElse(to.minus(Duration.ofHours(1)));
			if (!from.isBefore(to)) {
				return;
			}
			int[] pieces = new int[1];
			assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
				try {
					source.backfill(from, to, batch -> pieces[0]++, new Progress() {
						@Override
						public void report(double fraction, String what) {
							assertTrue(fraction >= 0 && fraction <= 1, "a fraction of " + fraction);
						}

						@Override
						public boolean isCancelled() {
							return true;
						}
					});
				} catch (PluginException e) {
					// saying that it was cancelled is fine
				}
			}, "a cancelled back-fill that goes on");
			assertTrue(pieces[0] <= 2, pieces[0] + " pieces after the cancel");
		}
	}

	@Test
	void closesMoreThanOnce() throws Exception {
		MetricSource source = open();
		source.close();
		source.close();
	}
}
