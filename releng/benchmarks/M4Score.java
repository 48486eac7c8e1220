// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a method reached on series of M4, series by series, so that methods can be compared pair by pair. */
final class M4Score {
	private static final int DRAWS = 2000;
	private static final double[] ENDS = { .025, .975 };

	final double[] smape;
	final double[] mase;

	M4Score(List<M4.Task> tasks, double[][] said) {
		smape = new double[said.length];
		mase = new double[said.length];
		for (int i = 0; i < said.length; i++) {
			smape[i] = tasks.get(i).smape(said[i]);
			mase[i] = tasks.get(i).mase(said[i]);
		}
	}

	double meanSmape() {
		return Arrays.stream(smape).average().orElseThrow();
	}

	double meanMase() {
		return Arrays.stream(mase).average().orElseThrow();
	}

	/** The overall weighted average: of both ratios to the reference. */
	double owa(M4Score reference) {
		return (meanSmape() / reference.meanSmape() + meanMase() / reference.meanMase()) / 2;
	}

	/** The interval in which 95 % of the results lie when series are drawn with replacement. */
	double[] interval(M4Score reference) {
		return ends(reference, null);
	}

	/** The same of how much more this has than another, of the same series in each draw. */
	double[] intervalOfDifference(M4Score other, M4Score reference) {
		return ends(reference, other);
	}

	private double[] ends(M4Score reference, M4Score less) {
		Random random = new Random(1);
		double[] drawn = new double[DRAWS];
		int[] picked = new int[smape.length];
		for (int draw = 0; draw < DRAWS; draw++) {
			Arrays.setAll(picked, i -> random.nextInt(picked.length));
			drawn[draw] = owa(reference, picked) - (less == null ? 0 : less.owa(reference, picked));
		}
		Arrays.sort(drawn);
		return Arrays.stream(ENDS).map(end -> drawn[(int) (end * (DRAWS - 1))]).toArray();
	}

	private double owa(M4Score reference, int[] picked) {
		double[] sums = new double[4];
		for (int i : picked) {
			sums[0] += smape[i];
			sums[1] += reference.smape[i];
			sums[2] += mase[i];
			sums[3] += reference.mase[i];
		}
		return (sums[0] / sums[1] + sums[2] / sums[3]) / 2;
	}
}
