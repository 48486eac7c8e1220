// SPDX-License-Identifier: Apache-2.0
/** A virtual table of immutable rows: sorted and filtered off the UI thread, the same for all views. */
package io.shadowweaver.ui.table;
