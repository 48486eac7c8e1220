// SPDX-License-Identifier: Apache-2.0
/** The Model Context Protocol over streamable HTTP: what AI agents read of estates, and what they may try out. */
package io.shadowweaver.server.mcp;
