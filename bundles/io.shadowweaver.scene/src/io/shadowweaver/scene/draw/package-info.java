// SPDX-License-Identifier: Apache-2.0
/** From a scene to arrays of instances and glyphs that any graphics library can draw. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.scene.draw;
