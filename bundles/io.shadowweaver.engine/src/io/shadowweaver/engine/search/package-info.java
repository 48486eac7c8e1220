// SPDX-License-Identifier: Apache-2.0
/** Queries over an estate: docs/search.md has the grammar. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.engine.search;
