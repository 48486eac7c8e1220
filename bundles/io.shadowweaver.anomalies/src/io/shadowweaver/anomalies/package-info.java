// SPDX-License-Identifier: Apache-2.0
/** Unusual values and unusual forecasts, scored from 0 to 1 with nothing but what came before them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.anomalies;
