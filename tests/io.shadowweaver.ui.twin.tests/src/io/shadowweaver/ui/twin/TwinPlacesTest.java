// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.model.application.ui.MElementContainer;
import org.eclipse.e4.ui.model.application.ui.MUIElement;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.Test;

import com.jogamp.opengl.GLAutoDrawable;
import com.jogamp.opengl.GLContext;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;

/** The twin in its places: torn off, behind another tab, in another size, closed and opened again, in two windows. */
class TwinPlacesTest extends TwinOnScreen {
	private static final int ROUNDS = 4;

	@Test
	void detachedAndAttachedAgainItIsDrawnAndPicked() {
		Shell window = canvas.control().getShell();
		EModelService model = twin.getSite().getService(EModelService.class);
		MPart part = twin.getSite().getService(MPart.class);
		MElementContainer<MUIElement> home = part.getParent();
		model.detach(part, 200, 150, 900, 700);
		SCREEN.await("a window of its own", () -> canvas.control().getShell() != window && canvas.control().isVisible());
		assertSame(canvas, twin.canvas().orElseThrow(), "the same twin, from where it was looked at");
		SCREEN.awaitPicture(canvas);
		pick(canvas, "web-12");
		Shell torn = canvas.control().getShell();
		assertNotSame(window, torn);
		model.move(part, home);
		home.setSelectedElement(part);
		SCREEN.await("the window of before", () -> canvas.control().getShell() == window && canvas.control().isVisible());
		SCREEN.awaitPicture(canvas);
		pick(canvas, "web-1");
		SCREEN.await("the end of the window that is empty", torn::isDisposed);
	}

	@Test
	void behindAnotherTabItDrawsNothingAndComesBackWithWhatIsNewMeanwhile() throws Exception {
		IEclipsePreferences preferences = InstanceScope.INSTANCE.getNode(Palettes.NODE);
		TwinEditor other = (TwinEditor) page.openEditor(new TwinInput(), TwinEditor.ID, true, IWorkbenchPage.MATCH_NONE);
		SCREEN.awaitPicture(other.canvas().orElseThrow());
		assertFalse(canvas.control().isVisible());
		long frames = canvas.frames();
		String colours = colours();
		try {
			preferences.putBoolean(Palettes.SAFE, true);
			SCREEN.await("the other colours", () -> !colours().equals(colours));
			SCREEN.awaitPicture(other.canvas().orElseThrow());
			assertEquals(frames, canvas.frames(), "what is hidden is drawn");
			page.activate(twin);
			SCREEN.awaitPicture(canvas);
			pick(canvas, "web-12");
		} finally {
			preferences.remove(Palettes.SAFE);
		}
	}

	private String colours() {
		return canvas.picture().orElseThrow().scene().view().palette().id();
	}

	@Test
	void anotherSizeIsFilledAndPicked() {
		Shell window = canvas.control().getShell();
		Point size = window.getSize();
		Point was = canvas.control().getSize();
		window.setSize(size.x - 300, size.y - 200);
		SCREEN.await("the size", () -> canvas.control().getSize().x < was.x);
		SCREEN.awaitPicture(canvas);
		pick(canvas, "web-12");
		window.setSize(size);
		SCREEN.await("the size of before", () -> canvas.control().getSize().equals(was));
		SCREEN.awaitPicture(canvas);
		pick(canvas, "web-1");
	}

	@Test
	void closedAndOpenedAgainItLeavesNothingBehind() throws Exception {
		List<WeakReference<Object>> closed = new ArrayList<>();
		List<GLContext> contexts = new ArrayList<>();
		long threads = sceneThreads();
		long sockets = sockets();
		for (int i = 0; i < ROUNDS; i++) {
			closed.add(new WeakReference<>(twin));
			closed.add(new WeakReference<>(canvas));
			all(twin.getSite().getService(MPart.class).getWidget() instanceof Composite whole ? whole : canvas.control().getParent(), closed);
			contexts.add(((GLAutoDrawable) canvas.control()).getContext());
			twin = null;
			canvas = null;
			assertTrue(page.closeAllEditors(false));
			show();
		}
		for (GLContext context : contexts) {
			assertFalse(context.isCreated(), "a context of OpenGL is left");
		}
		contexts.clear();
		SCREEN.await(() -> "the end of the threads of closed twins, " + sceneThreads() + " after " + threads, () -> sceneThreads() == threads);
		SCREEN.await(() -> "the end of the connections to the display, " + sockets() + " after " + sockets, () -> sockets() <= sockets);
		SCREEN.await(() -> "the end of " + left(closed), () -> {
			System.gc();
			return left(closed).isEmpty();
		});
		pick(canvas, "web-12");
	}

	private static void all(Composite parent, List<WeakReference<Object>> into) {
		for (Control child : parent.getChildren()) {
			into.add(new WeakReference<>(child));
			if (child instanceof Composite composite) {
				all(composite, into);
			}
		}
	}

	private static String left(List<WeakReference<Object>> closed) {
		return closed.stream().map(WeakReference::get).filter(one -> one != null).map(one -> one.getClass().getSimpleName()).sorted().collect(Collectors.joining(" "));
	}

	private static long sceneThreads() {
		return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("shadowweaver-scene")).count();
	}

	/** Open sockets to other processes on this machine: each connection to the display is one. */
	private static long sockets() {
		try (var open = Files.list(Path.of("/proc/self/fd"))) {
			return open.filter(TwinPlacesTest::isSocket).count();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		} catch (IOException e) {
			// closed meanwhile
			return false;
		}
	}

	@Test
	void twoTwinsInTwoWindowsShareWhatIsSelectedAndNotFromWhereTheyLook() throws Exception {
		IWorkbenchWindow first = page.getWorkbenchWindow();
		Shell window = first.getShell();
		Point size = window.getSize();
		first.getService(IHandlerService.class).executeCommand("org.eclipse.ui.window.newWindow", null);
		IWorkbenchWindow second = WORKBENCH.getActiveWorkbenchWindow();
		assertNotSame(first, second);
		try {
			SCREEN.await("the twin of the new window", () -> second.getActivePage().getActiveEditor() instanceof TwinEditor);
			TwinEditor other = (TwinEditor) second.getActivePage().getActiveEditor();
			page.toggleZoom(page.getReference(twin));
			second.getActivePage().toggleZoom(second.getActivePage().getReference(other));
			window.setBounds(0, 0, 830, 1000);
			second.getShell().setBounds(840, 0, 830, 1000);
			TwinCanvas beside = other.canvas().orElseThrow();
			SCREEN.awaitPicture(beside);
			SCREEN.awaitPicture(canvas);
			pick(beside, "web-12");
			SCREEN.await("the outline in the first one", () -> canvas.picture().orElseThrow().scene().node("web-12").orElseThrow().selected());
			SCREEN.awaitPicture(canvas);
			Camera camera = canvas.camera();
			Point middle = new Point(beside.control().getSize().x / 2, beside.control().getSize().y / 2);
			SCREEN.drag(beside.control(), middle, new Point(middle.x + 80, middle.y));
			assertNotEquals(camera.azimuth(), beside.camera().azimuth());
			assertEquals(camera, canvas.camera());
			SCREEN.awaitPicture(beside);
			assertTrue(second.close());
			SCREEN.await("the end of the second one", () -> beside.control().isDisposed());
			SCREEN.awaitPicture(canvas);
			pick(canvas, "web-1");
		} finally {
			second.close();
			if (page.isPageZoomed()) {
				page.toggleZoom(page.getReference(twin));
			}
			window.setSize(size);
		}
		assertEquals(List.of(Item.resource("web-1")), selection.items());
	}
}
