// SPDX-License-Identifier: Apache-2.0
/** Resources, links, scaling groups and the immutable topology that they form. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.topology;
