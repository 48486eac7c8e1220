// SPDX-License-Identifier: Apache-2.0
/**
 * Forecasts of all series of an estate over any models: training, choice by rolling origin, fallback by length, conformal
 * calibration, drift, and the book-keeping of how good the forecasts were.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.forecasting;
