// SPDX-License-Identifier: Apache-2.0
/** The API of the estates that run inside of the workbench. */
package io.shadowweaver.ui.serve;
