// SPDX-License-Identifier: Apache-2.0
/** Preference pages: appearance of all windows, thresholds and modes of the active estate. */
package io.shadowweaver.ui.preferences;
