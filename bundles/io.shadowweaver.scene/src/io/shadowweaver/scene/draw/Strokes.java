// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

/** Collects lines with a width in points. */
final class Strokes {
	private final Floats floats = new Floats();

	void add(float ax, float ay, float az, float bx, float by, float bz, int colour, float alpha, float width, float dash, float pulse) {
		floats.add(ax, ay, az, bx, by, bz, Floats.red(colour), Floats.green(colour), Floats.blue(colour), alpha, width, dash, pulse);
	}

	void rectangle(float x, float y, float width, float depth, float z, int colour, float alpha, float thick, float dash, float pulse) {
		add(x, y, z, x + width, y, z, colour, alpha, thick, dash, pulse);
		add(x + width, y, z, x + width, y + depth, z, colour, alpha, thick, dash, pulse);
		add(x + width, y + depth, z, x, y + depth, z, colour, alpha, thick, dash, pulse);
		add(x, y + depth, z, x, y, z, colour, alpha, thick, dash, pulse);
	}

	/** The lines with widths and dashes in pixels. */
	float[] scaled(float scale) {
		float[] lines = floats.toArray();
		for (int i = 0; i < lines.length; i += Frame.LINE) {
			lines[i + 10] *= scale;
			lines[i + 11] *= scale;
		}
		return lines;
	}
}
