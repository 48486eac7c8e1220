// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated fleet: a metric source and a cloud provider over one estate, so that what the provider creates takes load in
 * the source. {@link io.shadowweaver.simulated.SimulatedFleet} describes the model.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.simulated;
