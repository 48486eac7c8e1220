// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.views.ChartMark;
import io.shadowweaver.ui.views.ChartTarget;

/**
 * The one series whose forecasts are looked at, with all that is known of them. Immutable.
 *
 * @param frame    the estate
 * @param id       the series
 * @param title    whose, and of what
 * @param unit     in which its values are shown
 * @param quality  what is known; empty before the first tick
 * @param backTest the newest one; empty for none
 * @param state    what a back-test is doing, or how it ended; empty for nothing to say
 * @param because  the parts of its forecast, as far as they are read
 * @param marks    on charts
 * @param palette  the colours
 */
record Subject(Frame frame, SeriesId id, String title, Unit unit, Optional<Quality> quality, Optional<BackTestReport> backTest, String state,
		Because because, List<ChartMark> marks, Palette palette) {
	/** What is known of the series of a chart. */
	static Subject of(Frame frame, ChartTarget target, BackTests tests, Because because, Palette palette) {
		String estate = frame.estate().id();
		return new Subject(frame, target.id(), target.title(), Formats.unit(target.id(), target.metric()), frame.estate().quality(target.id()),
				tests.of(estate, target.id()), tests.state(estate, target.id()), because, ChartMark.of(frame.state(), target.id()), palette);
	}
}
