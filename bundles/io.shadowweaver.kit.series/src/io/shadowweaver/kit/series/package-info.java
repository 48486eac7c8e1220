// SPDX-License-Identifier: Apache-2.0
/** Numerics of time series that forecasting and its models share: seasons, gaps, robust scale, regression. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.kit.series;
