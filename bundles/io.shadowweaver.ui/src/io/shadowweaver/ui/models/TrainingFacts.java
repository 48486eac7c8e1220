// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.forecasting.IntervalQuality;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.properties.Fact;

/** The state of a series' training in words: what is in use and why, what it cost, what comes next, what changed. Pure functions. */
final class TrainingFacts {
	private TrainingFacts() {
	}

	/** The facts of a series, in reading order. */
	static List<Fact> of(Subject subject) {
		List<Fact> facts = new ArrayList<>();
		Instant now = subject.frame().now();
		Forecast forecast = subject.frame().state().series().forecast(subject.id()).orElse(null);
		if (forecast != null && !forecast.isPresent()) {
			add(facts, "State", "No forecast", forecast.reason() + forecast.readyAt().map(at -> " Ready " + Formats.timeAndDistance(at, now) + ".").orElse(""));
		}
		if (subject.quality().isEmpty()) {
			add(facts, "State", "Forecasts", "The estate has not begun to forecast.");
			return facts;
		}
		Quality quality = subject.quality().get();
		add(facts, "State", "Model", quality.model().isEmpty() ? "none yet" : quality.model());
		subject.frame().estate().pinned(subject.id()).ifPresent(model -> add(facts, "State", "Pinned", model + ", by a rule on forecasts; 'Unpin model' lets errors choose again"));
		add(facts, "State", "Why", quality.why());
		add(facts, "State", "Trained", quality.trainedAt().map(at -> Formats.timeAndDistance(at, now) + " on " + quality.samples() + " samples").orElse(""));
		add(facts, "State", "Seasons found", quality.seasons().isEmpty() ? "none" : String.join(", ", quality.seasons().stream().map(Formats::span).toList()));
		add(facts, "State", "Models work on steps of", Formats.span(quality.modelStep()));
		quality.next().ifPresent(next -> add(facts, "Next step", Formats.timeAndDistance(next.at(), now), next.sentence()));
		add(facts, "Last training", "What", quality.lastChange());
		add(facts, "Last training", "CPU", Figures.cpu(quality.candidates().stream().map(Quality.Score::training).reduce(Duration.ZERO, Duration::plus)));
		quality.candidates().stream().filter(score -> !score.training().isZero()).forEach(score -> add(facts, "CPU of each model", score.model(),
				Figures.cpu(score.training())));
		quality.intervals().ifPresent(known -> {
			for (IntervalQuality.Breach breach : known.breaches()) {
				add(facts, "Probability of a breach", "within " + Formats.span(breach.span()) + ", of a limit exceeded " + Figures.share(breach.share()) + " of the time",
						"Brier score " + Figures.ratio(breach.brier()) + ", climatology " + Figures.ratio(breach.reference()) + ", skill " + Figures.signed(breach.skill())
								+ " on " + breach.scored());
			}
		});
		for (Quality.Change change : quality.changes()) {
			add(facts, "Changes of model", Formats.timeAndDistance(change.time(), now), change.before() + " → " + change.after() + ", because: " + change.cause()
					+ errors(change));
		}
		return facts;
	}

	private static String errors(Quality.Change change) {
		return Double.isNaN(change.errorAfter()) ? "" : "; error against seasonal naive " + Formats.percent(change.errorBefore()) + " → "
				+ Formats.percent(change.errorAfter());
	}

	private static void add(List<Fact> facts, String category, String name, String value) {
		if (!value.isBlank()) {
			facts.add(new Fact(category, name, value));
		}
	}
}
