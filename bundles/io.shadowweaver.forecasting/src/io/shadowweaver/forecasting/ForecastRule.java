// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Selector;

/**
 * One line of an operator's tailoring: which series it is for, and what is decided on them. In words, as a configuration has it; what is missing or empty
 * holds for every series, or decides nothing. Of the rules that fit a series the most specific one that decides on the model decides on the model, and so on:
 * one that names the subject before one that names labels (more before fewer) before one that names a kind before one that names the metric; of equals, the
 * first.
 *
 * @param metric    only series of this metric; by its id
 * @param kind      only resources of this kind, or groups all of whose members are
 * @param labels    only resources with these labels, or groups all of whose members have them
 * @param subject   only series of this resource, or of this group behind {@code group:}
 * @param model     the id of the model
 * @param season    the period, such as {@code 24h}; {@code none} for none
 * @param horizons  the leads by which the model is chosen, such as {@code 10m}
 * @param transform {@code log} or {@code none}
 */
public record ForecastRule(String metric, String kind, Map<String, String> labels, String subject, String model, String season,
		List<String> horizons, String transform) {
	/** No season, no transform. */
	private static final String NOTHING = "none";
	/** No horizon is further. */
	public static final Duration FARTHEST = Duration.ofDays(14);

	/**
	 * Checks and copies.
	 *
	 * @throws IllegalArgumentException naming the key and the value that is wrong
	 */
	public ForecastRule {
		metric = plain(metric);
		kind = plain(kind);
		labels = labels == null ? Map.of() : Map.copyOf(labels);
		subject = plain(subject);
		model = plain(model);
		season = plain(season);
		horizons = horizons == null ? List.of() : List.copyOf(horizons);
		transform = plain(transform).toLowerCase(Locale.ROOT);
		if (model.isEmpty() && season.isEmpty() && horizons.isEmpty() && transform.isEmpty()) {
			throw new IllegalArgumentException("a rule must decide on model, season, horizons or transform, and this one decides on none of them");
		}
		season(season);
		leads(horizons);
		transform(transform);
	}

	/** A rule that pins a model for one series. */
	public static ForecastRule pin(SeriesId id, String model) {
		return new ForecastRule(id.metric(), "", Map.of(), id.subject(), model, "", List.of(), "");
	}

	/** Whether it pins the model of this one series and decides on nothing else, as {@link #pin} makes it. */
	public boolean isPin(SeriesId id) {
		return !model.isEmpty() && equals(pin(id, model));
	}

	private static String plain(String text) {
		return text == null ? "" : text.strip();
	}

	private static Optional<Duration> season(String text) {
		if (text.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(text.equalsIgnoreCase(NOTHING) ? Duration.ZERO : positive("season", text));
	}

	private static Duration positive(String key, String text) {
		Duration duration;
		try {
			duration = Settings.parseDuration(text);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(key + ": " + e.getMessage() + (key.equals("season") ? ", nor " + NOTHING : ""), e);
		}
		if (duration.isZero()) {
			throw new IllegalArgumentException(key + ": '" + text + "' must be longer than nothing");
		}
		return duration;
	}

	private static List<Duration> leads(List<String> texts) {
		List<Duration> leads = texts.stream().map(text -> positive("horizons", plain(text))).sorted().distinct().toList();
		if (!leads.isEmpty() && leads.getLast().compareTo(FARTHEST) > 0) {
			throw new IllegalArgumentException("horizons: " + Trainer.text(leads.getLast()) + " is more than " + Trainer.text(FARTHEST));
		}
		return leads;
	}

	private static Optional<Transform> transform(String text) {
		return switch (text) {
		case "" -> Optional.empty();
		case NOTHING -> Optional.of(Transform.NONE);
		case "log" -> Optional.of(Transform.LOG);
		default -> throw new IllegalArgumentException("transform: '" + text + "' is neither log nor " + NOTHING);
		};
	}

	/** What it decides. */
	public Tailoring decision() {
		return new Tailoring(model.isEmpty() ? Optional.empty() : Optional.of(model), season(season), leads(horizons), transform(transform));
	}

	/**
	 * Whether it is for a series.
	 *
	 * @param resources the resource of the series, or the members of its group; empty when not known
	 */
	boolean fits(SeriesId id, Collection<Resource> resources) {
		if (!metric.isEmpty() && !metric.equals(id.metric()) || !subject.isEmpty() && !subject.equals(id.subject())) {
			return false;
		}
		Selector selector = new Selector(labels);
		boolean any = kind.isEmpty() && labels.isEmpty();
		return any || !resources.isEmpty() && resources.stream()
				.allMatch(resource -> (kind.isEmpty() || kind.equals(resource.kind())) && (labels.isEmpty() || selector.matches(resource)));
	}

	private int specificity() {
		return (subject.isEmpty() ? 0 : 1000) + Math.min(labels.size(), 99) * 4 + (kind.isEmpty() ? 0 : 2) + (metric.isEmpty() ? 0 : 1);
	}

	/**
	 * What rules decide on a series together.
	 *
	 * @param rules     in the order of the configuration
	 * @param resources the resource of the series, or the members of its group; empty when not known
	 */
	public static Tailoring of(List<ForecastRule> rules, SeriesId id, Collection<Resource> resources) {
		List<ForecastRule> fitting = new ArrayList<>(rules.stream().filter(rule -> rule.fits(id, resources)).toList());
		fitting.sort(Comparator.comparingInt(ForecastRule::specificity).reversed());
		Tailoring all = Tailoring.NONE;
		for (ForecastRule rule : fitting) {
			all = all.or(rule.decision());
		}
		return all;
	}

	/** The leads that rules name, ascending. */
	public static List<Duration> leads(Collection<ForecastRule> rules) {
		return rules.stream().flatMap(rule -> rule.decision().leads().stream()).distinct().sorted().toList();
	}
}
