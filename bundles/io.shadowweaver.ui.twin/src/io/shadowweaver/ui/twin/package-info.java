// SPDX-License-Identifier: Apache-2.0
/** The twin: the estate in three dimensions as an editor, with its time line, and in two as a view. */
package io.shadowweaver.ui.twin;
