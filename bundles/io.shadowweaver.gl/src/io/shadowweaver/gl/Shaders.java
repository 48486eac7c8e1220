// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import com.jogamp.opengl.GL3;

/** The programs of the scene, GLSL 3.30 core. */
final class Shaders {
	static final String BOX_VERTEX = """
			#version 330 core
			layout(location = 0) in vec3 corner;
			layout(location = 1) in vec3 normal;
			layout(location = 2) in vec3 at;
			layout(location = 3) in vec3 size;
			layout(location = 4) in vec3 colour;
			layout(location = 5) in vec2 kind;
			uniform mat4 matrix;
			uniform float quadrant;
			flat out vec3 plain;
			flat out vec2 pattern;
			out float z;
			vec2 turned(vec2 side) {
				return quadrant > 2.5 ? vec2(side.y, -side.x) : quadrant > 1.5 ? -side : quadrant > 0.5 ? vec2(-side.y, side.x) : side;
			}
			void main() {
				vec3 world = at + vec3(turned(corner.xy - 0.5) + 0.5, corner.z) * size;
				z = world.z;
				float across = turned(normal.xy).x;
				plain = colour * (normal.z > 0.5 ? 1.0 : mix(0.66, 0.82, across * across));
				pattern = kind;
				gl_Position = matrix * vec4(world, 1.0);
			}
			""";
	static final String BOX_FRAGMENT = """
			#version 330 core
			flat in vec3 plain;
			flat in vec2 pattern;
			in float z;
			uniform float scale;
			uniform float hatch;
			out vec4 result;
			void main() {
				float stripe = mod(gl_FragCoord.x + gl_FragCoord.y + hatch, 7.0 * scale);
				bool hatched = pattern.x > 1.5 ? z > pattern.y : pattern.x > 0.5;
				result = vec4(hatched && stripe < 2.2 * scale ? plain * 0.45 : plain, 1.0);
			}
			""";
	static final String SLEEVE_VERTEX = """
			#version 330 core
			layout(location = 0) in vec3 corner;
			layout(location = 1) in float part;
			layout(location = 2) in vec4 place;
			layout(location = 3) in vec2 span;
			layout(location = 4) in vec3 colour;
			layout(location = 5) in vec3 look;
			uniform mat4 matrix;
			uniform float quadrant;
			uniform float seconds;
			flat out vec4 plain;
			flat out float wall;
			void main() {
				vec2 side = corner.xy;
				if (quadrant > 2.5) side = vec2(side.y, -side.x);
				else if (quadrant > 1.5) side = -side;
				else if (quadrant > 0.5) side = vec2(-side.y, side.x);
				float band = 0.045 * sign(span.y - span.x);
				float z = part > 1.5 ? span.y - band * (1.0 - corner.z) : mix(span.x, span.y, corner.z);
				float alpha = part > 0.5 ? look.y : look.x;
				if (look.z > 0.0) {
					float wave = 0.35 + 0.55 * (0.5 - 0.5 * cos(6.2831853 * look.z * seconds));
					alpha = part > 0.5 ? wave : wave * 0.6;
				}
				plain = vec4(colour, alpha);
				wall = part < 0.5 ? 1.0 : 0.0;
				gl_Position = matrix * vec4(place.xy + side * place.zw, z, 1.0);
			}
			""";
	/** The walls are striped, so that what is predicted is told from what is live without its colour; on average as opaque as asked for. */
	static final String SLEEVE_FRAGMENT = """
			#version 330 core
			flat in vec4 plain;
			flat in float wall;
			uniform float scale;
			uniform float stripes;
			out vec4 result;
			void main() {
				float stripe = mod(gl_FragCoord.x - gl_FragCoord.y + stripes, 6.0 * scale);
				float share = wall < 0.5 ? 1.0 : stripe < 2.0 * scale ? 2.0 : 0.5;
				result = vec4(plain.rgb, min(1.0, plain.a * share));
			}
			""";
	static final String DOT_VERTEX = """
			#version 330 core
			layout(location = 0) in vec2 corner;
			layout(location = 1) in vec4 place;
			layout(location = 2) in vec4 look;
			uniform mat4 matrix;
			flat out vec4 plain;
			flat out float pattern;
			out vec2 from;
			void main() {
				plain = vec4(look.rgb, 1.0);
				pattern = look.a;
				from = abs(corner * 2.0 - 1.0);
				gl_Position = matrix * vec4(place.xy + (corner * 2.0 - 1.0) * place.w, place.z, 1.0);
			}
			""";
	/** A dot of a shadow is hollow. */
	static final String DOT_FRAGMENT = """
			#version 330 core
			flat in vec4 plain;
			flat in float pattern;
			in vec2 from;
			out vec4 result;
			void main() {
				if (pattern > 2.5 && max(from.x, from.y) < 0.5) discard;
				result = plain;
			}
			""";
	static final String PLAIN_FRAGMENT = """
			#version 330 core
			flat in vec4 plain;
			out vec4 result;
			void main() { result = plain; }
			""";
	static final String PARTICLE_VERTEX = """
			#version 330 core
			layout(location = 0) in vec2 corner;
			layout(location = 1) in vec4 way;
			layout(location = 2) in vec4 look;
			layout(location = 3) in vec3 colour;
			uniform mat4 matrix;
			uniform vec2 size;
			uniform float seconds;
			flat out vec4 plain;
			void main() {
				float t = fract(look.y + seconds * look.z);
				vec4 at = matrix * vec4(mix(way.xy, way.zw, t), 0.02 + 4.0 * look.x * t * (1.0 - t), 1.0);
				plain = vec4(colour, 1.0);
				gl_Position = vec4(at.xy + (corner * 2.0 - 1.0) * look.w / size * at.w, at.z - 0.0001 * at.w, at.w);
			}
			""";
	static final String LINE_VERTEX = """
			#version 330 core
			layout(location = 0) in vec2 corner;
			layout(location = 1) in vec3 from;
			layout(location = 2) in vec3 to;
			layout(location = 3) in vec4 colour;
			layout(location = 4) in vec3 look;
			uniform mat4 matrix;
			uniform vec2 size;
			uniform float seconds;
			flat out vec4 plain;
			flat out float dash;
			noperspective out float along;
			void main() {
				vec4 a = matrix * vec4(from, 1.0);
				vec4 b = matrix * vec4(to, 1.0);
				vec2 pa = a.xy / a.w * size * 0.5;
				vec2 pb = b.xy / b.w * size * 0.5;
				vec2 way = pb - pa;
				float length = length(way);
				vec2 unit = length > 0.0001 ? way / length : vec2(1.0, 0.0);
				vec4 at = corner.x > 0.5 ? b : a;
				vec2 shift = vec2(-unit.y, unit.x) * corner.y * max(look.x, 1.0) * 0.5 + unit * (corner.x - 0.5) * (look.y < 0.0 ? 0.0 : look.x * 0.6);
				along = corner.x * length;
				dash = look.y;
				float wave = look.z > 0.0 ? 0.35 + 0.55 * (0.5 - 0.5 * cos(6.2831853 * look.z * seconds)) : colour.a;
				plain = vec4(colour.rgb, wave);
				gl_Position = vec4(at.xy + shift / (size * 0.5) * at.w, at.z - 0.00002 * at.w, at.w);
			}
			""";
	static final String LINE_FRAGMENT = """
			#version 330 core
			flat in vec4 plain;
			flat in float dash;
			noperspective in float along;
			out vec4 result;
			void main() {
				if (dash > 0.0 && mod(along, dash * 2.0) > dash) discard;
				result = plain;
			}
			""";
	static final String GLYPH_VERTEX = """
			#version 330 core
			layout(location = 0) in vec2 corner;
			layout(location = 1) in vec4 place;
			layout(location = 2) in vec4 texels;
			layout(location = 3) in vec4 colour;
			uniform vec2 size;
			uniform vec2 atlas;
			flat out vec4 plain;
			flat out float solid;
			out vec2 texel;
			void main() {
				vec2 pixel = place.xy + corner * place.zw;
				plain = colour;
				solid = texels.x < 0.0 ? 1.0 : 0.0;
				texel = mix(texels.xy, texels.zw, corner) / atlas;
				gl_Position = vec4(pixel.x / size.x * 2.0 - 1.0, 1.0 - pixel.y / size.y * 2.0, -1.0, 1.0);
			}
			""";
	static final String GLYPH_FRAGMENT = """
			#version 330 core
			flat in vec4 plain;
			flat in float solid;
			in vec2 texel;
			uniform sampler2D glyphs;
			out vec4 result;
			void main() {
				float cover = solid > 0.5 ? 1.0 : texture(glyphs, texel).r;
				result = vec4(plain.rgb, plain.a * cover);
			}
			""";

	private Shaders() {
	}

	/** Compiles and links; a failure names the shader's own message. */
	static int link(GL3 gl, String vertex, String fragment) {
		int program = gl.glCreateProgram();
		int first = compile(gl, GL3.GL_VERTEX_SHADER, vertex);
		int second = compile(gl, GL3.GL_FRAGMENT_SHADER, fragment);
		gl.glAttachShader(program, first);
		gl.glAttachShader(program, second);
		gl.glLinkProgram(program);
		int[] ok = new int[1];
		gl.glGetProgramiv(program, GL3.GL_LINK_STATUS, ok, 0);
		if (ok[0] == 0) {
			byte[] log = new byte[2048];
			int[] length = new int[1];
			gl.glGetProgramInfoLog(program, log.length, length, 0, log, 0);
			throw new IllegalStateException("a program does not link: " + new String(log, 0, length[0], java.nio.charset.StandardCharsets.UTF_8));
		}
		gl.glDeleteShader(first);
		gl.glDeleteShader(second);
		return program;
	}

	private static int compile(GL3 gl, int type, String source) {
		int shader = gl.glCreateShader(type);
		gl.glShaderSource(shader, 1, new String[] { source }, null, 0);
		gl.glCompileShader(shader);
		int[] ok = new int[1];
		gl.glGetShaderiv(shader, GL3.GL_COMPILE_STATUS, ok, 0);
		if (ok[0] == 0) {
			byte[] log = new byte[2048];
			int[] length = new int[1];
			gl.glGetShaderInfoLog(shader, log.length, length, 0, log, 0);
			throw new IllegalStateException("a shader does not compile: " + new String(log, 0, length[0], java.nio.charset.StandardCharsets.UTF_8));
		}
		return shader;
	}
}
