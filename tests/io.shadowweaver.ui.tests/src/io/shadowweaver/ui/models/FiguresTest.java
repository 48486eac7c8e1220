// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.views.BackTested;

class FiguresTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final SeriesId CPU = new SeriesId("web-1", "cpu");
	private final BackTestReport report = BackTested.report(CPU, NOW, Set.of());

	@Test
	void figuresAreShortAndSayWhatIsNotKnown() {
		assertEquals("2.4\u00a0%", Figures.share(.0236));
		assertEquals("14\u00a0%", Figures.share(.14));
		assertEquals("–", Figures.share(Double.NaN));
		assertEquals("+34\u00a0%", Figures.signed(.34));
		assertEquals("-20\u00a0%", Figures.signed(-.2));
		assertEquals("0.52", Figures.ratio(.516));
		assertEquals("<\u00a01\u00a0ms", Figures.cpu(Duration.ofNanos(20_000)));
		assertEquals("1.2\u00a0s", Figures.cpu(Duration.ofMillis(1234)));
	}

	@Test
	void aTraceIsWhatWasForecastOneLeadAhead() {
		BackTestReport.Result ets = report.results().getFirst();
		Trace trace = Trace.of(ets, 1);
		assertEquals(ets.curves().size(), trace.times().length);
		assertEquals(ets.curves().getFirst().origin().plus(Duration.ofHours(1)).toEpochMilli(), trace.times()[0]);
		for (int i = 0; i < trace.times().length; i++) {
			assertTrue(trace.low()[i] < trace.median()[i] && trace.median()[i] < trace.high()[i]);
		}
		Trace.Coverage coverage = trace.coverage(report.actual(), ZoneOffset.UTC);
		assertEquals(1, coverage.shares()[24], 1e-9, "the wave stays within its band");
		assertEquals(trace.times().length, coverage.counts()[24]);
		Trace late = Trace.of(report.results().get(1), 1);
		double all = late.coverage(report.actual(), ZoneOffset.UTC).shares()[24];
		assertTrue(all < .5, "a forecast that comes an hour late misses: " + all);
	}

	@Test
	void bandsThatExplodeOnceDoNotHideTheRest() {
		Trace trace = Trace.of(report.results().getFirst(), 0);
		double top = trace.top();
		trace.high()[3] = 1e9;
		assertTrue(trace.top() < 2 * top, String.valueOf(trace.top()));
	}

	@Test
	void resultsComeBestFirstWithTheReasonOfTheRefused() {
		List<ResultRow> rows = ResultRow.of(report, 1);
		assertEquals(List.of("in use", "tried", "reference", "refused"), rows.stream().map(ResultRow::state).toList());
		assertEquals(.82, rows.getFirst().coverage(), 1e-9);
		assertEquals("98\u00a0% → 97\u00a0%, 95\u00a0% → 94\u00a0%, 90\u00a0% → 90\u00a0%, 80\u00a0% → 82\u00a0%, 50\u00a0% → 50\u00a0%", rows.getFirst().coverages());
		assertEquals("It does not converge.", rows.getLast().note());
		assertTrue(Double.isNaN(rows.getLast().wape()));
	}

	@Test
	void bandsThatAreTooNarrowLookWorseThanThoseThatAreTooWide() {
		Palette palette = Palette.GREEN_RED_DARK;
		assertEquals(palette.stop(1), ModelRow.coverageColour(.8, .8, palette));
		assertEquals(palette.stop(3), ModelRow.coverageColour(.5, .8, palette));
		assertEquals(palette.unusual(), ModelRow.coverageColour(.97, .8, palette));
		assertEquals(palette.stop(3), ModelRow.skillColour(-.01, palette));
	}

	@Test
	void partsOfOneNameAreOneAndTheSentenceAddsUp() {
		List<Duration> leads = List.of(Duration.ofHours(1), Duration.ofHours(2));
		List<Part> parts = List.of(new Part(Part.Kind.REST, "present deviation", new double[] { -.01, 0 }), new Part(Part.Kind.TREND, "level", new double[] { .2, .3 }),
				new Part(Part.Kind.SEASON, "daily", new double[] { .1, .2 }), new Part(Part.Kind.TREND, "trend", new double[] { .2, .2 }),
				new Part(Part.Kind.SEASON, "daily", new double[] { .1, .1 }), new Part(Part.Kind.EVENT, "launch", new double[] { 0, .1 }));
		Because because = new Because("e", CPU, NOW, leads, parts, true);
		assertEquals(List.of("present deviation", "level", "daily", "trend", "launch"), because.parts().stream().map(Part::name).toList());
		assertEquals(List.of("level", "trend", "daily", "launch", "present deviation"), because.at(NOW.plus(leads.getFirst())).stream().map(Because.Share::name).toList());
		assertEquals(.59, because.sum(NOW.plus(leads.getFirst())), 1e-9);
		assertEquals(.745, because.sum(NOW.plus(Duration.ofMinutes(90))), 1e-9, "linear between leads");
		assertEquals(.9, because.sum(NOW.plus(Duration.ofDays(3))), 1e-9, "flat behind the last");
		String sentence = because.sentence(NOW.plus(leads.getLast()), NOW, Unit.PERCENT);
		assertTrue(sentence.startsWith("90\u00a0% at ") && sentence.endsWith("because: level and trend 50\u00a0%, daily +30\u00a0%, launch +10\u00a0%"), sentence);
		assertTrue(because.sentence(NOW.plus(leads.getFirst()), NOW, Unit.PERCENT).endsWith("the rest −1\u00a0%"));
	}
}
