// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import com.jogamp.opengl.GLAutoDrawable;
import com.jogamp.opengl.GLCapabilities;
import com.jogamp.opengl.GLDrawableFactory;

/** Draws where nobody sees it: for pictures in files and for tests. Needs an X display all the same. */
public final class OffscreenTarget extends DrawableTarget {
	private OffscreenTarget(GLAutoDrawable drawable) {
		super(drawable);
	}

	/**
	 * Makes one.
	 *
	 * @param width  in pixels
	 * @param height in pixels
	 * @throws GlUnavailableException with a sentence
	 */
	public static OffscreenTarget create(int width, int height) throws GlUnavailableException {
		GLCapabilities capabilities = GlSupport.capabilities();
		capabilities.setOnscreen(false);
		capabilities.setFBO(true);
		capabilities.setDoubleBuffered(false);
		try {
			GLDrawableFactory factory = GLDrawableFactory.getFactory(capabilities.getGLProfile());
			return new OffscreenTarget(factory.createOffscreenAutoDrawable(factory.getDefaultDevice(), capabilities, null, width, height));
		} catch (RuntimeException e) {
			throw new GlUnavailableException("OpenGL could not make a picture of " + width + " × " + height + ": " + e.getMessage(), e);
		}
	}
}
