// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * Follows a Prometheus: every query is evaluated at multiples of the step, so that live samples and back-filled ones are the
 * same. Where the server has no sample, none is made up: a stale series has no point, and NaN or an infinity is a gap.
 */
final class PrometheusSource implements MetricSource {
	/** What the server allows for a series in one answer. */
	private static final int MOST_POINTS = 11_000;
	/** Samples of one piece of history. */
	private static final int PIECE = 200_000;
	/** Samples of one live batch: after a pause it catches up in several. */
	private static final int LIVE = 1_000_000;
	private static final Duration REFRESH = Duration.ofMinutes(5);
	private static final int MOST_PROBLEMS = 20;

	private final PrometheusSettings settings;
	private final InstantSource clock;
	private final PrometheusClient client;
	private final Hosts hosts;
	private final List<Rule> sampled;
	/** Columns of live rows; the list is replaced when one is added, and never changed. */
	private final Map<SeriesId, Integer> columns = new HashMap<>();
	private List<SeriesId> series = List.of();
	private Instant last = Instant.MIN;
	private Instant refreshed = Instant.MIN;
	private boolean described;

	PrometheusSource(PrometheusSettings settings, InstantSource clock) {
		this.settings = settings;
		this.clock = clock;
		this.client = new PrometheusClient(settings.connection());
		this.hosts = new Hosts(settings);
		this.sampled = settings.rules().stream().filter(rule -> rule.kind() == Rule.Kind.SAMPLES).toList();
	}

	@Override
	public SourceInfo info() throws PluginException {
		// The smallest question that only this API answers.
		client.query("vector(1)", null, (labels, times, values, count) -> {
		});
		return SourceInfo.live(settings.step(), Optional.of(floor(clock.instant().minus(settings.history()))));
	}

	/** The same without asking the server each time. */
	@Override
	public Duration pollInterval() {
		return settings.step();
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) throws PluginException {
		Duration step = settings.step();
		Instant first = floor(from.plus(step).minusMillis(1));
		Instant end = floor(to.plus(step).minusMillis(1));
		if (!first.isBefore(end)) {
			return;
		}
		// What is there now comes first, so that the samples that follow have an owner.
		List<String> said = new ArrayList<>();
		hosts.discover(client, clock.instant(), said);
		refreshed = clock.instant();
		sink.accept(new Batch(metrics(), List.of(), List.of(), hosts.changes(clock.instant()), List.of(), said));
		long points = points();
		List<Rule> answered = new ArrayList<>(sampled);
		for (Instant begin = first; begin.isBefore(end);) {
			Instant next = begin.plus(step.multipliedBy(points));
			next = next.isAfter(end) ? end : next;
			Set<String> problems = new LinkedHashSet<>();
			for (Rule rule : List.copyOf(answered)) {
				if (progress.isCancelled()) {
					return;
				}
				if (!fill(rule, begin, next, sink, problems)) {
					answered.remove(rule);
				}
			}
			if (!problems.isEmpty()) {
				sink.accept(new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), List.copyOf(problems)));
			}
			progress.report(Duration.between(first, next).toMillis() / (double) Duration.between(first, end).toMillis(),
					"History from Prometheus up to " + next);
			begin = next;
		}
		hosts.forgetReports();
		Instant done = end.minus(step);
		last = done.isAfter(last) ? done : last;
	}

	/** Points of a window, so that no query brings more than a piece for its series. */
	private long points() throws PluginException {
		long most = 1;
		for (Rule rule : sampled) {
			double[] found = new double[1];
			try {
				client.query("count(" + rule.query() + ")", null, (labels, times, values, count) -> {
					if (count > 0) {
						found[0] = values[count - 1];
					}
				});
			} catch (PrometheusClient.QueryException e) {
				// Said again, with its name, when it is read.
				found[0] = 0;
			}
			most = Math.max(most, (long) found[0]);
		}
		return Math.max(1, Math.min(MOST_POINTS - 1, PIECE / most));
	}

	/** One query over one window; halved where the server finds it too much. Returns whether the server answers it at all. */
	private boolean fill(Rule rule, Instant begin, Instant end, BatchSink sink, Set<String> problems) throws PluginException {
		Duration step = settings.step();
		int points = (int) (Duration.between(begin, end).toSeconds() / step.toSeconds());
		Map<SeriesId, double[]> found = new HashMap<>();
		Set<String> said = new LinkedHashSet<>();
		try {
			said.addAll(client.range(rule.query(), begin, end.minus(step), step, (labels, times, values, count) -> {
				SeriesId id = identify(rule, labels, said);
				if (id == null) {
					return;
				}
				double[] row = new double[points];
				Arrays.fill(row, Double.NaN);
				if (found.putIfAbsent(id, row) != null) {
					said.add(twice(rule, id));
					return;
				}
				Instant newest = place(rule, times, values, count, begin, row);
				if (newest != null) {
					hosts.sample(id.subject(), rule, labels, newest);
				}
			}));
		} catch (PrometheusClient.QueryException e) {
			if (!e.isTooHeavy() || points == 1) {
				problems.add(Hosts.said(rule, e));
				return false;
			}
			Instant middle = begin.plus(step.multipliedBy(points / 2));
			return fill(rule, begin, middle, sink, problems) && fill(rule, middle, end, sink, problems);
		}
		addAll(problems, said);
		List<Block> blocks = new ArrayList<>(found.size());
		found.forEach((id, values) -> {
			if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
				blocks.add(new Block(id, Series.of(begin, step, values)));
			}
		});
		if (!blocks.isEmpty()) {
			sink.accept(new Batch(List.of(), blocks, List.of(), List.of(), List.of(), List.of(), counters()));
		}
		return true;
	}

	@Override
	public Batch poll(Instant now) throws PluginException {
		Duration step = settings.step();
		Instant newest = floor(now.minus(settings.delay()));
		Instant begin = last.equals(Instant.MIN) ? newest : last.plus(step);
		if (begin.isAfter(newest)) {
			return Batch.EMPTY;
		}
		long most = Math.max(1, Math.min(MOST_POINTS, LIVE / Math.max(1, series.size())));
		if (Duration.between(begin, newest).toSeconds() / step.toSeconds() >= most) {
			newest = begin.plus(step.multipliedBy(most - 1));
		}
		Rows rows = read(begin, newest);
		Set<String> problems = rows.problems;
		if (rows.failed == sampled.size()) {
			throw new PluginException(problems.iterator().next());
		}
		if (rows.fresh || refreshed.plus(REFRESH).isBefore(now)) {
			List<String> said = new ArrayList<>();
			hosts.refresh(client, said);
			addAll(problems, said);
			refreshed = now;
		}
		List<TopologyChange> changes = hosts.changes(newest);
		if (changes.stream().anyMatch(TopologyChange.ResourceGone.class::isInstance)) {
			forgetColumns();
		}
		if (rows.samples == 0 && rows.failed == 0) {
			problems.add("Prometheus at " + settings.connection().url()
					+ " answers, but has no samples for any query: is node_exporter scraped, and do the matchers fit?");
		}
		last = newest;
		List<Metric> metrics = described ? List.of() : metrics();
		described = true;
		return new Batch(metrics, List.of(), rows.ticks(), changes, List.of(), List.copyOf(problems), counters());
	}

	/** Live rows while they are put together. */
	private final class Rows {
		final Instant begin;
		final int count;
		final Map<SeriesId, double[]> found = new HashMap<>();
		final Set<String> problems = new LinkedHashSet<>();
		boolean fresh;
		int failed;
		long samples;

		Rows(Instant begin, int count) {
			this.begin = begin;
			this.count = count;
		}

		/** The rows, with every column that there is. */
		List<Tick> ticks() {
			List<SeriesId> added = new ArrayList<>();
			for (SeriesId id : found.keySet()) {
				if (columns.putIfAbsent(id, columns.size()) == null) {
					added.add(id);
				}
			}
			if (!added.isEmpty()) {
				List<SeriesId> all = new ArrayList<>(series);
				all.addAll(added);
				series = List.copyOf(all);
			}
			List<Tick> ticks = new ArrayList<>(count);
			for (int i = 0; i < count; i++) {
				double[] row = new double[series.size()];
				Arrays.fill(row, Double.NaN);
				boolean any = false;
				for (Map.Entry<SeriesId, double[]> entry : found.entrySet()) {
					double value = entry.getValue()[i];
					row[columns.get(entry.getKey())] = value;
					any |= !Double.isNaN(value);
				}
				if (any) {
					ticks.add(new Tick(begin.plus(settings.step().multipliedBy(i)), series, row));
				}
			}
			return ticks;
		}
	}

	private Rows read(Instant begin, Instant newest) throws PluginException {
		Duration step = settings.step();
		int count = (int) (Duration.between(begin, newest).toSeconds() / step.toSeconds()) + 1;
		Rows rows = new Rows(begin, count);
		for (Rule rule : sampled) {
			long before = rows.samples;
			try {
				Set<String> said = new LinkedHashSet<>();
				said.addAll(client.range(rule.query(), begin, newest, step, (labels, times, values, points) -> {
					SeriesId id = identify(rule, labels, said);
					if (id == null) {
						return;
					}
					double[] row = new double[count];
					Arrays.fill(row, Double.NaN);
					if (rows.found.putIfAbsent(id, row) != null) {
						said.add(twice(rule, id));
						return;
					}
					Instant seen = place(rule, times, values, points, begin, row);
					if (seen != null) {
						rows.samples++;
						rows.fresh |= hosts.sample(id.subject(), rule, labels, seen);
					}
				}));
				addAll(rows.problems, said);
				if (rule.own() && rows.samples == before) {
					addAll(rows.problems, List.of("Query '" + rule.name() + "' finds no samples."));
				}
			} catch (PrometheusClient.QueryException e) {
				rows.failed++;
				rows.problems.add(Hosts.said(rule, e));
			}
		}
		return rows;
	}

	private static void addAll(Set<String> problems, Iterable<String> said) {
		for (String sentence : said) {
			if (problems.size() < MOST_PROBLEMS) {
				problems.add(sentence);
			}
		}
	}

	private SeriesId identify(Rule rule, Map<String, String> labels, Set<String> problems) {
		String id = hosts.idOf(labels, rule.label());
		if (id.isEmpty()) {
			problems.add("Query '" + rule.name() + "' gives series without the label '" + rule.label()
					+ "', which are left out: aggregate by (" + rule.label() + ").");
			return null;
		}
		return new SeriesId(id, rule.metric().id());
	}

	private String twice(Rule rule, SeriesId id) {
		return "Query '" + rule.name() + "' gives more than one series for '" + id.subject() + "', of which the first is taken: aggregate by ("
				+ rule.label() + ")" + (settings.stripPort() ? ", or keep the port in the ids (strip-port)." : ".");
	}

	/** Puts points into a row of the step's multiples; returns the time of the last real one, or {@code null}. */
	private Instant place(Rule rule, double[] times, double[] values, int count, Instant begin, double[] row) {
		Instant newest = null;
		for (int i = 0; i < count; i++) {
			long at = Math.round((times[i] - begin.getEpochSecond()) / settings.step().toSeconds());
			if (at >= 0 && at < row.length && !Double.isNaN(values[i])) {
				row[(int) at] = rule.unit().toBase(values[i]);
				newest = begin.plus(settings.step().multipliedBy(at));
			}
		}
		return newest;
	}

	private void forgetColumns() {
		series = series.stream().filter(id -> hosts.knows(id.subject())).toList();
		columns.clear();
		for (SeriesId id : series) {
			columns.put(id, columns.size());
		}
	}

	/** The metrics whose samples are running totals. */
	private Set<String> counters() {
		return sampled.stream().filter(Rule::isCounter).map(rule -> rule.metric().id()).collect(Collectors.toSet());
	}

	private List<Metric> metrics() {
		return sampled.stream().map(Rule::metric).distinct().toList();
	}

	private Instant floor(Instant time) {
		long second = time.getEpochSecond();
		return Instant.ofEpochSecond(second - Math.floorMod(second, settings.step().toSeconds()));
	}

	@Override
	public void close() {
		client.close();
	}
}
