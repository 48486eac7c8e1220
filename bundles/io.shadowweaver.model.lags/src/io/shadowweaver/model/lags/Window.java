// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last values of a series, by their index since the first; older ones are forgotten. */
final class Window {
	private final float[] ring;
	/** The index of the newest value, -1 before there is one. */
	private int newest = -1;

	Window(int length) {
		ring = new float[length];
	}

	void add(double value) {
		newest++;
		ring[newest % ring.length] = (float) value;
	}

	int newest() {
		return newest;
	}

	/** The index of the oldest value still kept. */
	int oldest() {
		return Math.max(0, newest - ring.length + 1);
	}

	double at(int index) {
		return ring[index % ring.length];
	}

	/** The mean of some values that end at an index. */
	double mean(int end, int count) {
		double sum = 0;
		for (int i = end - count + 1; i <= end; i++) {
			sum += ring[i % ring.length];
		}
		return sum / count;
	}

	/** A value smoothed with its neighbours as far as these are known at index {@code now}. */
	double smooth(int index, int now) {
		int from = Math.max(index - 1, oldest());
		int to = Math.min(index + 1, now);
		return mean(to, to - from + 1);
	}

	void save(DataOutput out) throws IOException {
		out.writeInt(ring.length);
		out.writeInt(newest - oldest() + 1);
		out.writeInt(newest);
		for (int i = oldest(); i <= newest; i++) {
			out.writeFloat(ring[i % ring.length]);
		}
	}

	static Window read(DataInput in) throws IOException {
		int length = in.readInt();
		int kept = in.readInt();
		int newest = in.readInt();
		if (length < 1 || length > 1 << 20 || kept < 1 || kept > length || newest < kept - 1) {
			throw new IOException("a saved window of " + kept + " of " + length + " values up to " + newest);
		}
		Window window = new Window(length);
		window.newest = newest - kept;
		for (int i = 0; i < kept; i++) {
			window.add(in.readFloat());
		}
		return window;
	}
}
