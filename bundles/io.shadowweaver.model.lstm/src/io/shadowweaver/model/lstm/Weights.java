// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Random;

import io.shadowweaver.api.forecast.Levels;

/**
 * The parameters of a network, outside of PyTorch. Not changed once made.
 *
 * @param units  of the recurrent layer
 * @param arrays one a {@linkplain #shapes parameter}, row by row
 */
record Weights(int units, float[][] arrays) {
	/** Standard normal quantiles at {@link Levels}, to start from. */
	private static final double[] NORMAL = { -2.326, -1.96, -1.645, -1.282, -.674, 0, .674, 1.282, 1.645, 1.96, 2.326 };
	/** The size of the hidden layer between the recurrent state and the quantiles. */
	private static final int HIDDEN = 32;
	/** A share for each candidate, and the spread. */
	private static final int GATES = Features.CANDIDATES + 1;

	/** Parameters, in the order of {@link #arrays}. */
	enum Name {
		/** Recurrent layer, from the inputs, PyTorch's order of the gates. */
		INPUT,
		/** Recurrent layer, from its state. */
		STATE,
		/** Recurrent layer, first bias. */
		INPUT_BIAS,
		/** Recurrent layer, second bias. */
		STATE_BIAS,
		/** From the recurrent state to the hidden layer. */
		HIDDEN_STATE,
		/** From the context of a lead to the hidden layer. */
		HIDDEN_CONTEXT,
		/** Bias of the hidden layer. */
		HIDDEN_BIAS,
		/** From the hidden layer to the shares of the candidates, and to the logarithm of the spread. */
		GATE,
		/** From the context of a lead straight to these. */
		GATE_CONTEXT,
		/** Bias of these. */
		GATE_BIAS,
		/** From the hidden layer to the quantiles. */
		OUTPUT,
		/** From the context of a lead straight to the quantiles. */
		OUTPUT_CONTEXT,
		/** Bias of the quantiles. */
		OUTPUT_BIAS
	}

	/** The shape of each parameter. */
	static int[][] shapes(int units) {
		return new int[][] { { 4 * units, Features.CHANNELS }, { 4 * units, units }, { 4 * units }, { 4 * units }, { units, HIDDEN },
				{ Features.CONTEXT, HIDDEN }, { HIDDEN }, { HIDDEN, GATES }, { Features.CONTEXT, GATES }, { GATES }, { HIDDEN, Levels.COUNT }, { Features.CONTEXT, Levels.COUNT },
				{ Levels.COUNT } };
	}

	int[] shape(Name name) {
		return shapes(units)[name.ordinal()];
	}

	private static int size(int[] shape) {
		int size = 1;
		for (int length : shape) {
			size *= length;
		}
		return size;
	}

	/**
	 * Random weights after Glorot and Bengio (2010). The forecast begins as a mean of the candidates with normal quantiles around it, which saves the first steps of
	 * a training.
	 */
	static Weights random(int units, long seed) {
		Random random = new Random(seed);
		int[][] shapes = shapes(units);
		float[][] arrays = new float[shapes.length][];
		for (Name name : Name.values()) {
			int[] shape = shapes[name.ordinal()];
			float[] array = new float[size(shape)];
			if (shape.length > 1 && name != Name.GATE_CONTEXT && name != Name.OUTPUT_CONTEXT) {
				double size = Math.sqrt(6. / (shape[0] + shape[1]));
				for (int i = 0; i < array.length; i++) {
					array[i] = (float) (size * (2 * random.nextDouble() - 1));
				}
			}
			arrays[name.ordinal()] = array;
		}
		for (int level = 0; level < Levels.COUNT; level++) {
			arrays[Name.OUTPUT_BIAS.ordinal()][level] = (float) (.5 * NORMAL[level]);
		}
		// near leads stay at the last value; the spread grows as a random walk's
		float[] gates = arrays[Name.GATE_CONTEXT.ordinal()];
		gates[Features.LEAD * GATES] = -7;
		arrays[Name.GATE_BIAS.ordinal()][0] = 6;
		gates[Features.LEAD * GATES + Features.CANDIDATES] = 1;
		gates[Features.ROUGHNESS * GATES + Features.CANDIDATES] = .3f;
		for (int unit = units; unit < 2 * units; unit++) {
			// the gate that forgets begins open (Jozefowicz et al., 2015)
			arrays[Name.INPUT_BIAS.ordinal()][unit] = 1;
		}
		return new Weights(units, arrays);
	}

	/** Whether all are finite. */
	boolean isFinite() {
		for (float[] array : arrays) {
			for (float value : array) {
				if (!Float.isFinite(value)) {
					return false;
				}
			}
		}
		return true;
	}

	void save(DataOutput out) throws IOException {
		out.writeInt(units);
		for (float[] array : arrays) {
			for (float value : array) {
				out.writeFloat(value);
			}
		}
	}

	static Weights read(DataInput in) throws IOException {
		int units = in.readInt();
		if (units < 1 || units > 1024) {
			throw new IOException("the saved network has a recurrent layer of " + units);
		}
		int[][] shapes = shapes(units);
		float[][] arrays = new float[shapes.length][];
		for (int i = 0; i < shapes.length; i++) {
			arrays[i] = new float[size(shapes[i])];
			for (int j = 0; j < arrays[i].length; j++) {
				arrays[i][j] = in.readFloat();
			}
		}
		Weights weights = new Weights(units, arrays);
		if (!weights.isFinite()) {
			throw new IOException("the saved network holds a number that is not finite");
		}
		return weights;
	}
}
