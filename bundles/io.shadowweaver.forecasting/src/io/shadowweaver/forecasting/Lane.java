// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * The models of up to {@value #SLOTS} series of one metric, and the queue of work on them: one piece at a time, on any worker, what
 * moves forecasts on before trainings. So calls of one model never overlap and nobody waits for a lock.
 */
final class Lane {
	/** Series in a lane. */
	static final int SLOTS = 1024;
	/** Gaps longer than this are not walked through step by step. */
	static final int LONGEST_GAP = 4032;

	/** A complete block of one series. */
	record Step(Track track, long block, double value, Transform transform) {
		/** The same in another transform: a training may have changed it since. */
		Step in(Transform other) {
			return other == transform ? this : new Step(track, block, other.to(transform.from(value)), other);
		}
	}

	/** What is saved of a slot. */
	record Kept(Choice choice, States.Models models) {
	}

	/** Takes what becomes of the work; called by workers. */
	interface Listener {
		/** A new curve of a series. */
		void moved(Track track, Curve curve);

		/** A model cannot go on with a series. */
		void broken(Track track, String reason);

		/** How a candidate is doing; an empty sentence means well. */
		void health(int candidate, boolean lasting, String sentence);
	}

	private final List<Candidate> candidates;
	private final LeadPlan plan;
	private final Listener listener;
	private final Cohorts cohorts;
	private final CauseBook book;
	private final String metric;
	private final int index;
	private final WorkQueue work;

	// touched by the running piece of work only
	private final ForecastModel[] models;
	private final Choice[] choices = new Choice[SLOTS];
	private final Track[] tracks = new Track[SLOTS];
	private final long[] fed = new long[SLOTS];
	private final double[] last = new double[SLOTS];
	/** What models are told of slots, by candidate, then slot. */
	private final List<Map<Integer, List<Cause>>> causes = new ArrayList<>();
	private final Transform[] transforms = new Transform[SLOTS];
	private final MemberErrors[] errors = new MemberErrors[SLOTS];

	/**
	 * @param metric of its series
	 * @param index  of the lanes of the metric
	 */
	Lane(List<Candidate> candidates, LeadPlan plan, Executor workers, Listener listener, Cohorts cohorts, CauseBook book, String metric, int index) {
		this.candidates = candidates;
		this.plan = plan;
		work = new WorkQueue(workers);
		this.listener = listener;
		this.cohorts = cohorts;
		this.book = book;
		candidates.forEach(candidate -> causes.add(new HashMap<>()));
		this.metric = metric;
		this.index = index;
		models = new ForecastModel[candidates.size()];
		Arrays.fill(fed, Long.MIN_VALUE);
		Arrays.fill(last, Double.NaN);
		Arrays.fill(transforms, Transform.NONE);
	}

	/** Queues work before all trainings. */
	void urgent(Runnable piece) {
		work.urgent(piece);
	}

	/** Queues work behind everything else. */
	void patient(Runnable piece) {
		work.patient(piece);
	}

	/** Queues work and gives its result. */
	<T> CompletableFuture<T> ask(Supplier<T> piece) {
		return work.ask(piece);
	}

	/** Forgets waiting trainings and closes the models behind what runs. */
	CompletableFuture<Boolean> end() {
		work.forgetPatient();
		return ask(() -> {
			close();
			return true;
		});
	}

	// ---- inside a piece of work

	/** The number of the last block that the models have seen of a slot; {@link Long#MIN_VALUE} for none. */
	long fed(int slot) {
		return fed[slot];
	}

	/** In what the models of a slot are. */
	Transform transform(int slot) {
		return transforms[slot];
	}

	/** Sets what a candidate is told of a slot. */
	void causes(int candidate, int slot, List<Cause> told) {
		if (told.isEmpty()) {
			causes.get(candidate).remove(slot);
		} else {
			causes.get(candidate).put(slot, told);
		}
	}

	/** What models are told at the last blocks of slots, or at those that they are shown. */
	private Regressors told(int candidate, Function<Integer, Long> origins, int ahead) {
		Map<Integer, List<Cause>> of = causes.get(candidate);
		return of.isEmpty() ? Regressors.NONE : book.live(slot -> of.getOrDefault(slot, List.of()), slot -> tracks[slot].id, origins, ahead);
	}

	Choice choice(int slot) {
		return choices[slot];
	}

	/** The live model of a candidate, made at the first call. */
	ForecastModel model(int candidate) throws PluginException {
		if (models[candidate] == null) {
			models[candidate] = cohorts.isShared(candidate) ? cohort(candidate).view(() -> create(candidate), index) : create(candidate);
		}
		return models[candidate];
	}

	/** The shared parameters of a candidate for the metric of this lane. */
	Cohort cohort(int candidate) {
		return cohorts.of(metric, candidate);
	}

	/**
	 * Goes over to the newest shared parameters of a candidate.
	 *
	 * @param histories gives what the series of slots did up to the blocks that were fed; {@code null} for what cannot be read
	 */
	void renew(int candidate, BiFunction<Track, Long, TrainingSeries> histories) {
		List<Track> using = Arrays.stream(tracks).filter(track -> track != null && uses(track.slot, candidate)).toList();
		ForecastModel before = models[candidate];
		models[candidate] = null;
		Map<Long, List<TrainingSeries>> byEnd = new TreeMap<>();
		Set<Integer> missing = new HashSet<>();
		for (Track track : using) {
			TrainingSeries series = histories.apply(track, fed[track.slot]);
			missing.add(track.slot);
			if (series != null) {
				byEnd.computeIfAbsent(fed[track.slot], end -> new ArrayList<>()).add(series);
			}
		}
		try {
			for (List<TrainingSeries> series : byEnd.values()) {
				List<Integer> refused = model(candidate).train(series, Progress.NONE).stream().map(ForecastModel.Refusal::slot).toList();
				series.stream().map(TrainingSeries::slot).filter(slot -> !refused.contains(slot)).forEach(missing::remove);
			}
		} catch (RuntimeException | PluginException e) {
			listener.health(candidate, false, "New parameters could not be taken: " + e.getMessage());
		}
		for (int slot : missing) {
			choices[slot] = null;
			listener.broken(tracks[slot], candidates.get(candidate).id() + " does not take the series with its new parameters.");
		}
		if (before != null) {
			before.close();
		}
		curves(using.stream().filter(track -> choices[track.slot] != null).toList());
	}

	/** A new model of a candidate. */
	ForecastModel create(int candidate) throws PluginException {
		Candidate made = candidates.get(candidate);
		try {
			return made.factory().create(made.settings());
		} catch (PluginException e) {
			listener.health(candidate, true, e.getMessage());
			throw e;
		} catch (RuntimeException | LinkageError e) {
			listener.health(candidate, true, "It could not be created: " + e);
			throw new PluginException(made.id() + " could not be created: " + e, e);
		}
	}

	/** Says that live models have been trained for a slot. */
	void trained(Track track, Choice choice, Transform transform, long block, double value) {
		int slot = track.slot;
		boolean known = tracks[slot] == track && transforms[slot] == transform;
		transforms[slot] = transform;
		tracks[slot] = track;
		Choice before = choices[slot];
		if (before != null) {
			for (int member : before.members()) {
				if (Arrays.stream(choice.members()).noneMatch(m -> m == member) && models[member] != null) {
					models[member].release(slot);
				}
			}
		}
		choices[slot] = choice;
		errors[slot] = new MemberErrors(choice.members(), known ? errors[slot] : null);
		fed[slot] = block;
		last[slot] = value;
	}

	/** Moves models on by blocks, at most one a series, and tells the new curves. */
	void advance(List<Step> steps) {
		List<Step> rows = new ArrayList<>(steps.size());
		for (Step taken : steps) {
			int slot = taken.track.slot;
			Step step = taken.in(transforms[slot]);
			if (choices[slot] == null || choices[slot].members().length == 0) {
				fed[slot] = Math.max(fed[slot], step.block);
				continue;
			}
			if (step.block <= fed[slot]) {
				continue;
			}
			long gap = step.block - fed[slot] - 1;
			if (gap > LONGEST_GAP) {
				choices[slot] = null;
				listener.broken(step.track, "A gap of " + gap + " steps.");
				continue;
			}
			for (long i = 0; i < gap; i++) {
				update(List.of(new Step(step.track, fed[slot] + 1 + i, Double.NaN, step.transform)));
			}
			fed[slot] = step.block;
			errors[slot].measured(gap == 0 ? step.value : Double.NaN);
			if (Double.isFinite(step.value)) {
				last[slot] = step.value;
			}
			rows.add(step);
		}
		update(rows);
		curves(rows.stream().map(Step::track).toList());
	}

	private void update(List<Step> rows) {
		for (int candidate = 0; candidate < models.length; candidate++) {
			Map<Integer, Long> shown = new HashMap<>();
			int[] slots = new int[rows.size()];
			double[] values = new double[rows.size()];
			int count = 0;
			for (Step row : rows) {
				if (uses(row.track.slot, candidate)) {
					boolean bridged = Double.isNaN(row.value) && !candidates.get(candidate).factory().needs().toleratesGaps();
					slots[count] = row.track.slot;
					shown.put(row.track.slot, row.block);
					values[count++] = bridged ? last[row.track.slot] : row.value;
				}
			}
			if (count == 0) {
				continue;
			}
			try {
				model(candidate).update(Arrays.copyOf(slots, count), Arrays.copyOf(values, count), told(candidate, slot -> shown.get(slot), 0));
			} catch (RuntimeException | PluginException e) {
				failed(candidate, rows.stream().map(Step::track).toList(), "update", e);
			}
		}
	}

	private boolean uses(int slot, int candidate) {
		Choice choice = choices[slot];
		if (choice != null) {
			for (int member : choice.members()) {
				if (member == candidate) {
					return true;
				}
			}
		}
		return false;
	}

	private void failed(int candidate, List<Track> tracks, String where, Exception e) {
		listener.health(candidate, false, "Its " + where + " failed: " + e);
		for (Track track : tracks) {
			if (uses(track.slot, candidate)) {
				choices[track.slot] = null;
				listener.broken(track, candidates.get(candidate).id() + " failed: " + e.getMessage());
			}
		}
	}

	/** Tells the present curves of series. */
	void curves(List<Track> tracks) {
		double[][] medians = medians(tracks, plan.nodes);
		for (int i = 0; i < medians.length; i++) {
			if (medians[i] != null) {
				listener.moved(tracks.get(i), curve(tracks.get(i), plan.nodes, medians[i]));
			}
		}
	}

	/** The present curve of a series over other blocks; {@code null} when its models have none. */
	Curve curve(Track track, int[] nodes) {
		double[] medians = choices[track.slot] == null ? null : medians(List.of(track), nodes)[0];
		return medians == null ? null : curve(track, nodes, medians);
	}

	private Curve curve(Track track, int[] nodes, double[] medians) {
		float[] values = new float[medians.length];
		for (int node = 0; node < values.length; node++) {
			values[node] = (float) medians[node];
		}
		return new Curve(plan, fed[track.slot], last[track.slot], nodes, values);
	}

	/**
	 * Asks the members of each series' choice and combines them.
	 *
	 * @param tracks the series
	 * @param leads  in blocks after the last
	 * @return by series, then by lead; {@code null} where no member answered with finite values
	 */
	double[][] medians(List<Track> tracks, int[] leads) {
		double[][][] answers = answers(tracks, leads);
		double[][] medians = new double[tracks.size()][];
		for (int i = 0; i < medians.length; i++) {
			int slot = tracks.get(i).slot;
			Choice choice = choices[slot];
			if (choice != null) {
				medians[i] = errors[slot].weighted(choice).combine(plan, leads, answers[i]);
				errors[slot].said(leads, answers[i]);
				if (medians[i] == null && choice.members().length > 0) {
					choices[tracks.get(i).slot] = null;
					listener.broken(tracks.get(i), choice.model() + " gave no finite forecast.");
				}
			}
		}
		return medians;
	}

	/** What the members of each series' choice say: by series, then place, then lead; {@code null} where one gave none. */
	private double[][][] answers(List<Track> tracks, int[] leads) {
		double[][][] answers = new double[tracks.size()][][];
		int[] place = new int[SLOTS];
		for (int i = 0; i < answers.length; i++) {
			place[tracks.get(i).slot] = i;
			answers[i] = new double[choices[tracks.get(i).slot] == null ? 0 : choices[tracks.get(i).slot].members().length][];
		}
		for (int candidate = 0; candidate < models.length; candidate++) {
			int asked = candidate;
			int[] slots = tracks.stream().mapToInt(track -> track.slot).filter(slot -> uses(slot, asked)).toArray();
			if (slots.length == 0) {
				continue;
			}
			try {
				model(candidate).forecast(slots, leads, told(candidate, slot -> fed[slot], leads[leads.length - 1]), (slot, median, quantiles) -> keep(answers[place[slot]], choices[slot].place(asked), median));
			} catch (RuntimeException | PluginException e) {
				failed(candidate, tracks, "forecast", e);
			}
		}
		return answers;
	}

	/** The parts of what a series' choice says at blocks after the last; none where it has no models. */
	Explanation explain(Track track, Bands bands) {
		int slot = track.slot;
		int[] nodes = Explanation.nodes(plan, fed[slot], bands);
		Explanation explanation = new Explanation(plan, fed[slot], nodes, transforms[slot]);
		if (choices[slot] != null) {
			double[][] answers = answers(List.of(track), nodes)[0];
			Choice choice = choices[slot] == null ? null : errors[slot].weighted(choices[slot]);
			for (int place = 0; choice != null && place < answers.length; place++) {
				int member = choice.members()[place];
				try {
					explanation.add(model(member), candidates.get(member).id(), slot, choice, place, answers, told(member, of -> fed[of], nodes[nodes.length - 1]));
				} catch (RuntimeException | PluginException e) {
					listener.health(member, false, "Its explanation failed: " + e.getMessage());
				}
			}
		}
		return explanation;
	}

	private static void keep(double[][] answers, int place, double[] median) {
		for (double value : median) {
			if (!Double.isFinite(value)) {
				return;
			}
		}
		answers[place] = median;
	}

	/** What the models keep of a slot, for saving; {@code null} when it was not trained or cannot be written. */
	States.Models write(int slot) {
		if (choices[slot] == null) {
			return null;
		}
		List<byte[]> members = new ArrayList<>();
		List<List<Cause>> told = new ArrayList<>();
		for (int member : choices[slot].members()) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try {
				model(member).save(slot, new DataOutputStream(bytes));
			} catch (IOException | PluginException | RuntimeException e) {
				listener.health(member, false, "Its state could not be saved: " + e.getMessage());
				return null;
			}
			members.add(bytes.toByteArray());
			told.add(causes.get(member).getOrDefault(slot, List.of()));
		}
		return new States.Models(fed[slot], last[slot], members, told, errors[slot]);
	}

	/** Takes what {@link #write} gave, or says that the series is broken. */
	void read(Track track, Choice choice, Transform transform, States.Models stored) {
		for (int i = 0; i < choice.members().length; i++) {
			try {
				DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.members().get(i)));
				model(choice.members()[i]).load(track.slot, in);
				causes(choice.members()[i], track.slot, stored.causes().get(i));
			} catch (IOException | PluginException | RuntimeException e) {
				listener.broken(track, "Its saved state could not be read: " + e.getMessage());
				return;
			}
		}
		trained(track, choice, transform, stored.fed(), stored.last());
		errors[track.slot] = stored.errors().of(choice.members());
		curves(List.of(track));
	}

	/** Moves the models of one slot over blocks that were missed. */
	void catchUp(Track track, long firstBlock, double[] blocks) {
		Choice choice = choices[track.slot];
		if (choice == null || choice.members().length == 0) {
			return;
		}
		for (int i = 0; i < blocks.length; i++) {
			if (firstBlock + i == fed[track.slot] + 1) {
				update(List.of(new Step(track, firstBlock + i, blocks[i], transforms[track.slot])));
				fed[track.slot]++;
				last[track.slot] = Double.isFinite(blocks[i]) ? blocks[i] : last[track.slot];
			}
		}
		curves(List.of(track));
	}

	/** Closes the live models. */
	void close() {
		for (int i = 0; i < models.length; i++) {
			if (models[i] != null) {
				models[i].close();
				models[i] = null;
			}
		}
	}
}
