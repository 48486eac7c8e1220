// SPDX-License-Identifier: Apache-2.0
/** The operator's calendar of events: holidays, launches, deployments; kept as iCalendar (RFC 5545), a file an estate. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.engine.calendar;
