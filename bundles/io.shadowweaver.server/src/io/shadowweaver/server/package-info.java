// SPDX-License-Identifier: Apache-2.0
/** The HTTP API: what other tools read of estates, and what they may ask of them. */
package io.shadowweaver.server;
