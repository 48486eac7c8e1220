// SPDX-License-Identifier: Apache-2.0
/** The views of the workbench. Each says why it is empty. */
package io.shadowweaver.ui.views;
