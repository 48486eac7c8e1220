// SPDX-License-Identifier: Apache-2.0
/** CSV files of samples: replayed as an estate of their own, or read as a whole. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.source.csv;
