// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;

/**
 * A small Random Cut Forest (Guha et al., Robust Random Cut Forest Based Anomaly Detection on Streams, ICML
 * 2016): its score is high where few cuts part a point from
 * all that it remembers.
 */
final class Forest {
	private static final int TREES = 10;
	private static final int SAMPLE = 64;
	private static final int READY = 32;
	private static final int LARGEST = 1 << 24;

	private RandomCutForest forest;

	private Forest(int dimensions, int shingle, long seed) {
		forest = RandomCutForest.builder().dimensions(dimensions).shingleSize(shingle).internalShinglingEnabled(shingle > 1).numberOfTrees(TREES)
				.sampleSize(SAMPLE).outputAfter(READY).randomSeed(seed).boundingBoxCacheFraction(0).parallelExecutionEnabled(false).build();
	}

	/**
	 * One over the last values of a series; its points have one number.
	 *
	 * @param seed   of its random numbers
	 * @param length how many values make a pattern
	 */
	static Forest ofPatterns(long seed, int length) {
		return new Forest(length, length, seed);
	}

	/**
	 * One over points.
	 *
	 * @param seed       of its random numbers
	 * @param dimensions of a point
	 */
	static Forest ofPoints(long seed, int dimensions) {
		return new Forest(dimensions, 1, seed);
	}

	/** The anomaly score of a point, then takes it in; 0 while it knows too little. */
	double of(float... point) {
		double score = forest.getAnomalyScore(point);
		forest.update(point);
		return score;
	}

	void save(DataOutput out) throws IOException {
		RandomCutForestMapper mapper = new RandomCutForestMapper();
		mapper.setSaveExecutorContextEnabled(true);
		mapper.setSaveTreeStateEnabled(true);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
			objects.writeObject(mapper.toState(forest));
		}
		out.writeInt(bytes.size());
		out.write(bytes.toByteArray());
	}

	void load(DataInput in, long seed) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > LARGEST) {
			throw new IOException("a forest of " + length + " bytes");
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		try (ObjectInputStream objects = new StateStream(new ByteArrayInputStream(bytes))) {
			forest = new RandomCutForestMapper().toModel((RandomCutForestState) objects.readObject(), seed);
		} catch (ClassNotFoundException | RuntimeException e) {
			throw new IOException("a forest cannot be read: " + e.getMessage(), e);
		}
	}

	/** Reads the library's state classes and nothing else, from the library's class loader. */
	private static final class StateStream extends ObjectInputStream {
		StateStream(InputStream in) throws IOException {
			super(in);
			setObjectInputFilter(ObjectInputFilter.Config.createFilter("maxdepth=10;com.amazon.randomcutforest.state.**;java.util.ArrayList;java.lang.*;!*"));
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
			return Class.forName(description.getName(), false, RandomCutForestState.class.getClassLoader());
		}
	}
}
