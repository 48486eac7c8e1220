// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastSink;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;

/**
 * One instance of a model with shared parameters for all lanes of a metric. Each lane has a view with its own slots, to which training is attaching; calls of all views
 * wait for each other. The instance is closed with its last view.
 */
final class SharedModel {
	private final CohortModel model;
	private int views;

	/** @param model with its parameters */
	SharedModel(CohortModel model) {
		this.model = model;
	}

	/** The slots of a lane. */
	synchronized ForecastModel view(int lane) {
		views++;
		return new View(lane * Lane.SLOTS);
	}

	private final class View implements ForecastModel {
		private final int first;
		private final Set<Integer> used = new HashSet<>();

		View(int first) {
			this.first = first;
		}

		@Override
		public List<Refusal> train(List<TrainingSeries> series, Progress progress) {
			synchronized (SharedModel.this) {
				List<TrainingSeries> moved = new ArrayList<>(series.size());
				for (TrainingSeries one : series) {
					used.add(one.slot());
					moved.add(new TrainingSeries(first + one.slot(), one.values(), one.seasons(), one.lower(), one.upper(), one.regressors()));
				}
				return model.attach(moved).stream().map(refusal -> new Refusal(refusal.slot() - first, refusal.reason())).toList();
			}
		}

		@Override
		public void update(int[] slots, double[] values, Regressors regressors) {
			synchronized (SharedModel.this) {
				model.update(moved(slots), values, back(regressors));
			}
		}

		@Override
		public void forecast(int[] slots, int[] leads, Regressors regressors, ForecastSink sink) {
			synchronized (SharedModel.this) {
				model.forecast(moved(slots), leads, back(regressors), (slot, median, quantiles) -> sink.accept(slot - first, median, quantiles));
			}
		}

		@Override
		public List<Part> explain(int slot, int[] leads, Regressors regressors) {
			synchronized (SharedModel.this) {
				return model.explain(first + slot, leads, back(regressors));
			}
		}

		@Override
		public void release(int slot) {
			synchronized (SharedModel.this) {
				used.remove(slot);
				model.release(first + slot);
			}
		}

		@Override
		public void save(int slot, DataOutput out) throws IOException {
			synchronized (SharedModel.this) {
				model.save(first + slot, out);
			}
		}

		@Override
		public void load(int slot, DataInput in) throws IOException {
			synchronized (SharedModel.this) {
				used.add(slot);
				model.load(first + slot, in);
			}
		}

		@Override
		public void close() {
			synchronized (SharedModel.this) {
				used.forEach(slot -> model.release(first + slot));
				used.clear();
				if (--views == 0) {
					model.close();
				}
			}
		}

		private int[] moved(int[] slots) {
			return Arrays.stream(slots).map(slot -> first + slot).toArray();
		}

		private Regressors back(Regressors regressors) {
			return (slot, regressor, lead) -> regressors.value(slot - first, regressor, lead);
		}
	}
}
