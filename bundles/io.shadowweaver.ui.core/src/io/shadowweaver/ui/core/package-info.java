// SPDX-License-Identifier: Apache-2.0
/**
 * What all windows share: the estates and the active one, one feed of its state, one selection, one time cursor, palettes
 * and formats. Parts obtain each by {@code PlatformUI.getWorkbench().getService(Estates.class)} and so on.
 */
package io.shadowweaver.ui.core;
