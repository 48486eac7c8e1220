// SPDX-License-Identifier: Apache-2.0
/** What every contribution shares: declared parameters, validated settings, context, status, progress. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.plugin;
