// SPDX-License-Identifier: Apache-2.0
/** The controls on the tool bar and in the status line of the window. */
package io.shadowweaver.ui.trim;
