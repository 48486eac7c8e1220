// SPDX-License-Identifier: Apache-2.0
/** Reads a Prometheus by its HTTP API. Only the factory is of use outside, and the extension registry makes it. */
package io.shadowweaver.source.prometheus;
