// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToDoubleFunction;

import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ForecastSink;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;

/** Models whose answers a test knows. */
final class Fakes {
	private Fakes() {
	}

	static Candidate candidate(String id, ModelNeeds needs, Function<Settings, ForecastModel> maker) {
		return new Candidate(id, new ForecastModelFactory() {
			@Override
			public ForecastModel create(Settings settings) {
				return maker.apply(settings);
			}

			@Override
			public ModelNeeds needs() {
				return needs;
			}
		}, Memory.none());
	}

	/** A candidate that says what a function says of the middle of a block, in milliseconds since the epoch. */
	static Candidate oracle(String id, String version, LongToDoubleFunction function) {
		return candidate(id, new ModelNeeds(version, 1, 0, true, 1, 1), settings -> new Oracle(function));
	}

	/** A candidate that says 0, and whose program breaks when it is shown a value from a limit on. */
	static Candidate brittle(String id, double limit) {
		return candidate(id, new ModelNeeds("1", 1, 0, true, 1, 1), settings -> new Oracle(millis -> 0) {
			@Override
			public void update(int[] slots, double[] values, Regressors regressors) {
				if (Arrays.stream(values).anyMatch(value -> value >= limit)) {
					throw new IllegalStateException("too large for it");
				}
				super.update(slots, values, regressors);
			}
		});
	}

	/** A candidate that takes no gaps, says 0, and keeps what it is shown. */
	static Candidate watching(String id, List<Double> shown) {
		return candidate(id, new ModelNeeds("1", 1, 0, false, 1, 1), settings -> new Oracle(millis -> 0) {
			@Override
			public void update(int[] slots, double[] values, Regressors regressors) {
				Arrays.stream(values).forEach(shown::add);
				super.update(slots, values, regressors);
			}
		});
	}

	private static class Oracle extends SingleSeriesModel {
		private final LongToDoubleFunction function;

		Oracle(LongToDoubleFunction function) {
			this.function = function;
		}

		@Override
		protected Fitted fit(TrainingSeries series) {
			return new Said(series.values().step().toMillis(), series.values().end().toEpochMilli());
		}

		@Override
		protected Fitted read(DataInput in) throws IOException {
			return new Said(in.readLong(), in.readLong());
		}

		private final class Said implements Fitted {
			private final long step;
			private long end;

			Said(long step, long end) {
				this.step = step;
				this.end = end;
			}

			@Override
			public void update(double value) {
				end += step;
			}

			@Override
			public double[] forecast(int[] leads) {
				double[] said = new double[leads.length];
				for (int i = 0; i < said.length; i++) {
					said[i] = function.applyAsDouble(end + (leads[i] - 1) * step + step / 2);
				}
				return said;
			}

			@Override
			public List<Part> explain(int[] leads, Ahead regressors) {
				double[] half = forecast(leads);
				for (int i = 0; i < half.length; i++) {
					half[i] /= 2;
				}
				return List.of(new Part(Part.Kind.TREND, "trend", half), new Part(Part.Kind.SEASON, "daily", half.clone()));
			}

			@Override
			public void save(DataOutput out) throws IOException {
				out.writeLong(step);
				out.writeLong(end);
			}
		}
	}

	/** What a shared profile has been asked for. */
	static final class Log {
		int trainings;
		int seriesOfLast;
		int open;
		/** The latest end of a training history, by the parameters' number. */
		final Map<Integer, Long> ends = new HashMap<>();
		/** Of each attached history the end of what its parameters had seen, and its own. */
		final List<long[]> attached = new ArrayList<>();
	}

	/** A cohort model: the mean profile of a day over all series, of which each is a multiple. */
	static Candidate profile(Log log) {
		return candidate("profile", new ModelNeeds("1", 96, 0, false, 1e6, 10), settings -> new Profile(log));
	}

	private static final class Profile implements CohortModel {
		private static final int DAY = 96;
		private static final long MILLIS = 900_000;

		private final Log log;
		private double[] shape;
		private int number;
		private final Map<Integer, double[]> states = new HashMap<>();

		Profile(Log log) {
			this.log = log;
			log.open++;
		}

		@Override
		public List<Refusal> train(List<TrainingSeries> series, Progress progress) {
			shape = new double[DAY];
			long end = 0;
			for (TrainingSeries one : series) {
				double[] values = one.values().values();
				double mean = Arrays.stream(values).average().orElse(1);
				for (int i = 0; i < values.length; i++) {
					shape[phase(one.values().start().toEpochMilli() + i * MILLIS)] += values[i] / mean / values.length * DAY / series.size();
				}
				end = Math.max(end, one.values().end().toEpochMilli());
			}
			log.trainings++;
			log.seriesOfLast = series.size();
			number = log.trainings;
			log.ends.put(number, end);
			return attach(series);
		}

		private static int phase(long millis) {
			return (int) Math.floorMod(millis / MILLIS, (long) DAY);
		}

		@Override
		public List<Refusal> attach(List<TrainingSeries> series) {
			if (shape == null) {
				return series.stream().map(one -> new Refusal(one.slot(), "It has learned nothing yet.")).toList();
			}
			for (TrainingSeries one : series) {
				double level = 0;
				double[] values = one.values().values();
				for (int i = values.length - DAY; i < values.length; i++) {
					level += values[i] / DAY;
				}
				states.put(one.slot(), new double[] { level, one.values().end().toEpochMilli() });
				log.attached.add(new long[] { log.ends.get(number), one.values().end().toEpochMilli() });
			}
			return List.of();
		}

		@Override
		public void update(int[] slots, double[] values, Regressors regressors) {
			for (int slot : slots) {
				double[] state = states.get(slot);
				if (state != null) {
					state[1] += MILLIS;
				}
			}
		}

		@Override
		public void forecast(int[] slots, int[] leads, Regressors regressors, ForecastSink sink) {
			for (int slot : slots) {
				double[] state = states.get(slot);
				if (state != null) {
					double[] median = new double[leads.length];
					for (int i = 0; i < leads.length; i++) {
						median[i] = state[0] * shape[phase((long) state[1] + (leads[i] - 1) * MILLIS)];
					}
					sink.accept(slot, median, null);
				}
			}
		}

		@Override
		public void release(int slot) {
			states.remove(slot);
		}

		@Override
		public void save(int slot, DataOutput out) throws IOException {
			out.writeDouble(states.get(slot)[0]);
			out.writeDouble(states.get(slot)[1]);
		}

		@Override
		public void load(int slot, DataInput in) throws IOException {
			states.put(slot, new double[] { in.readDouble(), in.readDouble() });
		}

		@Override
		public void saveShared(DataOutput out) throws IOException {
			out.writeInt(number);
			for (double value : shape) {
				out.writeDouble(value);
			}
		}

		@Override
		public void loadShared(DataInput in) throws IOException {
			number = in.readInt();
			shape = new double[DAY];
			for (int i = 0; i < DAY; i++) {
				shape[i] = in.readDouble();
			}
			states.clear();
		}

		@Override
		public void close() {
			log.open--;
		}
	}
}
