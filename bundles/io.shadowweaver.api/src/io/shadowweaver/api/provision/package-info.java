// SPDX-License-Identifier: Apache-2.0
/** Needs, plans, actions and verdicts, and the seam for cloud providers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.api.provision;
