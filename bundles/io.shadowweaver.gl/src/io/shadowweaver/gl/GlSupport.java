// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.util.Map;
import java.util.Optional;

import com.jogamp.opengl.GLCapabilities;
import com.jogamp.opengl.GLProfile;

/** Finds out, before a canvas is made, whether OpenGL works here. */
public final class GlSupport {
	private GlSupport() {
	}

	/**
	 * Why a canvas must not be made: on a native Wayland display it would end the whole program.
	 *
	 * @param environment of the process
	 * @param platform    of SWT, such as {@code gtk}
	 * @return a sentence; empty when it may be tried
	 */
	public static Optional<String> obstacle(Map<String, String> environment, String platform) {
		if (!"gtk".equals(platform)) {
			return Optional.empty();
		}
		String backend = environment.getOrDefault("GDK_BACKEND", "");
		boolean wayland = backend.isEmpty() ? !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty() : backend.startsWith("wayland");
		if (wayland) {
			return Optional.of("The window system is Wayland, where 3D is not possible: start with GDK_BACKEND=x11 to see the twin in 3D.");
		}
		if (environment.getOrDefault("DISPLAY", "").isEmpty()) {
			return Optional.of("There is no X display, so that the twin cannot be drawn in 3D.");
		}
		return Optional.empty();
	}

	/**
	 * What a drawable must be able to do.
	 *
	 * @throws GlUnavailableException with a sentence, when there is no OpenGL 3.3 here
	 */
	static GLCapabilities capabilities() throws GlUnavailableException {
		try {
			if (!GLProfile.isAvailable(GLProfile.GL3)) {
				throw new GlUnavailableException("There is no OpenGL 3.3 here, so that the twin cannot be drawn in 3D.", null);
			}
			GLCapabilities capabilities = new GLCapabilities(GLProfile.get(GLProfile.GL3));
			// Depth is in a buffer of our own, and samples cost too much in software.
			capabilities.setDepthBits(0);
			capabilities.setSampleBuffers(false);
			return capabilities;
		} catch (RuntimeException | LinkageError e) {
			throw new GlUnavailableException("OpenGL could not be started, so that the twin cannot be drawn in 3D: " + e.getMessage(), e);
		}
	}
}
