// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

import com.jogamp.common.nio.Buffers;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;

/** A small mesh that is drawn many times: its program, its vertices, and a buffer of instances that is written anew for each picture. */
final class InstancedShape {
	/** So many instances are drawn at once at most. */
	static final int MOST = 4000;
	private static final int LEAST = 16;
	/** So many before it is known how long one takes. */
	private static final int FIRST = 100;
	/** How long one takes is guessed from those before, which may have been smaller in the picture: so much of the time is planned. */
	private static final double PLANNED = .6;

	/** How long one instance took lately, in nanoseconds; 0 before one was timed. */
	private double each;
	private final int program;
	private final int matrix;
	private final int[] arrays = new int[1];
	private final int[] buffers = new int[2];
	private final Map<String, Integer> locations = new HashMap<>();
	private final int vertices;
	private final int instanceFloats;
	private FloatBuffer staging = Buffers.newDirectFloatBuffer(1024);

	/**
	 * @param mesh           vertices, {@code meshParts} floats each
	 * @param meshParts      sizes of the attributes of a vertex
	 * @param instanceParts  sizes of the attributes of an instance
	 */
	InstancedShape(GL3 gl, String vertexShader, String fragmentShader, float[] mesh, int[] meshParts, int[] instanceParts) {
		program = Shaders.link(gl, vertexShader, fragmentShader);
		matrix = gl.glGetUniformLocation(program, "matrix");
		int meshFloats = sum(meshParts);
		instanceFloats = sum(instanceParts);
		vertices = mesh.length / meshFloats;
		gl.glGenVertexArrays(1, arrays, 0);
		gl.glGenBuffers(2, buffers, 0);
		gl.glBindVertexArray(arrays[0]);
		gl.glBindBuffer(GL.GL_ARRAY_BUFFER, buffers[0]);
		gl.glBufferData(GL.GL_ARRAY_BUFFER, mesh.length * 4L, Buffers.newDirectFloatBuffer(mesh), GL.GL_STATIC_DRAW);
		int location = attributes(gl, 0, meshParts, meshFloats, 0);
		gl.glBindBuffer(GL.GL_ARRAY_BUFFER, buffers[1]);
		attributes(gl, location, instanceParts, instanceFloats, 1);
		gl.glBindVertexArray(0);
	}

	private static int attributes(GL3 gl, int from, int[] parts, int floats, int divisor) {
		int location = from;
		long offset = 0;
		for (int part : parts) {
			gl.glEnableVertexAttribArray(location);
			gl.glVertexAttribPointer(location, part, GL.GL_FLOAT, false, floats * 4, offset);
			gl.glVertexAttribDivisor(location, divisor);
			offset += part * 4L;
			location++;
		}
		return location;
	}

	private static int sum(int[] parts) {
		int sum = 0;
		for (int part : parts) {
			sum += part;
		}
		return sum;
	}

	/** Makes its program the current one, with the matrix set. */
	void use(GL3 gl, float[] worldToClip) {
		gl.glUseProgram(program);
		if (matrix >= 0) {
			gl.glUniformMatrix4fv(matrix, 1, false, worldToClip, 0);
		}
	}

	/** Sets a uniform; one that the program does not have is left out. */
	void set(GL3 gl, String uniform, float... value) {
		int location = locations.computeIfAbsent(uniform, name -> gl.glGetUniformLocation(program, name));
		if (location < 0) {
			return;
		}
		if (value.length == 1) {
			gl.glUniform1f(location, value[0]);
		} else {
			gl.glUniform2f(location, value[0], value[1]);
		}
	}

	void draw(GL3 gl, float[] instances) {
		draw(gl, instances, 0, instances.length / instanceFloats);
	}

	/**
	 * How many instances are likely drawn within a time.
	 *
	 * @param nanos may be over already; then the fewest
	 */
	int affordable(long nanos) {
		return each == 0 ? FIRST : (int) Math.clamp(nanos * PLANNED / each, LEAST, MOST);
	}

	/** Tells how long some instances took. */
	void took(int count, long nanos) {
		if (count > 0) {
			double mean = Math.max(1, (double) nanos / count);
			each = each == 0 ? mean : (each + mean) / 2;
		}
	}

	/** How many instances an array holds. */
	int count(float[] instances) {
		return instances.length / instanceFloats;
	}

	/** Draws some of the instances: the first and how many. */
	void draw(GL3 gl, float[] instances, int from, int count) {
		draw(gl, instances, from, count, 0, vertices);
	}

	/** Draws a part of the mesh only: its first vertex and how many. */
	void draw(GL3 gl, float[] instances, int from, int count, int first, int most) {
		if (count == 0) {
			return;
		}
		int floats = count * instanceFloats;
		if (staging.capacity() < floats) {
			staging = Buffers.newDirectFloatBuffer(floats * 3 / 2);
		}
		staging.clear();
		staging.put(instances, from * instanceFloats, floats).flip();
		gl.glBindVertexArray(arrays[0]);
		gl.glBindBuffer(GL.GL_ARRAY_BUFFER, buffers[1]);
		gl.glBufferData(GL.GL_ARRAY_BUFFER, floats * 4L, staging, GL3.GL_STREAM_DRAW);
		gl.glDrawArraysInstanced(GL.GL_TRIANGLES, first, most, count);
		gl.glBindVertexArray(0);
	}

	void dispose(GL3 gl) {
		gl.glDeleteVertexArrays(1, arrays, 0);
		gl.glDeleteBuffers(2, buffers, 0);
		gl.glDeleteProgram(program);
	}
}
