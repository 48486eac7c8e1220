// SPDX-License-Identifier: Apache-2.0
/** The operator's calendar: what happened and what is known to be coming, with the dialogs to enter and import it. */
package io.shadowweaver.ui.events;
