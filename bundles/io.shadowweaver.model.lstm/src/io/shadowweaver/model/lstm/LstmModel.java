// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastSink;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * One network for all series of a cohort. A training goes on from the present network where there is one, and gives a new one to the slots that it was given;
 * the others keep theirs until they are trained or attached again. Drivers are not used.
 */
final class LstmModel implements CohortModel {
	private static final double COLD = .01;
	private static final double WARM = .003;
	private static final long SEED = 20_260_101;

	private final int units;
	private final int coldSteps;
	private final int warmSteps;
	private final boolean log;
	private final Map<Integer, Slot> slots = new HashMap<>();
	private final Set<Brain> brains = new HashSet<>();
	/** What newly attached slots forecast with; {@code null} before the first training. */
	private Brain present;

	/** Weights, and their network once something was forecast with it. */
	private static final class Brain {
		private final Weights weights;
		private Network network;

		Brain(Weights weights) {
			this.weights = weights;
		}

		Network network() throws PluginException {
			if (network == null) {
				network = new Network(weights, false);
			}
			return network;
		}

		void close() {
			if (network != null) {
				network.close();
				network = null;
			}
		}
	}

	private record Slot(int number, Track track, Brain brain) {
	}

	LstmModel(int units, int coldSteps, int warmSteps, boolean log) {
		this.units = units;
		this.coldSteps = coldSteps;
		this.warmSteps = warmSteps;
		this.log = log;
	}

	@Override
	public List<Refusal> train(List<TrainingSeries> series, Progress progress) throws PluginException {
		List<Refusal> refused = new ArrayList<>();
		Map<Integer, Track.History> histories = histories(series, refused);
		if (histories.isEmpty() || progress.isCancelled()) {
			return refused;
		}
		if (!Torch.isLoaded()) {
			progress.report(0, "loading PyTorch");
		}
		boolean warm = present != null;
		Trainer trainer = new Trainer(List.copyOf(histories.values()), SEED);
		Weights weights = trainer.train(warm ? present.weights : Weights.random(units, SEED), warm ? warmSteps : coldSteps, warm ? WARM : COLD, progress);
		if (weights != null) {
			present = new Brain(weights);
			brains.add(present);
			refused.forEach(one -> slots.remove(one.slot()));
			take(histories);
		}
		return refused;
	}

	@Override
	public List<Refusal> attach(List<TrainingSeries> series) {
		List<Refusal> refused = new ArrayList<>();
		if (present == null) {
			series.forEach(one -> refused.add(new Refusal(one.slot(), "The network of this kind of metric has not been trained yet.")));
			return refused;
		}
		take(histories(series, refused));
		return refused;
	}

	private Map<Integer, Track.History> histories(List<TrainingSeries> series, List<Refusal> refused) {
		Map<Integer, Track.History> histories = new LinkedHashMap<>();
		for (TrainingSeries one : series) {
			try {
				histories.put(one.slot(), Track.history(one, log));
			} catch (IllegalArgumentException e) {
				refused.add(new Refusal(one.slot(), e.getMessage()));
			}
		}
		return histories;
	}

	private void take(Map<Integer, Track.History> histories) {
		histories.forEach((slot, history) -> slots.put(slot, new Slot(slot, history.track(), present)));
		closeUnused();
	}

	private void closeUnused() {
		Set<Brain> used = new HashSet<>();
		slots.values().forEach(slot -> used.add(slot.brain));
		brains.removeIf(brain -> {
			boolean unused = brain != present && !used.contains(brain);
			if (unused) {
				brain.close();
			}
			return unused;
		});
	}

	@Override
	public void update(int[] numbers, double[] values, Regressors regressors) {
		for (int i = 0; i < numbers.length; i++) {
			Slot slot = slots.get(numbers[i]);
			if (slot != null) {
				slot.track.update(values[i]);
			}
		}
	}

	@Override
	public void forecast(int[] numbers, int[] leads, Regressors regressors, ForecastSink sink) {
		Map<Brain, List<Slot>> groups = new LinkedHashMap<>();
		for (int number : numbers) {
			Slot slot = slots.get(number);
			if (slot != null) {
				groups.computeIfAbsent(slot.brain, brain -> new ArrayList<>()).add(slot);
			}
		}
		groups.forEach((brain, group) -> {
			try {
				Network network = brain.network();
				for (int from = 0; from < group.size(); from += Network.CHUNK) {
					forecast(network, group.subList(from, Math.min(from + Network.CHUNK, group.size())), leads, sink);
				}
			} catch (PluginException e) {
				// without PyTorch a state read from a file cannot be forecast: it is left out, and a training says why
			}
		});
	}

	private static void forecast(Network network, Collection<Slot> group, int[] leads, ForecastSink sink) {
		float[] windows = new float[group.size() * Features.WINDOW * Features.CHANNELS];
		float[] context = new float[group.size() * leads.length * Features.CONTEXT];
		List<Features> features = new ArrayList<>(group.size());
		for (Slot slot : group) {
			float[] values = slot.track.values();
			Features seen = new Features(slot.track.shape(), values, values.length - 1, slot.track.last());
			int row = features.size();
			seen.window(windows, row * Features.WINDOW * Features.CHANNELS);
			for (int i = 0; i < leads.length; i++) {
				seen.context(leads[i], context, (row * leads.length + i) * Features.CONTEXT);
			}
			features.add(seen);
		}
		float[] predicted = network.predict(windows, context, group.size(), leads.length);
		int row = 0;
		for (Slot slot : group) {
			Features seen = features.get(row);
			double[] median = new double[leads.length];
			double[][] quantiles = new double[leads.length][];
			for (int i = 0; i < leads.length; i++) {
				double[] levels = Network.ordered(predicted, (row * leads.length + i) * Levels.COUNT);
				for (int level = 0; level < levels.length; level++) {
					levels[level] = slot.track.value(seen.unscaled(levels[level]));
				}
				quantiles[i] = levels;
				median[i] = levels[Levels.MEDIAN];
			}
			sink.accept(slot.number, median, quantiles);
			row++;
		}
	}

	@Override
	public void release(int slot) {
		slots.remove(slot);
		closeUnused();
	}

	@Override
	public void save(int number, DataOutput out) throws IOException {
		Slot slot = slots.get(number);
		if (slot == null) {
			throw new IllegalArgumentException("slot " + number + " was never trained");
		}
		slot.track.save(out);
	}

	@Override
	public void load(int number, DataInput in) throws IOException {
		if (present == null) {
			throw new IOException("the shared network must be read before the state of a series");
		}
		slots.put(number, new Slot(number, Track.read(in), present));
		closeUnused();
	}

	@Override
	public void saveShared(DataOutput out) throws IOException {
		if (present == null) {
			throw new IllegalStateException("the network was never trained");
		}
		present.weights.save(out);
	}

	@Override
	public void loadShared(DataInput in) throws IOException {
		Weights weights = Weights.read(in);
		present = new Brain(weights);
		brains.add(present);
		slots.clear();
		closeUnused();
	}

	@Override
	public void close() {
		brains.forEach(Brain::close);
		brains.clear();
		slots.clear();
		present = null;
	}
}
