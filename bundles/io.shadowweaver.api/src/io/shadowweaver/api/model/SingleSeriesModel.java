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
		 * @param out takes the state
		 * @throws IOException from the output
		 */
		void save(DataOutput out) throws IOException;
	}

	private final Map<Integer, Fitted> fitted = new HashMap<>();

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
			} catch (IllegalArgumentException e) {
				refused.add(new Refusal(one.slot(), e.getMessage()));
			}
			progress.report(++done / (double) series.size(), "training");
		}
		return refused;
	}

	@Override
	public void update(int[] slots, double[] values) {
		for (int i = 0; i < slots.length; i++) {
			Fitted state = fitted.get(slots[i]);
			if (state != null) {
				state.update(values[i]);
			}
		}
	}

	@Override
	public void forecast(int[] slots, int[] leads, ForecastSink sink) {
		for (int slot : slots) {
			Fitted state = fitted.get(slot);
			if (state != null) {
				sink.accept(slot, state.forecast(leads), null);
			}
		}
	}

	@Override
	public void release(int slot) {
		fitted.remove(slot);
	}

	@Override
	public void save(int slot, DataOutput out) throws IOException {
		Fitted state = fitted.get(slot);
		if (state == null) {
			throw new IllegalArgumentException("slot " + slot + " was never trained");
		}
		state.save(out);
	}

	@Override
	public void load(int slot, DataInput in) throws IOException {
		fitted.put(slot, read(in));
	}
}
