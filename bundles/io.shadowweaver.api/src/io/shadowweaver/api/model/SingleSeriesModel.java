// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import io.shadowweaver.api.plugin.Progress;

/**
 * The simple case of a {@link ForecastModel}: every series is fitted by itself. A vendor implements {@link #fit} and
 * {@link #read}, and a {@link Fitted} state. What one series lets fail stops no other: it is refused in a training, and
 * forgotten when its state fails.
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

	private static final Logger LOG = System.getLogger(SingleSeriesModel.class.getName());

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
				refused.add(new Refusal(one.slot(), e.getMessage() == null ? e.toString() : e.getMessage()));
			} catch (RuntimeException e) {
				LOG.log(Level.DEBUG, "A series could not be fitted by " + getClass().getName(), e);
				refused.add(new Refusal(one.slot(), "It failed on this series: " + e));
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
			try {
				update(slots[i], values[i], regressors);
			} catch (RuntimeException e) {
				forget(slots[i], e);
			}
		}
	}

	private void update(int slot, double value, Regressors regressors) {
		Fitted state = fitted.get(slot);
		Integer count = driven.get(slot);
		if (state != null && count == null) {
			state.update(value);
		} else if (state != null) {
			double[] now = new double[count];
			for (int regressor = 0; regressor < count; regressor++) {
				now[regressor] = regressors.value(slot, regressor, 0);
			}
			state.update(value, now);
		}
	}

	private void forget(int slot, RuntimeException failure) {
		LOG.log(Level.DEBUG, "The state of a series failed in " + getClass().getName(), failure);
		release(slot);
	}

	@Override
	public void forecast(int[] slots, int[] leads, Regressors regressors, ForecastSink sink) {
		for (int slot : slots) {
			double[] median = null;
			try {
				median = forecast(slot, leads, regressors);
			} catch (RuntimeException e) {
				forget(slot, e);
			}
			if (median != null) {
				sink.accept(slot, median, null);
			}
		}
	}

	private double[] forecast(int slot, int[] leads, Regressors regressors) {
		Fitted state = fitted.get(slot);
		if (state == null) {
			return null;
		}
		return driven.containsKey(slot) ? state.forecast(leads, (regressor, lead) -> regressors.value(slot, regressor, lead)) : state.forecast(leads);
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
