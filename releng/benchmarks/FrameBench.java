// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.time.Duration;
import java.time.ZoneOffset;

import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** CPU time of one picture, the threads of the software renderer included: the whole of it, and what is drawn again for a pulse. */
public final class FrameBench {
	private static final int RUNS = 3;
	private static final int FRAMES = 20;
	private static final int WIDTH = 1280;
	private static final int HEIGHT = 800;

	private FrameBench() {
	}

	/** {@code RESOURCES…}. */
	public static void main(String[] arguments) throws Exception {
		GlyphSource glyphs = new GlyphSource(Display.getDefault(), 1);
		try (OffscreenTarget target = OffscreenTarget.create(WIDTH, HEIGHT)) {
			for (String resources : arguments) {
				measure(Integer.parseInt(resources), target, glyphs);
			}
			System.out.println("frame.renderer: " + target.renderer() + ", " + WIDTH + " × " + HEIGHT);
		}
	}

	/** An estate of some resources, some of them coming and some in alarm, so that something pulses. */
	public static WeaverState estate(int resources) {
		return SyntheticEstate.of(resources);
	}

	private static void measure(int resources, OffscreenTarget target, GlyphSource glyphs) {
		WeaverState state = estate(resources);
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
		SceneBuilder builder = new SceneBuilder();
		double[][] runs = new double[5][RUNS];
		for (int run = -2; run < RUNS; run++) {
			for (int i = 0; i < FRAMES; i++) {
				long[] at = new long[5];
				at[0] = Figures.processCpu();
				SceneModel scene = builder.build(state, view, PastValues.NONE, Duration.ZERO);
				at[1] = Figures.processCpu();
				Frame frame = FrameBuilder.build(scene, Camera.fit(scene.bounds(), (float) WIDTH / HEIGHT).orbit(i * 3, 0), WIDTH, HEIGHT, 1, glyphs.atlas());
				at[2] = Figures.processCpu();
				target.draw(frame, 0);
				at[3] = Figures.processCpu();
				target.draw(frame, .3);
				at[4] = Figures.processCpu();
				for (int part = 0; part < 4 && run >= 0; part++) {
					runs[part][run] += (at[part + 1] - at[part]) / 1e6 / FRAMES;
				}
				if (run >= 0) {
					runs[4][run] += (at[3] - at[0]) / 1e6 / FRAMES;
				}
			}
		}
		String name = "frame." + resources;
		Figures.print(name + ".whole", runs[4], "CPU-ms from state to picture");
		Figures.print(name + ".scene", runs[0], "CPU-ms of that: state to scene");
		Figures.print(name + ".buffers", runs[1], "CPU-ms of that: scene to buffers");
		Figures.print(name + ".draw", runs[2], "CPU-ms of that: drawing");
		Figures.print(name + ".pulse", runs[3], "CPU-ms of a pulse over the layer that is kept");
	}
}
