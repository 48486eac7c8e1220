// SPDX-License-Identifier: Apache-2.0
/** The query API of Prometheus over an estate, whose future it knows too: a subset of PromQL. */
package io.shadowweaver.server.promql;
