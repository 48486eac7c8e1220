// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.jogamp.common.nio.Buffers;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;

import io.shadowweaver.scene.Shape;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.GlyphAtlas;

/** Draws frames into the current context. What does not pulse is drawn once a frame into a layer of its own, and copied. */
final class SceneRenderer {
	/** With more sleeves than this, their walls behind are left out. */
	private static final int CROWD = 400;
	private Layer still = new Layer();
	private Layer next = new Layer();
	private Frame begun;
	/** What of the frame that is begun is still to be drawn. */
	private final Deque<Part> open = new ArrayDeque<>();
	/** The first instance of the first open part that is still to be drawn. */
	private int at;
	private final Layer moving = new Layer();
	private InstancedShape boxes;
	private InstancedShape[] prisms = {};
	private InstancedShape dots;
	private InstancedShape sleeves;
	private InstancedShape lines;
	private InstancedShape glyphs;
	private InstancedShape particles;
	private final int[] texture = new int[1];
	private GlyphAtlas uploaded;
	private Frame drawn;

	void init(GL3 gl) {
		boxes = new InstancedShape(gl, Shaders.BOX_VERTEX, Shaders.BOX_FRAGMENT, Meshes.box(), new int[] { 3, 3 }, new int[] { 3, 3, 3, 2 });
		prisms = new InstancedShape[Shape.values().length];
		for (Shape shape : Shape.values()) {
			if (shape != Shape.BOX) {
				prisms[shape.ordinal()] = new InstancedShape(gl, Shaders.BOX_VERTEX, Shaders.BOX_FRAGMENT, Meshes.prism(shape), new int[] { 3, 3 }, new int[] { 3, 3, 3, 2 });
			}
		}
		dots = new InstancedShape(gl, Shaders.DOT_VERTEX, Shaders.DOT_FRAGMENT, Meshes.square(), new int[] { 2 }, new int[] { 4, 4 });
		sleeves = new InstancedShape(gl, Shaders.SLEEVE_VERTEX, Shaders.SLEEVE_FRAGMENT, Meshes.sleeve(), new int[] { 3, 1 },
				new int[] { 4, 2, 3, 3 });
		lines = new InstancedShape(gl, Shaders.LINE_VERTEX, Shaders.LINE_FRAGMENT, Meshes.line(), new int[] { 2 }, new int[] { 3, 3, 4, 3 });
		particles = new InstancedShape(gl, Shaders.PARTICLE_VERTEX, Shaders.PLAIN_FRAGMENT, Meshes.square(), new int[] { 2 }, new int[] { 4, 4, 3 });
		glyphs = new InstancedShape(gl, Shaders.GLYPH_VERTEX, Shaders.GLYPH_FRAGMENT, Meshes.square(), new int[] { 2 }, new int[] { 4, 4, 4 });
		gl.glGenTextures(1, texture, 0);
		gl.glBlendFuncSeparate(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA);
		uploaded = null;
		drawn = null;
		begun = null;
	}

	/**
	 * Draws a frame, or the next part of it. Until all of a frame is drawn, the one before it is shown.
	 *
	 * @param target  the framebuffer that is shown
	 * @param width   its width
	 * @param height  its height
	 * @param seconds the phase of what pulses
	 * @param until   by {@link System#nanoTime()}, when to stop for now; {@link Long#MAX_VALUE} for never
	 * @return whether all of the frame is drawn
	 */
	boolean draw(GL3 gl, Frame frame, double seconds, int target, int width, int height, long until) {
		if (frame != drawn) {
			advance(gl, frame, drawn == null ? Long.MAX_VALUE : until);
		}
		if (drawn.pulses()) {
			still.copyTo(gl, moving);
			gl.glEnable(GL.GL_DEPTH_TEST);
			gl.glDepthMask(false);
			gl.glEnable(GL.GL_BLEND);
			sleeves.draw(gl, ready(gl, drawn, sleeves, seconds).pulseSleeves());
			lines.draw(gl, ready(gl, drawn, lines, seconds).pulseLines());
			particles.draw(gl, ready(gl, drawn, particles, seconds).particles());
			gl.glDepthMask(true);
			moving.show(gl, target, width, height);
		} else {
			still.show(gl, target, width, height);
		}
		return frame == drawn;
	}

	/** All instances of a shape that are drawn in the same way. */
	private record Part(InstancedShape shape, float[] instances, boolean solid) {
		int count() {
			return shape.count(instances);
		}
	}

	/** Draws some of a part without what of its mesh cannot be seen, or in a crowd would not be missed. */
	private void draw(GL3 gl, Frame frame, Part part, int from, int count) {
		ready(gl, frame, part.shape, 0);
		if (part.shape == boxes && !frame.perspective()) {
			part.shape.draw(gl, part.instances, from, count, 0, Meshes.BOX_NEAR);
		} else if (part.shape == sleeves && part.count() > CROWD) {
			part.shape.draw(gl, part.instances, from, count, Meshes.SLEEVE_NEAR, Meshes.SLEEVE_NEAR_COUNT);
		} else {
			part.shape.draw(gl, part.instances, from, count);
		}
	}

	private void advance(GL3 gl, Frame frame, long until) {
		next.bind(gl, frame.width(), frame.height());
		if (begun != frame) {
			begun = frame;
			open.clear();
			open.addAll(parts(frame));
			at = 0;
			int ground = frame.ground();
			gl.glClearColor((ground >> 16 & 255) / 255f, (ground >> 8 & 255) / 255f, (ground & 255) / 255f, 1);
			gl.glDepthMask(true);
			gl.glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT);
		}
		gl.glEnable(GL.GL_DEPTH_TEST);
		gl.glDepthFunc(GL.GL_LEQUAL);
		gl.glDisable(GL.GL_CULL_FACE);
		while (!open.isEmpty()) {
			Part part = open.peek();
			gl.glDepthMask(part.solid);
			if (part.solid) {
				gl.glDisable(GL.GL_BLEND);
			} else {
				gl.glEnable(GL.GL_BLEND);
			}
			long begin = System.nanoTime();
			int count = Math.min(part.count() - at, until == Long.MAX_VALUE ? InstancedShape.MOST : part.shape.affordable(until - begin));
			draw(gl, frame, part, at, count);
			at += count;
			if (at >= part.count()) {
				open.remove();
				at = 0;
			}
			if (until != Long.MAX_VALUE) {
				// what was asked for is otherwise done at the end, in one piece
				gl.glFinish();
				long end = System.nanoTime();
				part.shape.took(count, end - begin);
				if (end > until) {
					return;
				}
			}
		}
		gl.glEnable(GL.GL_BLEND);
		// Texts are nearest, with depth, so that nothing that pulses is drawn over them.
		gl.glDepthMask(true);
		drawGlyphs(gl, frame);
		Layer before = still;
		still = next;
		next = before;
		drawn = frame;
		begun = null;
	}

	/** First what is solid, then what is seen through, from below to above. */
	private List<Part> parts(Frame frame) {
		List<Part> all = new ArrayList<>();
		all.add(new Part(boxes, frame.boxes(), true));
		for (int i = 0; i < prisms.length; i++) {
			if (prisms[i] != null) {
				all.add(new Part(prisms[i], frame.prisms()[i], true));
			}
		}
		all.add(new Part(dots, frame.dots(), true));
		all.add(new Part(lines, frame.lines(), false));
		all.add(new Part(sleeves, frame.sleeves(), false));
		all.add(new Part(lines, frame.overLines(), false));
		all.removeIf(part -> part.count() == 0);
		return all;
	}

	/** Sets all that a program needs to know of a frame. */
	private Frame ready(GL3 gl, Frame frame, InstancedShape shape, double seconds) {
		shape.use(gl, frame.matrix());
		shape.set(gl, "scale", Math.max(1, frame.atlas().line(GlyphAtlas.Font.SMALL) / 16));
		shape.set(gl, "hatch", frame.hatch());
		shape.set(gl, "stripes", frame.stripes());
		shape.set(gl, "size", frame.width(), frame.height());
		// in perspective the sides that are seen differ from block to block, and all are drawn
		shape.set(gl, "quadrant", shape == sleeves || shape == boxes && !frame.perspective() ? frame.quadrant() : 0);
		shape.set(gl, "seconds", (float) (seconds % 3600));
		return frame;
	}

	private void drawGlyphs(GL3 gl, Frame frame) {
		gl.glActiveTexture(GL.GL_TEXTURE0);
		gl.glBindTexture(GL.GL_TEXTURE_2D, texture[0]);
		GlyphAtlas atlas = frame.atlas();
		if (atlas != uploaded) {
			gl.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1);
			gl.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL3.GL_R8, atlas.width(), atlas.height(), 0, GL3.GL_RED, GL.GL_UNSIGNED_BYTE,
					Buffers.newDirectByteBuffer(atlas.alpha()));
			gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST);
			gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST);
			gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE);
			gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE);
			uploaded = atlas;
		}
		ready(gl, frame, glyphs, 0);
		glyphs.set(gl, "atlas", atlas.width(), atlas.height());
		glyphs.draw(gl, frame.glyphs());
	}

	/** What was drawn last: rows from the bottom, red green blue. */
	ByteBuffer read(GL3 gl) {
		if (drawn == null) {
			throw new IllegalStateException("nothing was drawn yet");
		}
		(drawn.pulses() ? moving : still).bindForReading(gl);
		ByteBuffer pixels = Buffers.newDirectByteBuffer(drawn.width() * drawn.height() * 3);
		gl.glPixelStorei(GL.GL_PACK_ALIGNMENT, 1);
		gl.glReadPixels(0, 0, drawn.width(), drawn.height(), GL.GL_RGB, GL.GL_UNSIGNED_BYTE, pixels);
		return pixels;
	}

	/** The frame that was drawn last; {@code null} for none. */
	Frame drawn() {
		return drawn;
	}

	void dispose(GL3 gl) {
		for (InstancedShape shape : prisms) {
			if (shape != null) {
				shape.dispose(gl);
			}
		}
		for (InstancedShape shape : new InstancedShape[] { boxes, dots, sleeves, lines, glyphs, particles }) {
			if (shape != null) {
				shape.dispose(gl);
			}
		}
		gl.glDeleteTextures(1, texture, 0);
		still.dispose(gl);
		next.dispose(gl);
		moving.dispose(gl);
		drawn = null;
	}
}
