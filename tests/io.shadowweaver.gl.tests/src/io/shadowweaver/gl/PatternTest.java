// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.FrameBuilder;

/**
 * What is live, predicted or stale is told apart without any colour: in the luminance alone, what is live is even, what is predicted has stripes that
 * rise to the right, what is stale has stripes that fall.
 */
class PatternTest {
	private static final int WIDTH = 800;
	private static final int HEIGHT = 600;
	private static final float ASPECT = (float) WIDTH / HEIGHT;
	private static final float WIDER = 1.2f;

	private static OffscreenTarget target;
	private static GlyphSource glyphs;

	/** How much the luminance, 0 to 255, changes on the way to the upper right and to the lower right. */
	private record Stripes(double up, double down) {
		boolean rise() {
			return down > 3 * up + 3;
		}

		boolean fall() {
			return up > 3 * down + 3;
		}

		boolean even() {
			return up < 1 && down < 1;
		}
	}

	@BeforeAll
	static void open() throws GlUnavailableException {
		glyphs = new GlyphSource(Display.getDefault(), 1);
		target = OffscreenTarget.create(WIDTH, HEIGHT);
	}

	@AfterAll
	static void close() {
		target.close();
	}

	private static SceneModel scene(Palette palette) {
		return new SceneBuilder().build(SyntheticEstate.of(60), ViewSettings.defaults(ZoneOffset.UTC).withPalette(palette), PastValues.NONE, Duration.ZERO);
	}

	private static ImageData picture(SceneModel scene, Camera camera) {
		target.draw(FrameBuilder.build(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas()), 0);
		return target.picture();
	}

	private static double luma(ImageData picture, int x, int y) {
		int rgb = picture.getPixel(x, y);
		return .2126 * (rgb >> 16 & 255) + .7152 * (rgb >> 8 & 255) + .0722 * (rgb & 255);
	}

	private static Stripes stripes(ImageData picture, List<Vector3f> points) {
		double up = 0;
		double down = 0;
		for (Vector3f point : points) {
			int x = Math.round(point.x * WIDTH);
			int y = Math.round(point.y * HEIGHT);
			double here = luma(picture, x, y);
			up += Math.abs(here - luma(picture, x + 2, y - 2));
			down += Math.abs(here - luma(picture, x + 2, y + 2));
		}
		return new Stripes(up / points.size(), down / points.size());
	}

	/** Points of the middle of the top of a block. */
	private static List<Vector3f> top(Node node, Camera camera) {
		List<Vector3f> points = new ArrayList<>();
		float half = node.size() / 2 * .6f;
		for (float a = -half; a <= half; a += half / 8) {
			for (float b = -half; b <= half; b += half / 8) {
				points.add(Camera.project(camera.matrix(ASPECT), node.x() + a, node.y() + b, node.height() + .002f));
			}
		}
		return points;
	}

	/** Points of the wall of its shadow, above the block. */
	private static List<Vector3f> wall(Node node, Camera camera) {
		List<Vector3f> points = new ArrayList<>();
		float half = node.size() / 2;
		float from = node.height() + .02f;
		float to = node.ghost().orElseThrow().median() - .09f;
		for (float along = -half; along <= half; along += half / 10) {
			for (float z = from; z <= to; z += (to - from) / 8) {
				points.add(Camera.project(camera.matrix(ASPECT), node.x() + half * WIDER, node.y() + along, z));
			}
		}
		return points;
	}

	private static Camera near(Node node, float elevation) {
		return new Camera(node.x(), node.y(), node.height(), 45, elevation, 3, false);
	}

	@Test
	void thePredictedIsStripedWhereTheLiveIsEven() {
		for (Palette palette : Palette.all()) {
			SceneModel scene = scene(palette);
			Node node = scene.nodes().stream().filter(one -> one.alarm().isEmpty() && !one.stale() && one.group().contains("app")
					&& one.ghost().filter(ghost -> ghost.drawn() && ghost.median() > one.height() + .25f).isPresent()).findFirst().orElseThrow();
			Camera side = near(node, 30);
			Stripes predicted = stripes(picture(scene, side), wall(node, side));
			assertTrue(predicted.rise(), palette.id() + ": the shadow of " + node.id() + " has no stripes: " + predicted);
			Camera above = near(node, 90);
			Stripes live = stripes(picture(scene, above), top(node, above));
			assertTrue(live.even(), palette.id() + ": the top of " + node.id() + " is not even: " + live);
		}
	}

	@Test
	void theStaleIsStripedTheOtherWay() {
		for (Palette palette : Palette.all()) {
			SceneModel scene = scene(palette);
			Node node = scene.nodes().stream().filter(one -> one.stale() && !one.lifecycle().isComing()).findFirst().orElseThrow();
			Camera above = near(node, 90);
			Stripes stale = stripes(picture(scene, above), top(node, above));
			assertTrue(stale.fall(), palette.id() + ": " + node.id() + " has no hatch: " + stale);
		}
	}

}
