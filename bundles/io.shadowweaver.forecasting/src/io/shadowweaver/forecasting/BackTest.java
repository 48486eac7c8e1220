// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;

/**
 * What candidates said of one series by rolling origin: each was trained on what lies before the test part and is then moved
 * through it block by block, forecasting on the way.
 */
final class BackTest {
	/** Why a candidate is not judged that does not answer at every origin. */
	static final String SILENT = "It gave no finite forecast.";
	private static final long DAY = 86_400_000;
	private static final int ORIGINS = 192;
	private static final double SHARE = .35;
	/** Fewer blocks than this have no test part. */
	private static final int LEAST = 12;

	final LeadPlan plan;
	final Past past;
	final Windows windows;
	/** Indices of blocks after which a forecast was made, ascending. */
	final int[] origins;
	private final int test;
	private final int stride;
	/** By candidate, then origin: what it said at the nodes; {@code null} where it was refused or failed. */
	private final float[][][] said;
	/** The origin that was last asked for, and its curve: what drivers are expected to be is asked for lead after lead. */
	private int asked = -1;
	private Curve askedCurve;

	/**
	 * The test of a training.
	 *
	 * @param test       how many blocks at the end are the test part
	 * @param candidates how many candidates there are
	 */
	BackTest(LeadPlan plan, Past past, int test, int candidates) {
		this(plan, past, test, candidates, Math.max(1, test / ORIGINS), Windows.ofTraining(plan, past.coarse.length - test, test));
	}

	/** A test with an origin every so many blocks. */
	BackTest(LeadPlan plan, Past past, int test, int candidates, int stride, Windows windows) {
		this.plan = plan;
		this.past = past;
		this.test = test;
		this.windows = windows;
		this.stride = stride;
		int first = past.coarse.length - test - 1;
		origins = new int[(test - 1) / stride + 1];
		for (int i = 0; i < origins.length; i++) {
			origins[i] = first + i * stride;
		}
		said = new float[candidates][][];
	}

	/** How many blocks of a series are its test part; 0 when it is too short for one. */
	static int testPart(LeadPlan plan, Past past) {
		return past.blocks() < LEAST ? 0 : testPart(plan, past.coarse.length, past.seasons);
	}

	private static int testPart(LeadPlan plan, int length, List<Integer> seasons) {
		int day = Math.max(12, seasons.isEmpty() ? (int) (DAY / plan.block) : seasons.getFirst());
		int test = Math.min((int) (length * SHARE), Windows.COUNT * day);
		long blockDay = Math.max(1, DAY / plan.block);
		int week = DAY * 7 % plan.block == 0 ? (int) Math.min(DAY * 7 / plan.block, Integer.MAX_VALUE) : 0;
		if (week > 0 && length > week + blockDay) {
			// what knows the week needs one; with two, the test sees each change from one kind of day to another
			boolean two = length > 2 * week - blockDay;
			test = Math.min(two ? Math.max(test, week) : test, length - week);
		}
		return test - test % Windows.COUNT;
	}

	/** How many blocks of a history are the report of a back-test on request, unless other origins are asked for. */
	static int reportPart(LeadPlan plan, int length) {
		return (int) Math.min(length / 4, 7 * DAY / plan.block);
	}

	/** How many blocks a back-test on request usually keeps from training. */
	static int requestPart(LeadPlan plan, Past past) {
		int report = reportPart(plan, past.coarse.length);
		return report + testPart(plan, past.coarse.length - report, past.seasons);
	}

	/** How many blocks there must be so that so many are left before the test part. */
	static long withTest(long training) {
		return (long) Math.ceil(training / (1 - SHARE));
	}

	/** What a model is told of causes at a block of the history, by its index: of that block and of those ahead as they were expected then. */
	@FunctionalInterface
	interface Told {
		/** Nothing. */
		Told NOTHING = block -> Regressors.NONE;

		Regressors at(int block);
	}

	/** Moves a trained candidate through the test part. */
	void run(int candidate, ForecastModel model, int slot, boolean toleratesGaps) {
		run(candidate, model, slot, toleratesGaps, Told.NOTHING);
	}

	/** The same of a candidate that is told of causes. */
	void run(int candidate, ForecastModel model, int slot, boolean toleratesGaps, Told told) {
		float[][] answers = new float[origins.length][];
		int[] slots = { slot };
		double[] value = new double[1];
		int next = 0;
		int first = past.coarse.length - test;
		for (int block = first - 1; block < past.coarse.length && next < origins.length; block++) {
			if (block >= first) {
				value[0] = toleratesGaps ? past.coarse[block] : past.known(block);
				model.update(slots, value, told.at(block));
			}
			if (origins[next] == block) {
				int at = next++;
				model.forecast(slots, plan.nodes, told.at(block), (s, median, quantiles) -> answers[at] = floats(median));
				if (answers[at] == null) {
					return;
				}
			}
		}
		said[candidate] = answers;
	}

	/** How many blocks lie before the test part. */
	int until() {
		return past.coarse.length - test;
	}

	/** The same test, in which nobody has said anything. */
	BackTest another() {
		return new BackTest(plan, past, test, said.length, stride, windows);
	}

	/** The test of another series at the same times, for one candidate. */
	BackTest of(Past other) {
		return new BackTest(plan, other, Math.min(test, other.coarse.length - 1), 1, stride, windows);
	}

	/** Takes what a candidate said in another test of the same series. */
	void take(int candidate, BackTest other) {
		said[candidate] = other.said[candidate];
	}

	/** What the one candidate of this test said of a block, in the unit of the series, at the last origin up to another block; both by their numbers. */
	double saidAfter(long block, long wanted) {
		int found = Arrays.binarySearch(origins, Math.clamp(block - past.firstBlock, Integer.MIN_VALUE, Integer.MAX_VALUE));
		int o = Math.max(0, found >= 0 ? found : -found - 2);
		if (o != asked) {
			Trial trial = Trial.of(0);
			askedCurve = curve(trial, trial, o);
			asked = o;
		}
		return past.transform.from(askedCurve.at(plan.centre(wanted)));
	}

	/** Puts seasonal naive in the place of a candidate. */
	void runReference(int candidate) {
		said[candidate] = new float[origins.length][plan.nodes.length];
		for (int o = 0; o < origins.length; o++) {
			for (int node = 0; node < plan.nodes.length; node++) {
				said[candidate][o][node] = (float) past.seasonalNaive(origins[o], plan.centre(past.firstBlock + origins[o] + plan.nodes[node]));
			}
		}
	}

	private static float[] floats(double[] values) {
		float[] floats = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			floats[i] = (float) values[i];
			if (!Float.isFinite(floats[i])) {
				return null;
			}
		}
		return floats;
	}

	/** How many candidates there are, judged or not. */
	int candidates() {
		return said.length;
	}

	/** Whether a candidate answered at every origin. */
	boolean answered(int candidate) {
		return said[candidate] != null;
	}

	/** The time of a forecast as a number of a sample. */
	long target(int origin, int lead) {
		return past.lastSampleOf(origins[origin]) + plan.steps[lead];
	}

	/** The number of the block of a sample, as an index. */
	long block(long sample) {
		return Math.floorDiv(sample, (long) plan.factor) - past.firstBlock;
	}

	/** The curve of a trial for near leads and one for far leads, mixed as in use. */
	Curve curve(Trial near, Trial far, int origin) {
		float[] values = new float[plan.nodes.length];
		for (int node = 0; node < values.length; node++) {
			double share = near == far ? 0 : plan.farShare(plan.nodes[node] * (double) plan.block);
			double value = share == 1 ? 0 : say(near, origin, node) * (1 - share);
			values[node] = (float) (share == 0 ? value : value + share * say(far, origin, node));
		}
		return new Curve(plan, past.firstBlock + origins[origin], past.known(origins[origin]), plan.nodes, values);
	}

	private double say(Trial trial, int origin, int node) {
		double[] at = new double[trial.members().length];
		for (int i = 0; i < at.length; i++) {
			at[i] = said[trial.members()[i]][origin][node];
		}
		return Blend.combine(at, trial.weights().clone(), at.length, trial.median());
	}

	/** What was measured less what a curve says at a lead; {@code NaN} where nothing was measured. */
	double error(Curve curve, int origin, int lead) {
		long sample = target(origin, lead);
		return past.sample(sample) - curve.at(sample * (double) plan.step);
	}
}
