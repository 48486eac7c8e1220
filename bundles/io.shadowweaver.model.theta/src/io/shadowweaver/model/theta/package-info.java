// SPDX-License-Identifier: Apache-2.0
/** The Theta method. */
package io.shadowweaver.model.theta;
