// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * Forecasts a cohort: many series of one metric on one common step, each under a slot. Fallback, combination and
 * calibration of the bands are not the model's task. Calls of one model never overlap, but come from different threads.
 */
@ConsumerType
public interface ForecastModel extends AutoCloseable {
	/**
	 * Trains slots anew and leaves the other slots as they are. A series that the model cannot fit (constant, too short) must
	 * not stop the rest: it is named in the result.
	 *
	 * @param series   what to train on; their histories end at the same instant
	 * @param progress reports and may cancel, after which slots not yet trained keep their old state
	 * @return the slots that could not be trained, with the reason; empty for none
	 * @throws PluginException when nothing could be trained
	 */
	List<Refusal> train(List<TrainingSeries> series, Progress progress) throws PluginException;

	/**
	 * One slot that could not be trained.
	 *
	 * @param slot   the slot
	 * @param reason a sentence
	 */
	record Refusal(int slot, String reason) {
	}

	/**
	 * Moves the state of trained slots on by one step. Slots never trained are ignored.
	 *
	 * @param slots      the slots
	 * @param values     the next value of each; {@code NaN} is a gap: the state moves on by its own forecast
	 * @param regressors of the slots that were trained with some, at lead 0
	 */
	void update(int[] slots, double[] values, Regressors regressors);

	/**
	 * Forecasts trained slots from their present state.
	 *
	 * @param slots      the slots
	 * @param leads      in steps after the last value, positive and ascending
	 * @param regressors of the slots that were trained with some, at every lead from 1 to the last
	 * @param sink       takes the result of each slot; a slot that was never trained is left out
	 */
	void forecast(int[] slots, int[] leads, Regressors regressors, ForecastSink sink);

	/**
	 * Takes the forecast of a trained slot apart.
	 *
	 * @param slot       the slot
	 * @param leads      as in {@link #forecast}
	 * @param regressors as in {@link #forecast}
	 * @return parts that add up to the median at every lead; empty when the model cannot tell
	 */
	default List<Part> explain(int slot, int[] leads, Regressors regressors) {
		return List.of();
	}

	/** Forgets a slot. */
	void release(int slot);

	/**
	 * Writes the state of one slot, so that it survives a restart without training.
	 *
	 * @param slot a trained slot
	 * @param out  where to
	 * @throws IOException from the output
	 */
	void save(int slot, DataOutput out) throws IOException;

	/**
	 * Reads a state that the same {@linkplain ModelNeeds#version() version} wrote.
	 *
	 * @param slot the slot that gets the state
	 * @param in   where from
	 * @throws IOException from the input, or when it holds no such state
	 */
	void load(int slot, DataInput in) throws IOException;

	@Override
	default void close() {
		// most models hold nothing but memory
	}
}
