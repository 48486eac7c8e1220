// SPDX-License-Identifier: Apache-2.0
/** 'This rule, on your last 30 days': how a rule would have acted on the past of a group, before it is let act. */
package io.shadowweaver.ui.trial;
