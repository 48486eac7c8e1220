// SPDX-License-Identifier: Apache-2.0
/** From the state of an estate to a scene: layout, colours, labels, the sentence, camera and picking. Knows no graphics library. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.scene;
