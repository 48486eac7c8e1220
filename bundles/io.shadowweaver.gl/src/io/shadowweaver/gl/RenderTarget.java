// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import org.eclipse.swt.graphics.ImageData;

import io.shadowweaver.scene.draw.Frame;

/** Where frames are drawn. One thread uses it, that which made it; for a canvas the UI thread. */
public interface RenderTarget extends AutoCloseable {
	/**
	 * Draws a frame. What does not pulse is kept, so that the same frame again costs a copy and what pulses.
	 *
	 * @param frame   what to draw
	 * @param seconds the phase of everything that pulses
	 */
	void draw(Frame frame, double seconds);

	/**
	 * Draws a part of a frame, so that the thread is free again soon; until all of it is drawn, the frame before it is shown. The
	 * first frame is drawn at once.
	 *
	 * @param frame   what to draw: the same until it is done; another one begins anew
	 * @param seconds the phase of everything that pulses
	 * @param nanos   how long this may take, about
	 * @return whether all of it is drawn and shown
	 */
	boolean draw(Frame frame, double seconds, long nanos);

	/**
	 * What was drawn last, as a picture.
	 *
	 * @return at the size of the target, 24 bits a pixel
	 * @throws IllegalStateException when nothing was drawn yet
	 */
	ImageData picture();

	/** The width in pixels of the device. */
	int width();

	/** The height in pixels of the device. */
	int height();

	/** What draws, such as {@code llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5}; empty before the first frame. */
	String renderer();

	/** Whether it draws in software, where every pixel costs. */
	default boolean isSoftware() {
		String name = renderer().toLowerCase(java.util.Locale.ROOT);
		return name.contains("llvmpipe") || name.contains("softpipe") || name.contains("swrast");
	}

	/** How long the last frame took on the calling thread, in nanoseconds. */
	long lastFrameNanos();

	@Override
	void close();
}
