// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import com.jogamp.opengl.GLCapabilities;
import com.jogamp.opengl.swt.GLCanvas;

/** Draws into a control of SWT. UI thread only; closed by disposing the control. */
public final class CanvasTarget extends DrawableTarget {
	private final GLCanvas canvas;

	private CanvasTarget(GLCanvas canvas) {
		super(canvas);
		this.canvas = canvas;
	}

	/**
	 * Makes a canvas.
	 *
	 * @param parent where
	 * @throws GlUnavailableException with a sentence; nothing was made
	 */
	public static CanvasTarget create(Composite parent) throws GlUnavailableException {
		var obstacle = GlSupport.obstacle(System.getenv(), SWT.getPlatform());
		if (obstacle.isPresent()) {
			throw new GlUnavailableException(obstacle.get(), null);
		}
		GLCapabilities capabilities = GlSupport.capabilities();
		GLCanvas canvas = null;
		try {
			canvas = GLCanvas.create(parent, SWT.NONE, capabilities, null);
			return new CanvasTarget(canvas);
		} catch (RuntimeException | LinkageError e) {
			if (canvas != null) {
				canvas.dispose();
			}
			throw new GlUnavailableException("OpenGL could not be started in this window: " + e.getMessage(), e);
		}
	}

	/** The control, for layout and input. */
	public Control control() {
		return canvas;
	}

	/** Pixels of the device in a point of SWT. */
	public float scale() {
		int points = canvas.getSize().x;
		return points > 0 && width() > 0 ? Math.max(1, (float) width() / points) : 1;
	}

	@Override
	public void close() {
		if (!canvas.isDisposed()) {
			canvas.dispose();
		}
	}
}
