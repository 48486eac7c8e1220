// SPDX-License-Identifier: Apache-2.0
/**
 * From forecasts to capacity: a policy that decides one lead ahead and holds a target share of violations by itself. It stands beside
 * the forecasts, since both the planner of an estate and a replay of the past decide with it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.forecasting.capacity;
