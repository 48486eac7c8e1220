// SPDX-License-Identifier: Apache-2.0
/** The wizard that makes a connection to a metric source, from what the source declares. */
package io.shadowweaver.ui.wizard;
