// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.junit.jupiter.api.Test;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.draw.LabelPlacer;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Scenarios;

/** The real mouse in the twin: it turns, picks and pulls. */
class RealMouseTest extends TwinOnScreen {
	private static final String WEB = "group:web";

	@Test
	void aDragTurnsThePictureAndAClickPicksWhatIsSeenThere() {
		Camera start = canvas.camera();
		ImageData first = SCREEN.seen(canvas.control());
		Point size = canvas.control().getSize();
		Point from = new Point(size.x / 2, size.y / 2);
		SCREEN.drag(canvas.control(), from, new Point(from.x + 90, from.y + 20));
		assertNotEquals(start.azimuth(), canvas.camera().azimuth());
		assertEquals(List.of(), selection.items(), "a drag is no click");
		SCREEN.awaitPicture(canvas);
		double turned = Screen.difference(first, SCREEN.seen(canvas.control()));
		assertTrue(turned > .01, turned + " of the picture has changed");
		pick(canvas, "web-12");
		pick(canvas, "web-1");
	}

	@Test
	void theHandleOfTrafficIsPulledAndTheShadowGrows() {
		activate(woven);
		Scenarios scenarios = WORKBENCH.getService(Scenarios.class);
		SCREEN.await("the web servers with their shadows", () -> canvas.frame().filter(frame -> frame.estate().id().equals(woven)).isPresent() && !Double.isNaN(predicted()));
		// from here on it is not fitted to what comes
		canvas.camera(canvas.camera());
		SCREEN.awaitPicture(canvas);
		pick(canvas, web().getFirst().id());
		SCREEN.await("the handle of their traffic", () -> handle().isPresent());
		double before = predicted();
		ImageData first = SCREEN.seen(canvas.control());
		LabelPlacer.Placed handle = handle().orElseThrow();
		float scale = (float) canvas.picture().orElseThrow().frame().width() / canvas.control().getSize().x;
		Point at = new Point(Math.round((handle.x() + handle.width() / 2) / scale), Math.round((handle.y() + handle.height() / 2) / scale));
		Camera camera = canvas.camera();
		SCREEN.drag(canvas.control(), at, new Point(at.x, at.y - (int) GroupHandle.DOUBLES));
		Scenarios.Entry entry = scenarios.shown().orElseThrow();
		try {
			assertEquals(List.of(Change.Traffic.of(WEB, 2)), entry.scenario().changes());
			assertEquals(camera, canvas.camera(), "the camera stands still");
			SCREEN.await(() -> "the shadow of twice the traffic, " + predicted() + " after " + before, () -> canvas.frame().orElseThrow().scenario().isPresent() && predicted() > 1.3 * before);
			SCREEN.awaitPicture(canvas);
			double changed = Screen.difference(first, SCREEN.seen(canvas.control()));
			assertTrue(changed > .002, changed + " of the picture has changed");
			scenarios.undo(entry.id());
			SCREEN.await(() -> "the shadow of before, " + before + ", instead of " + predicted(), () -> predicted() < 1.1 * before);
		} finally {
			scenarios.remove(entry.id());
		}
	}

	private List<Node> web() {
		return canvas.picture().map(picture -> picture.scene().nodes().stream().filter(node -> node.group().equals(WEB)).toList()).orElse(List.of());
	}

	/** The highest utilisation of the web servers that their shadows show; {@code NaN} before there are shadows. */
	private double predicted() {
		return web().stream().flatMap(node -> node.ghost().stream()).mapToDouble(ghost -> ghost.predicted()).max().orElse(Double.NaN);
	}

	private Optional<LabelPlacer.Placed> handle() {
		return canvas.picture().orElseThrow().frame().handles().stream().filter(placed -> placed.label().subject().equals(WEB)).findFirst();
	}

	@Test
	void whatIsLookedAtIsNamedUnderTheMouse() {
		Point at = Screen.at(canvas, "web-12");
		SCREEN.input(List.of("mousemove", String.valueOf(canvas.control().toDisplay(at).x), String.valueOf(canvas.control().toDisplay(at).y)));
		SCREEN.await("the name", () -> canvas.picture().orElseThrow().scene().labels().stream().anyMatch(label -> label.subject().equals("web-12")));
		SCREEN.awaitPicture(canvas);
		assertEquals(List.<Item>of(), selection.items());
	}
}
