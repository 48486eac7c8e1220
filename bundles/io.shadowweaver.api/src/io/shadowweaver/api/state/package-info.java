// SPDX-License-Identifier: Apache-2.0
/** The state of an estate after a tick: what is drawn, served, saved and compared. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.state;
