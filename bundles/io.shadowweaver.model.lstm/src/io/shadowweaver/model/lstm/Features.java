// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

/**
 * What the network sees of a series at one time. Values are standardised by mean and deviation of the last season, so that series of any size and level
 * share one network (reversible instance normalisation: Kim et al., ICLR 2022).
 */
final class Features {
	/** How many steps the recurrent layer goes through. */
	static final int WINDOW = 48;
	/** What it sees at each: the value, and the values one season and one longer season before. */
	static final int CHANNELS = 3;
	/** Of these at each lead the forecast is a weighted mean, before it is corrected: the last value, a recent mean, and values of earlier seasons. */
	static final int CANDIDATES = 8;
	/** What the outputs see of each lead beside the recurrent state, the candidates first. */
	static final int CONTEXT = CANDIDATES + 13;
	/** The index of the logarithm of the lead in the context. */
	static final int LEAD = CANDIDATES + 2;
	/** The index of the logarithm of the mean step between values in the context. */
	static final int ROUGHNESS = CONTEXT - 2;

	private static final double FAR = 8;
	private static final double DAY = 86_400_000;

	private final Track.Shape shape;
	private final float[] values;
	private final int last;
	private final long time;
	private final double mean;
	private final double deviation;
	private final double roughness;
	private final double seasonal;
	private final double recent;

	/**
	 * @param shape  of the series
	 * @param values kept values, oldest first
	 * @param last   the index of the last value that is known
	 * @param time   of that value, in milliseconds
	 */
	Features(Track.Shape shape, float[] values, int last, long time) {
		this.shape = shape;
		this.values = values;
		this.last = last;
		this.time = time;
		int span = Math.min(last + 1, Math.max(WINDOW, shape.near()));
		double sum = 0;
		for (int i = last - span + 1; i <= last; i++) {
			sum += values[i];
		}
		mean = sum / span;
		double squares = 0;
		for (int i = last - span + 1; i <= last; i++) {
			squares += (values[i] - mean) * (values[i] - mean);
		}
		// a quiet season must not blow its noise up to the size of a load
		deviation = Math.max(Math.sqrt(squares / span), .1 * shape.usual());
		int near = Math.min(WINDOW, last);
		double steps = 0;
		double departures = 0;
		double level = 0;
		int seen = 0;
		for (int i = last - near + 1; i <= last; i++) {
			steps += Math.abs(values[i] - values[i - 1]);
			if (shape.near() > 0 && i >= shape.near()) {
				departures += Math.abs(values[i] - values[i - shape.near()]);
				seen++;
			}
			level += i > last - near / 4 ? values[i] : 0;
		}
		roughness = near == 0 ? 0 : steps / near / deviation;
		seasonal = seen == 0 ? 0 : departures / seen / deviation;
		recent = near < 4 ? 0 : bounded((level / (near / 4) - mean) / deviation);
	}

	/** A kept value in the network's scale. */
	double scaled(double value) {
		return (value - mean) / deviation;
	}

	/** A value in the network's scale as it is kept. */
	double unscaled(double value) {
		return mean + deviation * value;
	}

	private static double bounded(double value) {
		return Math.clamp(value, -FAR, FAR);
	}

	private float at(int index) {
		return index < 0 ? 0 : (float) bounded(scaled(values[index]));
	}

	/** Writes {@link #WINDOW} × {@link #CHANNELS} numbers; steps before the first value are 0. */
	void window(float[] into, int offset) {
		int at = offset;
		for (int i = last - WINDOW + 1; i <= last; i++) {
			into[at++] = at(i);
			into[at++] = shape.near() > 0 ? at(i - shape.near()) : 0;
			into[at++] = shape.far() > 0 ? at(i - shape.far()) : 0;
		}
	}

	/** Writes the {@link #CONTEXT} numbers of a lead. */
	void context(int lead, float[] into, int offset) {
		int near = shape.near() == 0 ? -1 : last + lead - shape.near() * Math.ceilDiv(lead, shape.near());
		int far = shape.far() == 0 ? -1 : last + lead - shape.far() * Math.ceilDiv(lead, shape.far());
		int before = near < 0 ? -1 : near - shape.near();
		double target = time + (double) shape.step() * lead;
		double day = 2 * Math.PI * (target / DAY);
		double week = day / 7;
		int at = offset;
		float usual = near < 0 ? at(last) : at(near);
		into[at++] = at(last);
		into[at++] = (float) recent;
		into[at++] = usual;
		into[at++] = near < 1 ? usual : at(near - 1);
		into[at++] = near < 0 || near == last ? usual : at(near + 1);
		into[at++] = before < 0 ? usual : at(before);
		into[at++] = far < 0 ? usual : at(far);
		into[at++] = far < 1 ? usual : at(far - 1);
		into[at++] = shape.near() == 0 || last < shape.near() ? 0 : at(last) - at(last - shape.near());
		into[at++] = shape.far() == 0 || last < shape.far() ? 0 : at(last) - at(last - shape.far());
		into[at++] = (float) (Math.log1p(Math.min(lead, 4096)) / 4);
		into[at++] = 1f / lead;
		into[at++] = (float) Math.sin(day);
		into[at++] = (float) Math.cos(day);
		into[at++] = (float) Math.sin(week);
		into[at++] = (float) Math.cos(week);
		into[at++] = near < 0 ? 0 : 1;
		into[at++] = far < 0 ? 0 : 1;
		into[at++] = (float) Math.min(Math.log(deviation / shape.usual()), 2);
		into[at++] = (float) Math.log(Math.min(roughness, FAR) + .01);
		into[at] = (float) Math.log(Math.min(seasonal, FAR) + .01);
	}
}
