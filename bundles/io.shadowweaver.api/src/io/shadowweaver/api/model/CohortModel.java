// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model whose parameters are shared by all series of its cohort, such as one network for a kind of metric. {@link #train} fits the
 * shared parameters to all the series that it is given, starting from those that it has, and is expensive; {@link #attach} gives a slot
 * its state under the present parameters and is cheap. {@link #save} and {@link #load} are of a slot alone.
 */
@ConsumerType
public interface CohortModel extends ForecastModel {
	/**
	 * Sets the state of slots from their histories, without touching the shared parameters.
	 *
	 * @param series the series, as for a training
	 * @return the slots that cannot be forecast, with the reason; all of them before the first training
	 */
	List<Refusal> attach(List<TrainingSeries> series);

	/**
	 * Writes the shared parameters.
	 *
	 * @param out where to
	 * @throws IOException from the output
	 * @throws IllegalStateException before the first training
	 */
	void saveShared(DataOutput out) throws IOException;

	/**
	 * Reads shared parameters that the same version wrote; slots must be attached again.
	 *
	 * @param in where from
	 * @throws IOException from the input, or when it holds no such parameters
	 */
	void loadShared(DataInput in) throws IOException;
}
