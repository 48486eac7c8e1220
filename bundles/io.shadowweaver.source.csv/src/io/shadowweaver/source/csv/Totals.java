// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginException;

/** Which columns are running totals: those of the metrics that are named, or those whose names end as Prometheus ends the names of counters. */
final class Totals {
	private static final String AUTO = "auto";
	private static final String NONE = "none";
	private static final String SUFFIX = "_total";

	private final boolean auto;
	private final Set<String> named;

	private Totals(boolean auto, Set<String> named) {
		this.auto = auto;
		this.named = named;
	}

	/**
	 * @param text {@code auto}, {@code none}, or ids of metrics between commas
	 * @throws PluginException when an id cannot be one of a metric
	 */
	static Totals parse(String text) throws PluginException {
		String plain = text.strip();
		if (plain.isEmpty() || plain.equals(AUTO) || plain.equals(NONE)) {
			return new Totals(!plain.equals(NONE), Set.of());
		}
		Set<String> named = Arrays.stream(plain.split(",")).map(String::strip).collect(Collectors.toSet());
		for (String id : named) {
			if (!id.matches("[a-z][a-z0-9_.-]*")) {
				throw new PluginException("Running totals (counters): '" + id + "' is not the id of a metric, nor " + AUTO + " or " + NONE + ".");
			}
		}
		return new Totals(false, named);
	}

	/** The metrics of a file that are running totals. */
	Set<String> of(CsvHeader header) {
		return header.series().stream().map(SeriesId::metric).filter(id -> auto ? id.endsWith(SUFFIX) : named.contains(id)).collect(Collectors.toSet());
	}

	/** The metrics of a file, where those of running totals describe their rates. */
	List<Metric> metrics(CsvHeader header) {
		Set<String> totals = of(header);
		return header.metrics().stream().map(metric -> totals.contains(metric.id()) ? rate(metric) : metric).toList();
	}

	private static Metric rate(Metric metric) {
		Unit unit = metric.unit().perSecond();
		return unit == metric.unit() ? metric : Metric.of(metric.id(), unit);
	}
}
