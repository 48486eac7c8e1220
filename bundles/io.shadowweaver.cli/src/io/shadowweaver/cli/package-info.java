// SPDX-License-Identifier: Apache-2.0
/** The headless commands. */
package io.shadowweaver.cli;
