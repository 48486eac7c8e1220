// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lib.jogl;

import java.nio.ByteBuffer;

import com.jogamp.common.nio.Buffers;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;
import com.jogamp.opengl.GLAutoDrawable;
import com.jogamp.opengl.GLEventListener;
import com.jogamp.opengl.util.glsl.ShaderCode;
import com.jogamp.opengl.util.glsl.ShaderProgram;

/**
 * One orange triangle on a blue ground, drawn with shaders. It covers the lower left half of the surface; after each frame
 * the colours of a pixel in each half are kept.
 */
final class TriangleScene implements GLEventListener {

    static final int GROUND = 0x336699;
    static final int TRIANGLE = 0xff9900;

    private static final String VERTEX = """
            #version 330 core
            const vec2 corners[3] = vec2[](vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(-1.0, 1.0));
            void main() { gl_Position = vec4(corners[gl_VertexID], 0.0, 1.0); }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            out vec4 colour;
            void main() { colour = vec4(1.0, 0.6, 0.0, 1.0); }
            """;

    private ShaderProgram program;
    private int vertexArray;
    private int frames;
    private int lowerLeft;
    private int upperRight;
    private String renderer;

    @Override
    public void init(GLAutoDrawable drawable) {
        GL3 gl = drawable.getGL().getGL3();
        renderer = gl.glGetString(GL.GL_RENDERER) + ", OpenGL " + gl.glGetString(GL.GL_VERSION);
        int[] names = new int[1];
        gl.glGenVertexArrays(1, names, 0);
        vertexArray = names[0];
        program = new ShaderProgram();
        program.add(shader(GL3.GL_VERTEX_SHADER, VERTEX));
        program.add(shader(GL3.GL_FRAGMENT_SHADER, FRAGMENT));
        if (!program.link(gl, System.err)) {
            throw new IllegalStateException("the shaders do not link on " + renderer);
        }
    }

    private static ShaderCode shader(int type, String source) {
        return new ShaderCode(type, 1, new CharSequence[][] {{source}});
    }

    @Override
    public void display(GLAutoDrawable drawable) {
        GL3 gl = drawable.getGL().getGL3();
        gl.glClearColor(0.2f, 0.4f, 0.6f, 1);
        gl.glClear(GL.GL_COLOR_BUFFER_BIT);
        program.useProgram(gl, true);
        gl.glBindVertexArray(vertexArray);
        gl.glDrawArrays(GL.GL_TRIANGLES, 0, 3);
        program.useProgram(gl, false);
        int width = drawable.getSurfaceWidth();
        int height = drawable.getSurfaceHeight();
        lowerLeft = pixel(gl, width / 4, height / 4);
        upperRight = pixel(gl, width * 3 / 4, height * 3 / 4);
        frames++;
    }

    private static int pixel(GL3 gl, int x, int y) {
        ByteBuffer rgba = Buffers.newDirectByteBuffer(4);
        gl.glReadPixels(x, y, 1, 1, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, rgba);
        return (rgba.get(0) & 0xff) << 16 | (rgba.get(1) & 0xff) << 8 | rgba.get(2) & 0xff;
    }

    @Override
    public void reshape(GLAutoDrawable drawable, int x, int y, int width, int height) {
        drawable.getGL().glViewport(x, y, width, height);
    }

    @Override
    public void dispose(GLAutoDrawable drawable) {
        program.destroy(drawable.getGL().getGL3());
    }

    int frames() {
        return frames;
    }

    /** The pixel inside the triangle, 0xRRGGBB. */
    int lowerLeft() {
        return lowerLeft;
    }

    /** The pixel beside the triangle, 0xRRGGBB. */
    int upperRight() {
        return upperRight;
    }

    String renderer() {
        return renderer;
    }
}
