// SPDX-License-Identifier: Apache-2.0
/**
 * A state of an estate as JSON and back, without loss: what one process serves, another shows. A full state is what is different from an empty one, so that
 * a reader needs one way to apply both.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package io.shadowweaver.kit.state;
