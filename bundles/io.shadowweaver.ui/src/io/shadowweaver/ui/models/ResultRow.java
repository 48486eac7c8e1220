// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestReport.LeadResult;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.Formats;

/**
 * A model that was tried on a series, with what it reached one lead ahead.
 *
 * @param rank    its place, best first
 * @param model   its id, or the name of the combination
 * @param state   in use, chosen, reference, refused or tried
 * @param lead    what it reached; empty where it was refused, or only the choice of the last training is known
 * @param skill   1 − its error ÷ that of seasonal naive; {@code NaN} where it was refused
 * @param cpu     that training it took; zero where it is not known
 * @param note    why it was refused; empty otherwise
 * @param result  the whole result; empty where only the choice of the last training is known
 */
record ResultRow(int rank, String model, String state, Optional<LeadResult> lead, double skill, Duration cpu, String note,
		Optional<BackTestReport.Result> result) {
	private static final String REFUSED = "refused";

	/** The results of a back-test at one of its leads. */
	static List<ResultRow> of(BackTestReport report, int lead) {
		List<ResultRow> rows = new ArrayList<>();
		for (BackTestReport.Result result : report.results()) {
			Optional<LeadResult> at = lead < result.leads().size() ? Optional.of(result.leads().get(lead)) : Optional.empty();
			rows.add(new ResultRow(rows.size(), result.model(), state(result), at, at.map(LeadResult::skill).orElse(Double.NaN), result.training(),
					result.note(), Optional.of(result)));
		}
		return rows;
	}

	private static String state(BackTestReport.Result result) {
		return result.inUse() ? "in use" : !result.note().isEmpty() ? REFUSED
				: result.kind() == BackTestReport.Kind.SINGLE ? "tried" : result.kind().name().toLowerCase(Locale.ROOT);
	}

	/** What the last training tried, where there was no back-test yet. */
	static List<ResultRow> of(Quality quality) {
		List<ResultRow> rows = new ArrayList<>();
		for (Quality.Score score : quality.candidates()) {
			String state = score.model().equals(quality.model()) ? "in use" : score.note().isEmpty() ? "tried" : REFUSED;
			rows.add(new ResultRow(rows.size(), score.model(), state, Optional.empty(), 1 - score.relative(), score.training(), score.note(), Optional.empty()));
		}
		return rows;
	}

	double wape() {
		return lead.map(LeadResult::wape).orElse(Double.NaN);
	}

	double mase() {
		return lead.map(LeadResult::mase).orElse(Double.NaN);
	}

	double pinball() {
		return lead.map(LeadResult::pinball).orElse(Double.NaN);
	}

	/** The coverage of the 80 % band. */
	double coverage() {
		return lead.map(at -> at.coverage().get(BackTestReport.NOMINAL.indexOf(ModelRow.NOMINAL))).orElse(Double.NaN);
	}

	/** All bands: nominal → measured. */
	String coverages() {
		if (lead.isEmpty()) {
			return Formats.NONE;
		}
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < BackTestReport.NOMINAL.size(); i++) {
			texts.add(Formats.percent(BackTestReport.NOMINAL.get(i)) + " → " + Figures.share(lead.get().coverage().get(i)));
		}
		return String.join(", ", texts);
	}

	boolean isRefused() {
		return state.equals(REFUSED);
	}

	boolean isInUse() {
		return state.equals("in use");
	}
}
