// SPDX-License-Identifier: Apache-2.0
/** Forecasts: quantiles over leads, with their provenance and measured quality. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.forecast;
