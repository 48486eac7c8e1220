// SPDX-License-Identifier: Apache-2.0
/** Thresholds, predicted alerts and the seam for alert channels. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.alert;
