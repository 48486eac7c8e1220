// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * Fits a network to histories: batches of windows drawn from all series alike, mean pinball loss over all levels at a few leads of each, Adam (Kingma and Ba,
 * 2015) with a rate that falls along a cosine. The draws are those of a seed.
 */
final class Trainer {
	private static final int BATCH = 64;
	/** Leads that each window is judged at. */
	private static final int LEADS = 6;
	private static final int LONGEST = 2880;
	private static final float FIRST = .9f;
	private static final float SECOND = .999f;
	/** How far a target may lie from the mean, in deviations: one wild value is no lesson. */
	private static final double FAR = 20;
	private static final int REPORT_EVERY = 10;

	private final List<Track.History> histories;
	private final Random random;
	private final float[] windows = new float[BATCH * Features.WINDOW * Features.CHANNELS];
	private final float[] context = new float[BATCH * LEADS * Features.CONTEXT];
	private final float[] targets = new float[BATCH * LEADS];
	private double loss = Double.NaN;

	/**
	 * @param histories not empty, each of at least {@link Track#LEAST} values
	 * @param seed      of the draws
	 */
	Trainer(List<Track.History> histories, long seed) {
		this.histories = histories;
		random = new Random(seed);
	}

	/**
	 * Trains on from given weights, which stay as they are.
	 *
	 * @param from     weights
	 * @param steps    how many batches
	 * @param rate     the learning rate to begin with
	 * @param progress told each tenth batch
	 * @return the weights after the last step, or {@code null} when the training was cancelled
	 * @throws PluginException when PyTorch cannot be loaded, or the training diverges
	 */
	Weights train(Weights from, int steps, double rate, Progress progress) throws PluginException {
		Engine engine = Torch.engine();
		try (Network network = new Network(from, true); NDManager owner = network.newManager()) {
			NDArray[] parameters = network.parameters();
			NDArray[] first = zeros(parameters, owner);
			NDArray[] second = zeros(parameters, owner);
			NDArray levels = owner.create(levels());
			for (int step = 1; step <= steps; step++) {
				if (progress.isCancelled()) {
					return null;
				}
				draw();
				double falling = rate * (.05 + .95 * .5 * (1 + Math.cos(Math.PI * (step - 1) / steps)));
				synchronized (Torch.GRADIENTS) {
					double now = descend(engine, network, levels);
					loss = Double.isNaN(loss) ? now : loss + .05 * (now - loss);
					update(parameters, first, second, step, (float) falling);
				}
				if (step % REPORT_EVERY == 0 || step == steps) {
					progress.report(step / (double) steps, String.format(Locale.ROOT, "training the network, loss %.4f", loss));
				}
			}
			Weights weights = network.weights();
			if (!weights.isFinite()) {
				throw new PluginException("The training of the LSTM diverged; the network stays as it was.");
			}
			return weights;
		}
	}

	/** The pinball loss over the last twenty batches or so, in deviations. */
	double loss() {
		return loss;
	}

	private double descend(Engine engine, Network network, NDArray levels) {
		try (GradientCollector collector = engine.newGradientCollector(); NDManager owner = network.newManager()) {
			NDArray quantiles = network.forward(owner.create(windows, new Shape(BATCH, Features.WINDOW, Features.CHANNELS)),
					owner.create(context, new Shape(BATCH, LEADS, Features.CONTEXT)));
			NDArray errors = owner.create(targets, new Shape(BATCH, LEADS, 1)).sub(quantiles);
			NDArray pinball = errors.mul(levels).maximum(errors.mul(levels.sub(1))).mean();
			collector.backward(pinball);
			return pinball.getFloat();
		}
	}

	private static void update(NDArray[] parameters, NDArray[] first, NDArray[] second, int step, float rate) {
		float corrected = (float) (rate * Math.sqrt(1 - Math.pow(SECOND, step)) / (1 - Math.pow(FIRST, step)));
		for (int i = 0; i < parameters.length; i++) {
			NDArray parameter = parameters[i];
			try (NDArray gradient = parameter.getGradient()) {
				parameter.getNDArrayInternal().adamUpdate(new NDList(parameter, gradient, first[i], second[i]), new NDList(parameter), rate, corrected, 0, 1, 1,
						FIRST, SECOND, 1e-8f, true, false);
			}
		}
	}

	private static NDArray[] zeros(NDArray[] like, NDManager owner) {
		NDArray[] zeros = new NDArray[like.length];
		for (int i = 0; i < like.length; i++) {
			zeros[i] = owner.zeros(like[i].getShape());
		}
		return zeros;
	}

	private static float[] levels() {
		float[] levels = new float[Levels.COUNT];
		for (int level = 0; level < levels.length; level++) {
			levels[level] = (float) Levels.level(level);
		}
		return levels;
	}

	/** Fills the next batch. */
	private void draw() {
		for (int row = 0; row < BATCH; row++) {
			Track.History history = histories.get(random.nextInt(histories.size()));
			int length = history.values().length;
			int horizon = Math.min(Math.min(LONGEST, length / 4), Math.max(Features.WINDOW, 2 * history.shape().near()));
			int[] leads = new int[LEADS];
			int longest = 0;
			for (int i = 0; i < LEADS; i++) {
				// near leads as often as far ones
				double share = random.nextDouble();
				leads[i] = (int) (i % 2 == 0 ? Math.pow(horizon, share) : 1 + share * (horizon - 1));
				longest = Math.max(longest, leads[i]);
			}
			int earliest = Math.min(Features.WINDOW / 2 + history.shape().near(), length / 2);
			int last = earliest + random.nextInt(Math.max(1, length - longest - earliest));
			Features features = new Features(history.shape(), history.values(), last, history.time(last));
			features.window(windows, row * Features.WINDOW * Features.CHANNELS);
			for (int i = 0; i < LEADS; i++) {
				features.context(leads[i], context, (row * LEADS + i) * Features.CONTEXT);
				targets[row * LEADS + i] = (float) Math.clamp(features.scaled(history.values()[last + leads[i]]), -FAR, FAR);
			}
		}
	}
}
