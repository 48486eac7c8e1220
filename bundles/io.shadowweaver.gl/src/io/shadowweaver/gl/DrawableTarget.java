// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.nio.ByteBuffer;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;

import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;
import com.jogamp.opengl.GLAutoDrawable;
import com.jogamp.opengl.GLEventListener;

import io.shadowweaver.scene.draw.Frame;

/** Draws into a drawable of JOGL, whichever it is. */
class DrawableTarget implements RenderTarget {
	private final GLAutoDrawable drawable;
	private final SceneRenderer scene = new SceneRenderer();
	private Frame frame;
	private double seconds;
	private String renderer = "";
	private long nanos;
	private boolean reading;
	private boolean complete;
	private long allowed = Long.MAX_VALUE;
	private ByteBuffer pixels;
	private RuntimeException failure;

	DrawableTarget(GLAutoDrawable drawable) {
		this.drawable = drawable;
		drawable.addGLEventListener(new GLEventListener() {
			@Override
			public void init(GLAutoDrawable source) {
				GL3 gl = source.getGL().getGL3();
				renderer = gl.glGetString(GL.GL_RENDERER) + ", OpenGL " + gl.glGetString(GL.GL_VERSION);
				guard(() -> scene.init(gl));
			}

			@Override
			public void display(GLAutoDrawable source) {
				guard(() -> show(source.getGL().getGL3(), source));
			}

			@Override
			public void reshape(GLAutoDrawable source, int x, int y, int width, int height) {
				// the next frame has the new size; until then the last one is stretched
			}

			@Override
			public void dispose(GLAutoDrawable source) {
				scene.dispose(source.getGL().getGL3());
			}
		});
	}

	/** JOGL wraps what a listener throws, or prints it: it is kept, and thrown to the caller. */
	private void guard(Runnable work) {
		try {
			work.run();
		} catch (RuntimeException e) {
			failure = e;
		}
	}

	private void show(GL3 gl, GLAutoDrawable source) {
		if (frame == null) {
			gl.glClearColor(.07f, .086f, .11f, 1);
			gl.glClear(GL.GL_COLOR_BUFFER_BIT);
			return;
		}
		long start = System.nanoTime();
		complete = scene.draw(gl, frame, seconds, gl.getDefaultDrawFramebuffer(), source.getSurfaceWidth(), source.getSurfaceHeight(),
				allowed == Long.MAX_VALUE ? allowed : start + allowed);
		if (reading) {
			pixels = scene.read(gl);
			gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, gl.getDefaultDrawFramebuffer());
		}
		gl.glFinish();
		nanos = System.nanoTime() - start;
	}

	@Override
	public void draw(Frame next, double phase) {
		draw(next, phase, Long.MAX_VALUE);
	}

	@Override
	public boolean draw(Frame next, double phase, long time) {
		allowed = time;
		frame = next;
		seconds = phase;
		display();
		return complete;
	}

	private void display() {
		drawable.display();
		if (failure != null) {
			RuntimeException thrown = failure;
			failure = null;
			throw thrown;
		}
	}

	@Override
	public ImageData picture() {
		if (frame == null) {
			throw new IllegalStateException("nothing was drawn yet");
		}
		reading = true;
		allowed = Long.MAX_VALUE;
		display();
		reading = false;
		int width = frame.width();
		int height = frame.height();
		ImageData image = new ImageData(width, height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		byte[] row = new byte[width * 3];
		for (int y = 0; y < height; y++) {
			pixels.position((height - 1 - y) * width * 3);
			pixels.get(row);
			System.arraycopy(row, 0, image.data, y * image.bytesPerLine, row.length);
		}
		return image;
	}

	@Override
	public int width() {
		return drawable.getSurfaceWidth();
	}

	@Override
	public int height() {
		return drawable.getSurfaceHeight();
	}

	@Override
	public String renderer() {
		return renderer;
	}

	@Override
	public long lastFrameNanos() {
		return nanos;
	}

	@Override
	public void close() {
		drawable.destroy();
	}
}
