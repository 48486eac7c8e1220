// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.Picker;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** Pictures of estates of any size, off-screen: CPU time of all threads, those of the software renderer included. */
public final class TwinBench {
	private static final int RUNS = 3;
	/** Until the compiler is done with what each program measures anew. */
	private static final int WARM_UP = 4;
	private static final int FRAMES = 12;
	private static final int WIDTH = 1280;
	private static final int HEIGHT = 800;
	private static final float ASPECT = (float) WIDTH / HEIGHT;
	private static final long SLICE = 12_000_000;

	private final OffscreenTarget target;
	private final GlyphSource glyphs;

	private TwinBench(OffscreenTarget target, GlyphSource glyphs) {
		this.target = target;
		this.glyphs = glyphs;
	}

	/** {@code RESOURCES…}. */
	public static void main(String[] arguments) throws Exception {
		long begun = Figures.processCpu();
		long from = System.nanoTime();
		GlyphSource glyphs = new GlyphSource(Display.getDefault(), 1);
		try (OffscreenTarget target = OffscreenTarget.create(WIDTH, HEIGHT)) {
			TwinBench bench = new TwinBench(target, glyphs);
			String name = "twin." + arguments[0] + ".first.before";
			Figures.print(name, (Figures.processCpu() - begun) / 1e6, "CPU-ms for display, glyphs and renderer before that");
			Figures.print(name + ".wall", (System.nanoTime() - from) / 1e6, "ms of that on the wall");
			for (String resources : arguments) {
				bench.measure(Integer.parseInt(resources));
			}
			System.out.println("twin.renderer: " + target.renderer() + ", " + WIDTH + " × " + HEIGHT);
		}
	}

	/** What is kept of an estate while it is shown; of the state nothing, which the twin only reads. */
	private record Shown(SceneBuilder builder, SceneModel scene, Picker picker) {
		static Shown of(WeaverState state) {
			SceneBuilder builder = new SceneBuilder();
			SceneModel scene = builder.build(state, ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
			return new Shown(builder, scene, Picker.of(scene));
		}
	}

	private void measure(int resources) throws InterruptedException {
		String name = "twin." + resources;
		WeaverState state = SyntheticEstate.of(resources);
		first(name, state);
		long before = Figures.heap();
		Shown shown = Shown.of(state);
		Figures.print(name + ".heap", (Figures.heap() - before) / (double) resources, "bytes a resource: scene, places, picker");
		SceneModel scene = shown.scene();
		Camera whole = Camera.fit(scene.bounds(), ASPECT);
		Camera near = whole.at(scene.nodes().get(resources / 3).x(), scene.nodes().get(resources / 3).y(), Math.min(whole.extent(), 40));
		Camera between = whole.at(near.x(), near.y(), Math.min(whole.extent(), 110));
		orbit(name + ".orbit.all", whole, camera -> frame(scene, camera, FrameBuilder.STILL));
		orbit(name + ".orbit.between", between, camera -> frame(scene, camera, FrameBuilder.STILL));
		orbit(name + ".orbit.near", near, camera -> frame(scene, camera, FrameBuilder.STILL));
		orbit(name + ".moving.all", whole, camera -> frame(scene, camera, FrameBuilder.MOVING));
		orbit(name + ".moving.between", between, camera -> frame(scene, camera, FrameBuilder.MOVING));
		orbit(name + ".moving.near", near, camera -> frame(scene, camera, FrameBuilder.MOVING));
		orbit(name + ".naive.all", whole, camera -> FrameBuilder.whole(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas()));
		slices(name + ".refined", scene, between);
		pulse(name + ".pulse", frame(scene, between, FrameBuilder.STILL));
		SceneModel calm = shown.builder().build(state, ViewSettings.defaults(ZoneOffset.UTC).withArrangement(Arrangement.USUAL.withParticles(false)),
				PastValues.NONE, Duration.ZERO);
		pulse(name + ".pulse.no.flows", frame(calm, between, FrameBuilder.STILL));
		pick(name + ".pick", shown, between);
	}

	private Frame frame(SceneModel scene, Camera camera, int budget) {
		return FrameBuilder.build(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas(), budget);
	}

	/** The first picture of an estate, from its state, in a program that has drawn nothing yet: its classes, shaders and glyphs are made ready in it. */
	private void first(String name, WeaverState state) {
		long[] wall = new long[5];
		long[] cpu = new long[5];
		mark(wall, cpu, 0);
		SceneModel scene = new SceneBuilder().build(state, ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
		mark(wall, cpu, 1);
		Picker.of(scene);
		mark(wall, cpu, 2);
		Frame frame = frame(scene, Camera.fit(scene.bounds(), ASPECT), FrameBuilder.STILL);
		mark(wall, cpu, 3);
		target.draw(frame, 0);
		mark(wall, cpu, 4);
		Figures.print(name + ".first", (cpu[4] - cpu[0]) / 1e6, "CPU-ms from the state to the first picture");
		Figures.print(name + ".first.wall", (wall[4] - wall[0]) / 1e6, "ms of that on the wall");
		String[] parts = { "scene", "picker", "buffers", "draw" };
		for (int part = 0; part < parts.length; part++) {
			Figures.print(name + ".first." + parts[part], (cpu[part + 1] - cpu[part]) / 1e6, "CPU-ms of that");
		}
	}

	private static void mark(long[] wall, long[] cpu, int at) {
		wall[at] = System.nanoTime();
		cpu[at] = Figures.processCpu();
	}

	/** Turns the camera: from the scene to the picture. */
	private void orbit(String name, Camera from, Function<Camera, Frame> frames) {
		double[] runs = new double[RUNS];
		for (int run = -WARM_UP; run < RUNS; run++) {
			long cpu = Figures.processCpu();
			for (int i = 0; i < FRAMES; i++) {
				target.draw(frames.apply(from.orbit(i * 3, 0)), 0);
			}
			if (run >= 0) {
				runs[run] = (Figures.processCpu() - cpu) / 1e6 / FRAMES;
			}
		}
		Figures.print(name, runs, "CPU-ms a picture");
	}

	/** A still picture with all that can be told apart, in slices: how many, and the longest on the thread that draws. */
	private void slices(String name, SceneModel scene, Camera camera) {
		List<Double> walls = new ArrayList<>();
		for (int i = 0; i < FRAMES; i++) {
			Frame frame = frame(scene, camera.orbit(i, 0), FrameBuilder.STILL);
			boolean done = false;
			while (!done) {
				done = target.draw(frame, 0, SLICE);
				walls.add(target.lastFrameNanos() / 1e6);
			}
		}
		walls.sort(null);
		Figures.print(name + ".slices", walls.size() / (double) FRAMES, "slices a picture");
		Figures.print(name + ".slice.p95", walls.get((int) (walls.size() * .95)), "ms on the wall of a slice, 95 of 100 are below");
	}

	private void pulse(String name, Frame frame) {
		double[] runs = new double[RUNS];
		target.draw(frame, 0);
		for (int run = 0; run < RUNS; run++) {
			long cpu = Figures.processCpu();
			for (int i = 1; i <= 50; i++) {
				target.draw(frame, i * .08);
			}
			runs[run] = (Figures.processCpu() - cpu) / 1e6 / 50;
		}
		Figures.print(name, runs, frame.pulses() ? "CPU-ms of a pulse over the layer that is kept" : "CPU-ms, nothing pulses");
	}

	private void pick(String name, Shown shown, Camera camera) {
		Frame frame = frame(shown.scene(), camera, FrameBuilder.STILL);
		double[] runs = new double[RUNS];
		int hits = 0;
		for (int run = -1; run < RUNS; run++) {
			long cpu = Figures.threadCpu();
			for (int i = 0; i < 2500; i++) {
				hits += shown.picker().pick(camera.ray(i % 50 / 50f, i / 50 / 50f, ASPECT), frame.detail()).isPresent() ? 1 : 0;
			}
			if (run >= 0) {
				runs[run] = (Figures.threadCpu() - cpu) / 1e6 / 2500;
			}
		}
		Figures.print(name, runs, "CPU-ms a pick, " + hits * 100 / (2500 * (RUNS + 1)) + " of 100 hit");
	}
}
