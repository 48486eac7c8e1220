// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;

import weka.classifiers.Classifier;
import weka.core.Instance;
import weka.core.Instances;

/** A trained regressor and the last values of its series. */
final class WekaState implements SingleSeriesModel.Fitted {
	private static final int LARGEST = 256 << 20;

	private final Classifier classifier;
	private final Lags lags;
	private final Instances table;
	private final double size;
	private double low;
	private double high;
	private final double[] last;
	private long phase;

	/**
	 * @param classifier trained
	 * @param lags       what it sees
	 * @param size       the deviation that rows are scaled by
	 * @param low        no forecast is below
	 * @param high       no forecast is above
	 * @param last       the last {@link Lags#reach()} values
	 * @param phase      steps from the first value that was ever seen to the next
	 */
	WekaState(Classifier classifier, Lags lags, double size, double low, double high, double[] last, long phase) {
		this.classifier = classifier;
		this.lags = lags;
		this.size = size;
		this.low = low;
		this.high = high;
		this.last = last;
		this.phase = phase;
		table = lags.table(0);
	}

	@Override
	public void update(double value) {
		double next = Double.isFinite(value) ? value : forecast(new int[] { 1 })[0];
		System.arraycopy(last, 1, last, 0, last.length - 1);
		last[last.length - 1] = next;
		low = Math.min(low, next);
		high = Math.max(high, next);
		phase++;
	}

	@Override
	public double[] forecast(int[] leads) {
		int reach = last.length;
		int longest = leads[leads.length - 1];
		double[] path = new double[reach + longest];
		System.arraycopy(last, 0, path, 0, reach);
		for (int i = 0; i < longest; i++) {
			Instance row = lags.row(path, reach + i, phase + i, size);
			row.setDataset(table);
			double centre = lags.centre(path, reach + i);
			double value = centre + size * predict(row);
			path[reach + i] = Double.isFinite(value) ? Math.clamp(value, low, high) : Math.clamp(centre, low, high);
		}
		double[] forecast = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			forecast[i] = path[reach + leads[i] - 1];
		}
		return forecast;
	}

	// Weka's methods throw Exception itself; a row that a regressor cannot take is forecast as the mean of the last values
	private double predict(Instance row) {
		try {
			return classifier.classifyInstance(row);
		} catch (Exception e) {
			return Double.NaN;
		}
	}

	@Override
	public void save(DataOutput out) throws IOException {
		lags.save(out);
		out.writeDouble(size);
		out.writeDouble(low);
		out.writeDouble(high);
		out.writeLong(phase);
		for (double value : last) {
			out.writeDouble(value);
		}
		byte[] bytes = Weka.bytes(classifier);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	static WekaState read(DataInput in) throws IOException {
		Lags lags = Lags.read(in);
		double size = in.readDouble();
		double low = in.readDouble();
		double high = in.readDouble();
		long phase = in.readLong();
		if (!(size > 0) || !(low <= high)) {
			throw new IOException("a saved state of Weka has a deviation of " + size + " and bounds " + low + " to " + high);
		}
		double[] last = new double[lags.reach()];
		for (int i = 0; i < last.length; i++) {
			last[i] = in.readDouble();
			if (!Double.isFinite(last[i])) {
				throw new IOException("a saved state of Weka holds a value that is not finite");
			}
		}
		int length = in.readInt();
		if (length < 0 || length > LARGEST) {
			throw new IOException("a saved regressor of Weka has " + length + " bytes");
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return new WekaState(Weka.read(bytes), lags, size, low, high, last, phase);
	}
}
