// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Parts of a saved state. */
final class StateFile {
	private static final int MOST = 4096;

	private StateFile() {
	}

	static void write(DataOutput out, double[] numbers) throws IOException {
		out.writeInt(numbers.length);
		for (double number : numbers) {
			out.writeDouble(number);
		}
	}

	/** Reads numbers, of which there must be so many; any number of them for -1. */
	static double[] numbers(DataInput in, int wanted) throws IOException {
		int count = in.readInt();
		if (count < 0 || count > MOST || wanted >= 0 && count != wanted) {
			throw new IOException("a saved state has " + count + " numbers where " + (wanted < 0 ? "some" : "" + wanted) + " are due");
		}
		double[] numbers = new double[count];
		for (int i = 0; i < count; i++) {
			numbers[i] = in.readDouble();
			if (!Double.isFinite(numbers[i])) {
				throw new IOException("a saved state holds " + numbers[i]);
			}
		}
		return numbers;
	}

	static void write(DataOutput out, Design design) throws IOException {
		out.writeDouble(design.span);
		write(out, design.changes);
		out.writeInt(design.seasons.size());
		for (Season season : design.seasons) {
			out.writeUTF(season.name());
			out.writeDouble(season.period());
			out.writeInt(season.order());
		}
		write(out, design.centres);
		write(out, design.scales);
	}

	static Design design(DataInput in) throws IOException {
		double span = in.readDouble();
		double[] changes = numbers(in, -1);
		int count = in.readInt();
		if (!(span > 0) || count < 0 || count > MOST) {
			throw new IOException("a saved state of " + count + " seasons over " + span + " steps");
		}
		List<Season> seasons = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Season season = new Season(in.readUTF(), in.readDouble(), in.readInt());
			if (!(season.period() > 0) || season.order() < 0 || season.order() > MOST) {
				throw new IOException("a saved state has the season " + season);
			}
			seasons.add(season);
		}
		double[] centres = numbers(in, -1);
		return new Design(span, changes, seasons, centres, numbers(in, centres.length));
	}
}
