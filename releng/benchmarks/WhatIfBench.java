// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.swt.widgets.Display;

import io.shadowweaver.bench.Figures;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Imaginer;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.RandomEstate;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.FrameBuilder;

/** From a step of a drag to its effect, roughly and exactly, and on to the picture of it: CPU time of all threads, and time on the wall. */
public final class WhatIfBench {
	private static final int RUNS = 9;
	private static final int WIDTH = 1280;
	private static final int HEIGHT = 800;
	private static final int MEMBERS = 150;

	private final OffscreenTarget target;
	private final GlyphSource glyphs;
	private final SceneBuilder builder = new SceneBuilder();

	private WhatIfBench(OffscreenTarget target, GlyphSource glyphs) {
		this.target = target;
		this.glyphs = glyphs;
	}

	/** {@code RESOURCES…}. */
	public static void main(String[] arguments) throws Exception {
		GlyphSource glyphs = new GlyphSource(Display.getDefault(), 1);
		try (OffscreenTarget target = OffscreenTarget.create(WIDTH, HEIGHT)) {
			for (String resources : arguments) {
				new WhatIfBench(target, glyphs).measure(Integer.parseInt(resources));
			}
		}
	}

	/** Something that is measured. */
	private interface Work {
		Imagined run(Scenario scenario) throws Exception;
	}

	private void measure(int resources) throws Exception {
		String name = "whatif." + resources;
		Base base = RandomEstate.of(7, resources, MEMBERS);
		long wall = System.nanoTime();
		long cpu = Figures.processCpu();
		Imaginer imaginer = new Imaginer(base);
		imaginer.prepare(() -> false);
		Figures.print(name + ".prepare", (Figures.processCpu() - cpu) / 1e6, "CPU-ms once a tick, before anything is dragged; cold");
		Figures.print(name + ".prepare.wall", (System.nanoTime() - wall) / 1e6, "ms of that on the wall");
		Map<String, Change> changes = new LinkedHashMap<>();
		changes.put("traffic", Change.Traffic.of("group:g3", 1.6));
		changes.put("members", new Change.Scale("g3", 1.6));
		changes.put("estate", Change.Traffic.of(Change.ESTATE, 1.6));
		for (Map.Entry<String, Change> change : changes.entrySet()) {
			String one = name + "." + change.getKey();
			measure(one + ".rough", change.getValue(), scenario -> imaginer.sketch(scenario, "cpu"), FrameBuilder.MOVING);
			measure(one + ".exact", change.getValue(), scenario -> imaginer.solve(scenario, () -> false), FrameBuilder.STILL);
		}
		measure(name + ".traffic.newtick", changes.get("traffic"), scenario -> Imagined.of(base, scenario), FrameBuilder.STILL);
	}

	private void measure(String name, Change change, Work work, int budget) throws Exception {
		double[] cpu = new double[RUNS];
		double[] wall = new double[RUNS];
		double[] pictureCpu = new double[RUNS];
		double[] pictureWall = new double[RUNS];
		for (int run = -3; run < RUNS; run++) {
			long beginCpu = Figures.processCpu();
			long begin = System.nanoTime();
			Imagined imagined = work.run(Scenario.of("run " + run, change));
			double solvedCpu = (Figures.processCpu() - beginCpu) / 1e6;
			double solved = (System.nanoTime() - begin) / 1e6;
			SceneModel scene = builder.build(imagined.state(), ViewSettings.defaults(ZoneOffset.UTC).withScenario("run"), PastValues.NONE, Duration.ZERO);
			Camera camera = Camera.fit(scene.bounds(), (float) WIDTH / HEIGHT);
			target.draw(FrameBuilder.build(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas(), budget), 0);
			if (run >= 0) {
				cpu[run] = solvedCpu;
				wall[run] = solved;
				pictureCpu[run] = (Figures.processCpu() - beginCpu) / 1e6;
				pictureWall[run] = (System.nanoTime() - begin) / 1e6;
			}
		}
		Figures.print(name, cpu, "CPU-ms until it is solved");
		Figures.print(name + ".wall", wall, "ms of that on the wall");
		Figures.print(name + ".picture", pictureCpu, "CPU-ms until the picture is drawn");
		Figures.print(name + ".picture.wall", pictureWall, "ms of that on the wall");
	}
}
