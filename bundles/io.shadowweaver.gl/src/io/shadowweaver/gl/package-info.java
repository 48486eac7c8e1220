// SPDX-License-Identifier: Apache-2.0
/** Draws frames of a scene with OpenGL 3.3 core, on and off the screen. */
package io.shadowweaver.gl;
