// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.io.DataInput;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;

import weka.classifiers.Classifier;
import weka.core.Instance;
import weka.core.Instances;

/**
 * One regressor of Weka a series, trained on {@link Lags} to predict the next value; further leads by recursion. A training is the only time that it learns: an
 * update moves the lags on.
 */
final class WekaModel extends SingleSeriesModel {
	/** The least number of samples. */
	static final int LEAST = 50;

	private final String classifier;
	private final String options;
	private final int lags;
	private final int rows;

	WekaModel(String classifier, String options, int lags, int rows) {
		this.classifier = classifier;
		this.options = options;
		this.lags = lags;
		this.rows = rows;
	}

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] raw = series.values().values();
		int samples = Gaps.count(raw);
		if (samples < LEAST) {
			throw new IllegalArgumentException("Weka needs " + LEAST + " samples; there are " + samples + ".");
		}
		// a season counts where it leaves at least as many rows to learn from as it takes
		List<Integer> seasons = series.seasons().stream().filter(season -> season > 1 && raw.length >= 3 * season + LEAST).limit(2).toList();
		double[] values = Gaps.fill(raw, seasons.isEmpty() ? 0 : seasons.getFirst());
		double size = Scale.deviation(values);
		if (!Double.isFinite(size) || !(size > 1e-9 * Math.abs(Scale.mean(values)))) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		Lags seen = new Lags(Math.min(lags, samples / 4), seasons);
		Instances table = seen.table(Math.min(rows, values.length));
		for (int at = Math.max(seen.reach(), values.length - rows); at < values.length; at++) {
			Instance row = seen.row(values, at, at, size);
			row.setValue(row.numAttributes() - 1, (values[at] - seen.centre(values, at)) / size);
			table.add(row);
		}
		Classifier trained = train(table);
		double low = Math.max(series.lower(), Arrays.stream(values).min().orElseThrow() - 2 * size);
		double high = Math.min(series.upper(), Arrays.stream(values).max().orElseThrow() + 2 * size);
		return new WekaState(trained, seen, size, low, high, Arrays.copyOfRange(values, values.length - seen.reach(), values.length), values.length);
	}

	// Weka's methods throw Exception itself
	private Classifier train(Instances table) {
		try {
			Classifier made = Weka.classifier(classifier, options);
			made.buildClassifier(table);
			// some regressors of Weka cannot be written, and a state must survive a restart
			Weka.bytes(made);
			return made;
		} catch (PluginException e) {
			throw new IllegalArgumentException(e.getMessage(), e);
		} catch (NotSerializableException e) {
			throw new IllegalArgumentException("Weka's " + classifier + " cannot be saved (" + e.getMessage() + " is not serializable), so it is not used.", e);
		} catch (Exception e) {
			throw new IllegalArgumentException("Weka's " + classifier + " cannot be trained on this series: " + e.getMessage(), e);
		}
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return WekaState.read(in);
	}
}
