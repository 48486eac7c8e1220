// SPDX-License-Identifier: Apache-2.0
/** Archives of an estate in a blob store, and estates made of them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.archive;
