// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;

/**
 * What resources are looked for, such as {@code kind:vm region:eu cpu>80% @+2h}: all terms must hold. Immutable; docs/search.md has the grammar.
 */
public final class Query {
	/** Matches all. */
	public static final Query ALL = new Query("", List.of(), Optional.empty());
	/** Properties beside labels. */
	static final List<String> PROPERTIES = List.of("kind", "name", "id", "group", "state", "alert");
	private static final double NEARLY_ALL = 2;
	private static final int NAMED = 12;

	private final String text;
	private final List<Term> terms;
	private final Optional<Duration> ahead;

	Query(String text, List<Term> terms, Optional<Duration> ahead) {
		this.text = text;
		this.terms = List.copyOf(terms);
		this.ahead = ahead;
	}

	/**
	 * Which predicted value is compared where a term says none.
	 *
	 * @param kind  the shadow
	 * @param level the quantile, over 0 and under 1
	 */
	public record Prediction(Shadow.Kind kind, double level) {
	}

	/**
	 * Reads a query.
	 *
	 * @throws QueryException with the place where it cannot be understood
	 */
	public static Query parse(String text) throws QueryException {
		return new QueryParser(text).parse();
	}

	/** As it was written. */
	public String text() {
		return text;
	}

	/** Whether it matches all. */
	public boolean isAll() {
		return terms.isEmpty();
	}

	/**
	 * Checks that an estate has what is asked for.
	 *
	 * @return the same
	 * @throws QueryException with the place of a label or metric that nothing has, or of a unit that does not fit
	 */
	public Query checked(WeaverState state) throws QueryException {
		Set<String> labels = labels(state);
		for (Term term : terms) {
			check(term, state, labels);
		}
		return this;
	}

	private static void check(Term term, WeaverState state, Set<String> labels) throws QueryException {
		switch (term) {
		case Term.Not not -> check(not.term(), state, labels);
		case Term.Label label -> {
			if (!labels.contains(label.key())) {
				throw new QueryException(label.position(), "no resource has '" + label.key() + "'; there is " + labels.stream().limit(NAMED).collect(Collectors.joining(", ")));
			}
		}
		case Term.Compare compare -> check(compare, state.metrics());
		case Term.Word word -> {
			// any word may be a part of a name
		}
		}
	}

	private static void check(Term.Compare compare, Map<String, Metric> metrics) throws QueryException {
		Metric metric = metrics.get(compare.metric());
		if (metric == null) {
			throw new QueryException(compare.position(), "there is no metric '" + compare.metric() + "'; there is " + metrics.keySet().stream().sorted().limit(NAMED).collect(Collectors.joining(", ")));
		}
		Unit.Dimension dimension = metric.unit().dimension();
		if (compare.unit().isPresent() && compare.unit().get().dimension() != dimension) {
			throw new QueryException(compare.position(), metric.name() + " is not measured in " + compare.unit().get().symbol() + ", but in " + metric.display().symbol());
		}
		if (dimension == Unit.Dimension.RATIO && compare.unit().isEmpty() && Math.abs(compare.limit()) > NEARLY_ALL) {
			throw new QueryException(compare.position(), metric.name() + " is a share: write " + compare.metric() + compare.test().symbol + "80% or " + compare.metric() + compare.test().symbol + ".8");
		}
	}

	static Set<String> labels(WeaverState state) {
		Set<String> labels = new TreeSet<>(PROPERTIES);
		state.topology().resources().values().forEach(resource -> resource.labels().keySet().forEach(key -> labels.add(key.toLowerCase(Locale.ROOT))));
		return labels;
	}

	/** Ids of the resources that match. */
	public Set<String> matches(WeaverState state, Prediction prediction) {
		Map<String, Alert> alerts = new HashMap<>();
		state.alerts().stream().filter(Alert::isActive).forEach(alert -> alerts.merge(alert.subject(), alert, (one, other) -> one.severity().compareTo(other.severity()) >= 0 ? one : other));
		Set<String> found = new HashSet<>();
		for (Resource resource : state.topology().resources().values()) {
			if (terms.stream().allMatch(term -> holds(term, resource, state, alerts, prediction))) {
				found.add(resource.id());
			}
		}
		return found;
	}

	private boolean holds(Term term, Resource resource, WeaverState state, Map<String, Alert> alerts, Prediction prediction) {
		return switch (term) {
		case Term.Not not -> !holds(not.term(), resource, state, alerts, prediction);
		case Term.Word word -> contains(resource.name(), word.text()) || contains(resource.id(), word.text());
		case Term.Label label -> values(label.key(), resource, state, alerts).stream().anyMatch(label::matches);
		case Term.Compare compare -> compare.test().holds(value(compare, resource, state, prediction), compare.base());
		};
	}

	private static boolean contains(String whole, String part) {
		return whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
	}

	static List<String> values(String key, Resource resource, WeaverState state, Map<String, Alert> alerts) {
		return switch (key) {
		case "kind" -> List.of(resource.kind());
		case "name" -> List.of(resource.name());
		case "id" -> List.of(resource.id());
		case "group" -> state.topology().groupOf(resource.id()).map(id -> List.of(id, state.topology().groups().get(id).name())).orElse(List.of());
		case "state" -> List.of(resource.lifecycle().name().toLowerCase(Locale.ROOT));
		case "alert" -> List.of(alert(resource, state, alerts));
		default -> resource.labels().entrySet().stream().filter(label -> label.getKey().equalsIgnoreCase(key)).map(Map.Entry::getValue).toList();
		};
	}

	/** Of the resource, or of its group where it has none of its own. */
	private static String alert(Resource resource, WeaverState state, Map<String, Alert> alerts) {
		Alert own = alerts.get(resource.id());
		Alert alert = own != null ? own : state.topology().groupOf(resource.id()).map(group -> alerts.get(SeriesId.GROUP_PREFIX + group)).orElse(null);
		return alert == null ? "none" : alert.state() == Alert.State.COVERED ? "covered" : alert.severity().name().toLowerCase(Locale.ROOT);
	}

	/** {@code NaN} where it is not known: then no comparison holds. */
	private double value(Term.Compare compare, Resource resource, WeaverState state, Prediction prediction) {
		SeriesId id = new SeriesId(resource.id(), compare.metric());
		Duration far = compare.ahead().or(() -> ahead).orElse(Duration.ZERO);
		if (far.isZero() && compare.level().isEmpty()) {
			return state.series().value(id);
		}
		Instant time = state.time().plus(far);
		return state.shadow(prediction.kind()).bands(id, state.series()).filter(bands -> !time.isAfter(bands.end())).map(bands -> bands.at(time, compare.level().orElse(prediction.level())))
				.orElse(Double.NaN);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Query query && text.equals(query.text);
	}

	@Override
	public int hashCode() {
		return text.hashCode();
	}

	@Override
	public String toString() {
		return text;
	}
}
