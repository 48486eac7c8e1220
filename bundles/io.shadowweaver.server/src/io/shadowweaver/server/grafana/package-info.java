// SPDX-License-Identifier: Apache-2.0
/** Flat arrays, as dashboards read them, and targets for service discovery. */
package io.shadowweaver.server.grafana;
