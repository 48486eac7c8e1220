// SPDX-License-Identifier: Apache-2.0
/** What an operator can do: commands with their handlers. None waits on the UI thread. */
package io.shadowweaver.ui.commands;
