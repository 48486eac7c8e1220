// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import io.shadowweaver.api.plugin.Progress;

/**
 * The simple case of a {@link ForecastModel}: every series is fitted by itself. A vendor implements {@link #fit} and
 * {@link #read}, and a {@link Fitted} state.
 */
@ConsumerType
public abstract class SingleSeriesModel implements ForecastModel {
	/** The state of one series. */
	@ConsumerType
	public interface Fitted {
		/**
		 * @param value the next value; {@code NaN} for a gap
		 */
		void update(double value);

		/**
		 * @param leads in steps after the last value, ascending
		 * @return the median at each; finite
		 */
		double[] forecast(int[] leads);

		/**
		 * The update of a model that uses regressors; others need not implement it.
		 *
		 * @param value      the next value; {@code NaN} for a gap
		 * @param regressors one a regressor, at the time of the value
		 */
		default void update(double value, double[] regressors) {
			update(value);
		}

		/**
		 * The forecast of a model that uses regressors; others need not implement it.
		 *
		 * @param leads      in steps after the last value, ascending
		 * @param regressors what the regressors will be
		 * @return the median at each lead; finite
		 */
		default double[] forecast(int[] leads, Ahead regressors) {
			return forecast(leads);
		}

		/**
		 * Takes the forecast apart.
		 *
		 * @param leads      in steps after the last value, ascending
		 * @param regressors what the regressors will be
		 * @return parts that add up to the forecast at each lead; empty when the model cannot tell
		 */
		default List<Part> explain(int[] leads, Ahead regressors) {
			return List.of();
		}

		/**
		 * @param out takes the state
		 * @throws IOException from the output
		 */
		void save(DataOutput out) throws IOException;
	}

	/** What the regressors of one series will be. */
	@ProviderType
	@FunctionalInterface
	public interface Ahead {
		/**
		 * @param regressor the index of the regressor
		 * @param lead      in steps after the last value, from 1
		 * @return finite
		 */
		double value(int regressor, int lead);
	}

	private final Map<Integer, Fitted> fitted = new HashMap<>();
	/** How many regressors each slot was trained with. */
	private final Map<Integer, Integer> driven = new HashMap<>();

	/**
	 * Fits one series.
	 *
	 * @param series the series
	 * @return its state
	 * @throws IllegalArgumentException with a sentence, when it cannot be fitted
	 */
	protected abstract Fitted fit(TrainingSeries series);

	/**
	 * Reads a state that {@link Fitted#save} wrote.
	 *
	 * @param in where from
	 * @return the state
	 * @throws IOException when it holds no such state
	 */
	protected abstract Fitted read(DataInput in) throws IOException;

	@Override
	public List<Refusal> train(List<TrainingSeries> series, Progress progress) {
		List<Refusal> refused = new ArrayList<>();
		int done = 0;
		for (TrainingSeries one : series) {
			if (progress.isCancelled()) {
				break;
			}
			try {
				fitted.put(one.slot(), fit(one));
				driven(one.slot(), one.regressors().size());
			} catch (IllegalArgumentException e) {
				refused.add(new Refusal(one.slot(), e.getMessage()));
			}
			progress.report(++done / (double) series.size(), "training");
		}
		return refused;
	}

	private void driven(int slot, int regressors) {
		if (regressors > 0) {
			driven.put(slot, regressors);
		} else {
			driven.remove(slot);
		}
	}

	@Override
	public void update(int[] slots, double[] values, Regressors regressors) {
		for (int i = 0; i < slots.length; i++) {
			Fitted state = fitted.get(slots[i]);
			Integer count = driven.get(slots[i]);
			if (state != null && count == null) {
				state.update(values[i]);
			} else if (state != null) {
				double[] now = new double[count];
				for (int regressor = 0; regressor < count; regressor++) {
					now[regressor] = regressors.value(slots[i], regressor, 0);
				}
				state.update(values[i], now);
			}
		}
	}

	@Override
	public void forecast(int[] slots, int[] leads, Regressors regressors, ForecastSink sink) {
		for (int slot : slots) {
			Fitted state = fitted.get(slot);
			if (state != null) {
				double[] median = driven.containsKey(slot)
						? state.forecast(leads, (regressor, lead) -> regressors.value(slot, regressor, lead))
						: state.forecast(leads);
				sink.accept(slot, median, null);
			}
		}
	}

	@Override
	public List<Part> explain(int slot, int[] leads, Regressors regressors) {
		Fitted state = fitted.get(slot);
		return state == null ? List.of() : state.explain(leads, (regressor, lead) -> regressors.value(slot, regressor, lead));
	}

	@Override
	public void release(int slot) {
		fitted.remove(slot);
		driven.remove(slot);
	}

	@Override
	public void save(int slot, DataOutput out) throws IOException {
		Fitted state = fitted.get(slot);
		if (state == null) {
			throw new IllegalArgumentException("slot " + slot + " was never trained");
		}
		out.writeInt(driven.getOrDefault(slot, 0));
		state.save(out);
	}

	@Override
	public void load(int slot, DataInput in) throws IOException {
		int regressors = in.readInt();
		if (regressors < 0) {
			throw new IOException("a state of " + regressors + " regressors");
		}
		fitted.put(slot, read(in));
		driven(slot, regressors);
	}
}
