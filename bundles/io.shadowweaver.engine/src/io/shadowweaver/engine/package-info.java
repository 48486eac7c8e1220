// SPDX-License-Identifier: Apache-2.0
/** An estate and its weave loop: ingest, topology, forecasts, shadows, alerts, plans; one immutable state a tick. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.engine;
