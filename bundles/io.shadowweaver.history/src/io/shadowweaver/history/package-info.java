// SPDX-License-Identifier: Apache-2.0
/** The metric history of an estate: append, back-fill, range, roll-ups and retention, kept in RocksDB. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.history;
