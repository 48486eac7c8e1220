// SPDX-License-Identifier: Apache-2.0
/**
 * What would have been: capacity decided over a recorded demand by {@code forecasting.capacity} and by the rules that it is compared
 * with, forecasts judged by rolling origin, and a rule tried on a group's own past. Nothing here sees a sample before its time,
 * except the tuning of the rivals and the clairvoyant, which say so.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.replay;
