// SPDX-License-Identifier: Apache-2.0
/** Metrics, units, series and the batches in which samples arrive. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.metric;
