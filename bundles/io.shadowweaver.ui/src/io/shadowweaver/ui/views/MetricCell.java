// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.table.Painters.Bar;

/**
 * One metric of a resource, now and predicted, ready to be shown.
 *
 * @param now           the observed value in base units; {@code NaN} for none
 * @param predicted     likewise at the cursor's horizon
 * @param nowText       as shown
 * @param predictedText as shown
 * @param nowBar        its bar
 * @param predictedBar  likewise
 * @param pressure      the larger of both as a share of critical; {@code NaN} where there is no limit
 */
record MetricCell(double now, double predicted, String nowText, String predictedText, Bar nowBar, Bar predictedBar, double pressure) {
	/** Nothing known. */
	static final MetricCell NONE = new MetricCell(Double.NaN, Double.NaN, Formats.NONE, Formats.NONE, Bar.NONE, Bar.NONE, Double.NaN);

	/** The cell of a metric; {@link #NONE} where the estate does not know the metric. */
	static MetricCell of(Frame frame, Palette palette, Resource resource, String metricId) {
		Metric metric = frame.state().metrics().get(metricId);
		SeriesId id = new SeriesId(resource.id(), metricId);
		if (metric == null) {
			return NONE;
		}
		double now = frame.observed(id);
		double predicted = frame.predicted(id);
		if (Double.isNaN(now) && Double.isNaN(predicted)) {
			return NONE;
		}
		boolean stale = !frame.isPast() && frame.isStale(id);
		double worst = Double.isNaN(predicted) ? now : Double.isNaN(now) ? predicted : Math.max(now, predicted);
		return new MetricCell(now, predicted, Formats.value(metric, now), Formats.value(metric, predicted),
				Heat.bar(frame.state(), palette, resource, metric, now, stale),
				Heat.bar(frame.state(), palette, resource, metric, predicted, false), Heat.pressure(frame.state(), resource, metric, worst));
	}

	/** Of two, the one under more pressure; where that is not known, with the larger value. */
	MetricCell worse(MetricCell other) {
		if (Double.isNaN(pressure) && Double.isNaN(other.pressure)) {
			return Double.isNaN(now) || other.now > now ? other : this;
		}
		return Double.isNaN(pressure) || other.pressure > pressure ? other : this;
	}
}
