// SPDX-License-Identifier: Apache-2.0
/** The models that every other one must beat: naive, seasonal naive, drift. */
package io.shadowweaver.model.baseline;
