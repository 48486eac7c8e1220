// SPDX-License-Identifier: Apache-2.0
/** What there is to know of a selected item, for the Properties view and the details of others. */
package io.shadowweaver.ui.properties;
