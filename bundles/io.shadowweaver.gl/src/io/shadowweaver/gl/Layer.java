// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;

/** A picture of our own with depth, in the memory of the device. */
final class Layer {
	private final int[] frameBuffer = new int[1];
	private final int[] buffers = new int[2];
	private int width;
	private int height;

	/** Makes it ready to be drawn into, at a size. */
	void bind(GL3 gl, int newWidth, int newHeight) {
		if (frameBuffer[0] == 0) {
			gl.glGenFramebuffers(1, frameBuffer, 0);
			gl.glGenRenderbuffers(2, buffers, 0);
		}
		gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frameBuffer[0]);
		if (newWidth != width || newHeight != height) {
			width = newWidth;
			height = newHeight;
			gl.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffers[0]);
			gl.glRenderbufferStorage(GL.GL_RENDERBUFFER, GL.GL_RGBA8, width, height);
			gl.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_RENDERBUFFER, buffers[0]);
			gl.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffers[1]);
			gl.glRenderbufferStorage(GL.GL_RENDERBUFFER, GL.GL_DEPTH_COMPONENT24, width, height);
			gl.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, GL.GL_RENDERBUFFER, buffers[1]);
			int status = gl.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER);
			if (status != GL.GL_FRAMEBUFFER_COMPLETE) {
				throw new IllegalStateException("a framebuffer of " + width + " × " + height + " cannot be made: 0x" + Integer.toHexString(status));
			}
		}
		gl.glViewport(0, 0, width, height);
	}

	/** Copies it into another one of the same size, colours and depth. */
	void copyTo(GL3 gl, Layer other) {
		other.bind(gl, width, height);
		gl.glBindFramebuffer(GL3.GL_READ_FRAMEBUFFER, frameBuffer[0]);
		gl.glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT, GL.GL_NEAREST);
		gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, other.frameBuffer[0]);
	}

	/** Copies its colours to what is shown; stretched when that has got another size meanwhile. */
	void show(GL3 gl, int target, int toWidth, int toHeight) {
		gl.glBindFramebuffer(GL3.GL_READ_FRAMEBUFFER, frameBuffer[0]);
		gl.glBindFramebuffer(GL3.GL_DRAW_FRAMEBUFFER, target);
		gl.glBlitFramebuffer(0, 0, width, height, 0, 0, toWidth, toHeight, GL.GL_COLOR_BUFFER_BIT,
				width == toWidth && height == toHeight ? GL.GL_NEAREST : GL.GL_LINEAR);
		gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, target);
	}

	/** Binds it for reading. */
	void bindForReading(GL3 gl) {
		gl.glBindFramebuffer(GL3.GL_READ_FRAMEBUFFER, frameBuffer[0]);
	}

	void dispose(GL3 gl) {
		if (frameBuffer[0] != 0) {
			gl.glDeleteFramebuffers(1, frameBuffer, 0);
			gl.glDeleteRenderbuffers(2, buffers, 0);
			frameBuffer[0] = 0;
			width = 0;
			height = 0;
		}
	}
}
