// SPDX-License-Identifier: Apache-2.0
/** How good the forecasts are, why they are as they are, and which models were tried: the view of the models and its pages. */
package io.shadowweaver.ui.models;
