// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;

/**
 * What a regressor sees before a value: the last values, those around one and two seasons before, and the time of the season. All values are told as differences from
 * the mean of the last ones, so that regressors that cannot extrapolate, such as trees, follow the level.
 *
 * @param recent  how many of the last values
 * @param seasons periods in steps, each longer than {@code recent} + 1
 */
record Lags(int recent, List<Integer> seasons) {
	/** Steps around a season before: the value itself and its neighbours. */
	private static final int[] AROUND = { -1, 0, 1 };
	private static final int A_SEASON = AROUND.length + 3;

	/** How many values before are needed. */
	int reach() {
		int reach = recent;
		for (int season : seasons) {
			reach = Math.max(reach, 2 * season);
		}
		return reach;
	}

	/** An empty table of these attributes, the last of them what is to be predicted. */
	Instances table(int rows) {
		ArrayList<Attribute> attributes = new ArrayList<>();
		for (int i = 0; i <= recent + A_SEASON * seasons.size(); i++) {
			attributes.add(new Attribute("x" + i));
		}
		Instances table = new Instances("lags", attributes, rows);
		table.setClassIndex(attributes.size() - 1);
		return table;
	}

	/** The mean that a row is told as differences from. */
	double centre(double[] values, int at) {
		double sum = 0;
		for (int i = 1; i <= recent; i++) {
			sum += values[at - i];
		}
		return sum / recent;
	}

	/**
	 * The row of a value.
	 *
	 * @param values without gaps
	 * @param at     the index of the value to be predicted, at least {@link #reach()}; nothing at or behind it is read
	 * @param phase  steps from any fixed time to that value
	 * @param size   the unit of the differences, positive
	 * @return its row, the value itself missing
	 */
	Instance row(double[] values, int at, long phase, double size) {
		double[] row = new double[recent + A_SEASON * seasons.size() + 1];
		double centre = centre(values, at);
		int next = 0;
		for (int i = 1; i <= recent; i++) {
			row[next++] = (values[at - i] - centre) / size;
		}
		for (int season : seasons) {
			for (int around : AROUND) {
				row[next++] = (values[at - season + around] - centre) / size;
			}
			row[next++] = (values[at - 2 * season] - centre) / size;
			double angle = 2 * Math.PI * Math.floorMod(phase, season) / season;
			row[next++] = Math.sin(angle);
			row[next++] = Math.cos(angle);
		}
		row[next] = weka.core.Utils.missingValue();
		return new DenseInstance(1, row);
	}

	void save(DataOutput out) throws IOException {
		out.writeInt(recent);
		out.writeInt(seasons.size());
		for (int season : seasons) {
			out.writeInt(season);
		}
	}

	static Lags read(DataInput in) throws IOException {
		int recent = in.readInt();
		int count = in.readInt();
		if (recent < 1 || recent > 500 || count < 0 || count > 2) {
			throw new IOException("a saved state has " + recent + " lags and " + count + " seasons");
		}
		List<Integer> seasons = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int season = in.readInt();
			if (season < 2 || season > 1 << 20) {
				throw new IOException("a saved state has a season of " + season);
			}
			seasons.add(season);
		}
		return new Lags(recent, List.copyOf(seasons));
	}
}
