// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** Writes pictures of a synthetic estate into a folder, and says what a frame costs: {@code Pictures FOLDER [RESOURCES…]}. */
final class Pictures {
	private Pictures() {
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createDirectories(Path.of(arguments[0]));
		Display display = Display.getDefault();
		GlyphSource glyphs = new GlyphSource(display, 1);
		for (int i = 1; i < arguments.length; i++) {
			int count = Integer.parseInt(arguments[i]);
			WeaverState state = SyntheticEstate.of(count);
			ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
			try (OffscreenTarget target = OffscreenTarget.create(1280, 800)) {
				write(folder, count + "-dark", target, state, view.withSelection(Set.of("web-2")).withHover("db-1"), glyphs, null);
				System.out.println(target.renderer() + " " + target.isSoftware());
				write(folder, count + "-safe-light", target, state, view.withPalette(Palette.SAFE_LIGHT), glyphs, null);
				write(folder, count + "-confidence", target, state, view.withHeat(HeatMode.CONFIDENCE), glyphs, null);
				write(folder, count + "-difference", target, state, view.withHeat(HeatMode.DIFFERENCE).withPalette(Palette.LIGHT), glyphs, null);
				write(folder, count + "-tide", target, state, view.withTide(true), glyphs, null);
				write(folder, count + "-beside", target, state, view.withStyle(ShadowStyle.BESIDE).withReducedMotion(true), glyphs, null);
				write(folder, count + "-nothing", target, state, view.withUnattended(1).withCompare(true), glyphs, null);
				write(folder, count + "-mirrored", target, state, view.withStyle(ShadowStyle.MIRRORED), glyphs, null);
				Camera near = Camera.fit(scene(state, view).bounds(), 1.6f).zoom(.4f).pan(-.3f, .1f);
				write(folder, count + "-near", target, state, view, glyphs, near);
				write(folder, count + "-perspective", target, state, view, glyphs, Camera.fit(scene(state, view).bounds(), 1.6f).withPerspective(true));
				write(folder, count + "-top", target, state, view, glyphs, Camera.fit(scene(state, view).bounds(), 1.6f).top());
				measure(count, target, state, view, glyphs);
			}
		}
	}

	private static SceneModel scene(WeaverState state, ViewSettings view) {
		return new SceneBuilder().build(state, view, PastValues.NONE, Duration.ZERO);
	}

	private static void write(Path folder, String name, OffscreenTarget target, WeaverState state, ViewSettings view, GlyphSource glyphs,
			Camera camera) {
		SceneModel scene = scene(state, view);
		Camera from = camera == null ? Camera.fit(scene.bounds(), 1.6f, .06f) : camera;
		target.draw(FrameBuilder.build(scene, from, 1280, 800, 1, glyphs.atlas()), .5);
		ImageLoader loader = new ImageLoader();
		loader.data = new ImageData[] { target.picture() };
		loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
	}

	/** Time on all processors, that of the threads of the software renderer included: does not depend on the load of the machine. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	/** What one frame costs on the processor: the whole of it, and what is drawn again while something pulses. */
	private static void measure(int count, OffscreenTarget target, WeaverState state, ViewSettings view, GlyphSource glyphs) {
		SceneBuilder builder = new SceneBuilder();
		long model = 0;
		long arrays = 0;
		long whole = 0;
		long again = 0;
		int rounds = 30;
		for (int i = -10; i < rounds; i++) {
			long start = cpu();
			SceneModel scene = builder.build(state, view, PastValues.NONE, Duration.ZERO);
			long built = cpu();
			Frame frame = FrameBuilder.build(scene, Camera.fit(scene.bounds(), 1.6f, .06f).orbit(i, 0), 1280, 800, 1, glyphs.atlas());
			long filled = cpu();
			target.draw(frame, 0);
			long drawn = cpu();
			target.draw(frame, .3);
			long pulsed = cpu();
			if (i >= 0) {
				model += built - start;
				arrays += filled - built;
				whole += drawn - filled;
				again += pulsed - drawn;
			}
		}
		double unit = 1e6 * rounds;
		System.out.printf("scene.%d.model.ms: %.2f%nscene.%d.arrays.ms: %.2f%nscene.%d.frame.ms: %.2f%nscene.%d.pulse.ms: %.2f%n", count, model / unit,
				count, arrays / unit, count, whole / unit, count, again / unit);
	}
}
