// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * The series that drive another in a training: chosen, with their lags, on what lies before the test part, by the correlation of the changes from block to
 * block, since levels of anything that knows the day correlate. In the test each is known up to the origin, and behind it is what a model of its own, moved
 * along in the same way, said there.
 */
final class Drivers {
	/** At most so many drive one series. */
	static final int MOST = 2;
	/** The longest lag in blocks. */
	static final int LONGEST = 12;
	private static final double LEAST = .1;
	/** A correlation by chance is less than so many of its standard errors. */
	private static final double ERRORS = 3;

	private final CauseBook book;
	private final Trainer.Parts parts;
	private final LeadPlan plan;
	private final long end;
	private final Map<SeriesId, Past> pasts = new HashMap<>();

	/** @param end the last block of the training */
	Drivers(Trainer.Parts parts, LeadPlan plan, CauseBook book, long end) {
		this.book = book;
		this.parts = parts;
		this.plan = plan;
		this.end = end;
	}

	private record Found(Cause cause, double strength) {
	}

	/**
	 * Those that go ahead of a series, or with it.
	 *
	 * @param until how many blocks of its history may be looked at
	 */
	List<Cause> of(SeriesId id, Past past, int until) {
		List<Found> found = new ArrayList<>();
		for (SeriesId driver : book.drivers(id)) {
			Past of = past(driver);
			if (of.blocks() >= Trainer.LEAST_BLOCKS && !of.isConstant() && of.fits()) {
				Found best = null;
				for (int lag = 0; lag <= LONGEST; lag++) {
					double strength = strength(past, of, until, lag);
					if (strength > 0 && (best == null || strength > best.strength)) {
						best = new Found(Cause.driver(driver, lag, plan), strength);
					}
				}
				if (best != null) {
					found.add(best);
				}
			}
		}
		found.sort(Comparator.comparingDouble(Found::strength).reversed());
		return found.stream().limit(MOST).map(Found::cause).toList();
	}

	Past past(SeriesId driver) {
		return pasts.computeIfAbsent(driver, id -> Trainer.read(parts.history(), parts.settings(), plan, parts.tailor(), id, end));
	}

	/** The size of the correlation of changes at a lag; 0 where it may be chance. */
	private static double strength(Past past, Past driver, int until, int lag) {
		int shift = (int) (past.firstBlock - driver.firstBlock) - lag;
		double xy = 0;
		double xx = 0;
		double yy = 0;
		int count = 0;
		for (int i = 1; i < until; i++) {
			int at = i + shift;
			if (at >= 1 && at < driver.coarse.length) {
				double x = driver.coarse[at] - driver.coarse[at - 1];
				double y = past.coarse[i] - past.coarse[i - 1];
				if (Double.isFinite(x) && Double.isFinite(y)) {
					xy += x * y;
					xx += x * x;
					yy += y * y;
					count++;
				}
			}
		}
		double correlation = xx > 0 && yy > 0 ? Math.abs(xy / Math.sqrt(xx * yy)) : 0;
		return count > 2 * LONGEST && correlation > Math.max(LEAST, ERRORS / Math.sqrt(count)) ? correlation : 0;
	}

	/** What was measured up to a block; in a gap the last value before it, as in life. */
	double measured(SeriesId driver, long block) {
		Past past = past(driver);
		int at = (int) Math.clamp(block - past.firstBlock, 0, (long) past.coarse.length - 1);
		return past.transform.from(past.known(at));
	}

	/** What each driver was expected to be at the origins of a test; by a model of its own. */
	Map<SeriesId, BackTest> expected(Telling.Maker maker, List<Cause> causes, BackTest test, Progress progress) {
		Map<SeriesId, BackTest> expected = new HashMap<>();
		for (Cause cause : causes) {
			if (cause.isDriver()) {
				expected.computeIfAbsent(cause.driver(), driver -> expected(maker, driver, test, progress));
			}
		}
		return expected;
	}

	private BackTest expected(Telling.Maker maker, SeriesId driver, BackTest test, Progress progress) {
		Past past = past(driver);
		BackTest backTest = test.of(past);
		Track track = book.track(driver);
		Choice choice = track == null ? null : track.choice;
		int candidate = choice == null ? -1 : Arrays.stream(choice.members()).filter(member -> !parts.cohorts().isShared(member)).findFirst().orElse(-1);
		if (candidate >= 0) {
			ModelNeeds needs = parts.candidates().get(candidate).factory().needs();
			int until = backTest.until();
			if (until > 0 && Trainer.lacking(needs, past, until).isEmpty()) {
				try (ForecastModel model = maker.create(candidate)) {
					if (model.train(List.of(Trainer.training(past, 0, needs, until)), progress).isEmpty()) {
						backTest.run(0, model, 0, needs.toleratesGaps());
					}
				} catch (PluginException | RuntimeException e) {
					parts.health().health(candidate, false, "Training on a driver failed: " + e.getMessage());
				}
			}
		}
		if (!backTest.answered(0)) {
			backTest.runReference(0);
		}
		return backTest;
	}

	/** Drivers as they were measured up to an origin of a test, and behind it as they were expected there. */
	CauseBook.Driving at(Map<SeriesId, BackTest> expected, long block) {
		return (driver, wanted) -> wanted <= block ? measured(driver, wanted) : expected.get(driver).saidAfter(block, wanted);
	}
}
