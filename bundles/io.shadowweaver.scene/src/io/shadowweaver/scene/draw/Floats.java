// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.Arrays;

/** An array of floats that grows. */
final class Floats {
	private float[] values = new float[256];
	private int size;

	void add(float... more) {
		if (size + more.length > values.length) {
			values = Arrays.copyOf(values, Math.max(values.length * 2, size + more.length));
		}
		System.arraycopy(more, 0, values, size, more.length);
		size += more.length;
	}

	float[] toArray() {
		return Arrays.copyOf(values, size);
	}

	static float red(int rgb) {
		return (rgb >> 16 & 255) / 255f;
	}

	static float green(int rgb) {
		return (rgb >> 8 & 255) / 255f;
	}

	static float blue(int rgb) {
		return (rgb & 255) / 255f;
	}
}
