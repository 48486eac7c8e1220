// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lib.jogl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.Test;

import com.jogamp.opengl.DefaultGLCapabilitiesChooser;
import com.jogamp.opengl.GLAutoDrawable;
import com.jogamp.opengl.GLCapabilities;
import com.jogamp.opengl.GLDrawableFactory;
import com.jogamp.opengl.GLProfile;
import com.jogamp.opengl.swt.GLCanvas;

/** JOGL's classes find their natives, and draw with OpenGL 3.3 core, off screen and in an SWT canvas. Needs an X display. */
class JoglSmokeTest {

    private final GLProfile profile = GLProfile.get(GLProfile.GL3);

    @Test
    void drawsOffScreenIntoAFramebufferObject() {
        GLCapabilities wanted = new GLCapabilities(profile);
        wanted.setOnscreen(false);
        wanted.setFBO(true);
        wanted.setDoubleBuffered(false);
        GLDrawableFactory factory = GLDrawableFactory.getFactory(profile);
        GLAutoDrawable drawable = factory.createOffscreenAutoDrawable(factory.getDefaultDevice(), wanted,
                new DefaultGLCapabilitiesChooser(), 320, 200);
        TriangleScene scene = new TriangleScene();
        try {
            drawable.addGLEventListener(scene);
            drawable.display();
            assertTrue(drawable.getChosenGLCapabilities().isFBO(), drawable.getChosenGLCapabilities().toString());
            assertShows(scene);
        } finally {
            drawable.destroy();
        }
    }

    @Test
    void drawsInAnSwtCanvasAndFollowsItsSize() {
        Display display = Display.getDefault();
        Shell shell = new Shell(display);
        try {
            shell.setLayout(new FillLayout());
            GLCanvas canvas = GLCanvas.create(shell, SWT.NONE, new GLCapabilities(profile), null);
            TriangleScene scene = new TriangleScene();
            canvas.addGLEventListener(scene);
            shell.setSize(400, 300);
            shell.open();
            drawUntilSized(display, canvas, scene);
            assertShows(scene);
            int before = scene.frames();
            shell.setSize(640, 480);
            drawUntilSized(display, canvas, scene);
            assertTrue(scene.frames() > before);
            assertShows(scene);
        } finally {
            shell.dispose();
        }
    }

    /** Lets SWT lay out the canvas, and draws until JOGL's surface has taken on its size. */
    private static void drawUntilSized(Display display, GLCanvas canvas, TriangleScene scene) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        int first = scene.frames();
        while (System.nanoTime() < deadline) {
            while (display.readAndDispatch()) {
                continue;
            }
            canvas.display();
            var area = canvas.getClientArea();
            if (scene.frames() > first + 1 && area.width > 1 && canvas.getSurfaceWidth() >= area.width
                    && canvas.getSurfaceHeight() >= area.height) {
                return;
            }
        }
        throw new AssertionError("the canvas is " + canvas.getClientArea() + ", its surface " + canvas.getSurfaceWidth()
                + " × " + canvas.getSurfaceHeight() + " after " + scene.frames() + " frames");
    }

    private static void assertShows(TriangleScene scene) {
        assertEquals(hex(TriangleScene.TRIANGLE), hex(scene.lowerLeft()), scene.renderer());
        assertEquals(hex(TriangleScene.GROUND), hex(scene.upperRight()), scene.renderer());
    }

    private static String hex(int colour) {
        return "#%06x".formatted(colour);
    }
}
