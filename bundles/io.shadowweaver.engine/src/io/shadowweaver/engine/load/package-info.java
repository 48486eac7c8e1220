// SPDX-License-Identifier: Apache-2.0
/** Pure functions between demand, capacity, utilisation and latency; the same for the live shadow and for a what-if. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.engine.load;
