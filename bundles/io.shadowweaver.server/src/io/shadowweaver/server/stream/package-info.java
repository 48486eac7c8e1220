// SPDX-License-Identifier: Apache-2.0
/** Streams of state differences, by server-sent events and by WebSocket. */
package io.shadowweaver.server.stream;
