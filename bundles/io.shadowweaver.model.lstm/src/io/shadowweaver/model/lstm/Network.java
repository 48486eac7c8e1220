// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.PluginException;

/**
 * One set of weights in PyTorch: a recurrent layer over the window (LSTM: Hochreiter and Schmidhuber, 1997), whose last state goes, with what is known of each
 * lead, through a hidden layer to the quantiles at that lead: a mean of the candidates with weights that the network chooses, corrected and spread. All leads share these outputs, so that any can be asked for (a multi-horizon quantile recurrent
 * forecaster: Wen, Torkkola, Narayanaswamy, Madeka, 2017).
 */
final class Network implements AutoCloseable {
	/** How many windows go through PyTorch at once. */
	static final int CHUNK = 256;

	private final int units;
	private final NDManager manager;
	private final NDArray[] parameters;

	/**
	 * @param weights  the weights
	 * @param training whether gradients will be asked for
	 * @throws PluginException when PyTorch cannot be loaded
	 */
	Network(Weights weights, boolean training) throws PluginException {
		units = weights.units();
		manager = Torch.manager();
		parameters = new NDArray[weights.arrays().length];
		for (Weights.Name name : Weights.Name.values()) {
			int[] shape = weights.shape(name);
			NDArray array = manager.create(weights.arrays()[name.ordinal()], new Shape(Arrays.stream(shape).asLongStream().toArray()));
			array.setRequiresGradient(training);
			parameters[name.ordinal()] = array;
		}
	}

	NDArray[] parameters() {
		return parameters;
	}

	NDManager newManager() {
		return manager.newSubManager();
	}

	private NDArray parameter(Weights.Name name) {
		return parameters[name.ordinal()];
	}

	/**
	 * The network's function.
	 *
	 * @param windows windows × steps × channels
	 * @param context windows × leads × features
	 * @return windows × leads × levels; owned by the manager of the input
	 */
	NDArray forward(NDArray windows, NDArray context) {
		long count = windows.size(0);
		NDManager owner = windows.getManager();
		NDList states = new NDList(owner.zeros(new Shape(1, count, units)), owner.zeros(new Shape(1, count, units)));
		NDList recurrent = new NDList(parameter(Weights.Name.INPUT), parameter(Weights.Name.STATE), parameter(Weights.Name.INPUT_BIAS),
				parameter(Weights.Name.STATE_BIAS));
		NDArray state = windows.getNDArrayInternal().lstm(windows, states, recurrent, true, 1, 0, false, false, true).get(1).reshape(count, units);
		NDArray fromState = state.matMul(parameter(Weights.Name.HIDDEN_STATE)).expandDims(1);
		NDArray hidden = context.matMul(parameter(Weights.Name.HIDDEN_CONTEXT)).add(fromState).add(parameter(Weights.Name.HIDDEN_BIAS)).tanh();
		NDArray gates = hidden.matMul(parameter(Weights.Name.GATE)).add(context.matMul(parameter(Weights.Name.GATE_CONTEXT))).add(parameter(Weights.Name.GATE_BIAS));
		NDArray shares = gates.get(":, :, :" + Features.CANDIDATES).softmax(-1);
		NDArray middle = context.get(":, :, :" + Features.CANDIDATES).mul(shares).sum(new int[] { -1 }, true);
		NDArray spread = gates.get(":, :, " + Features.CANDIDATES + ":").exp();
		return hidden.matMul(parameter(Weights.Name.OUTPUT)).add(context.matMul(parameter(Weights.Name.OUTPUT_CONTEXT)))
				.add(parameter(Weights.Name.OUTPUT_BIAS)).mul(spread).add(middle);
	}

	/**
	 * Quantiles in the network's scale.
	 *
	 * @param windows of each series
	 * @param context of each series and lead
	 * @param series  how many
	 * @param leads   how many
	 * @return by series, lead and level
	 */
	float[] predict(float[] windows, float[] context, int series, int leads) {
		try (NDManager owner = newManager()) {
			return forward(owner.create(windows, new Shape(series, Features.WINDOW, Features.CHANNELS)),
					owner.create(context, new Shape(series, leads, Features.CONTEXT))).toFloatArray();
		}
	}

	/** The weights as they are now. */
	Weights weights() {
		float[][] arrays = new float[parameters.length][];
		for (int i = 0; i < arrays.length; i++) {
			arrays[i] = parameters[i].toFloatArray();
		}
		return new Weights(units, arrays);
	}

	/** The quantiles of one series and lead in ascending order: heads that cross are put in order (Chernozhukov et al., 2010). */
	static double[] ordered(float[] quantiles, int offset) {
		double[] row = new double[Levels.COUNT];
		for (int level = 0; level < row.length; level++) {
			row[level] = quantiles[offset + level];
		}
		Arrays.sort(row);
		return row;
	}

	@Override
	public void close() {
		manager.close();
	}
}
