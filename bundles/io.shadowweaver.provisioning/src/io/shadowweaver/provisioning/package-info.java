// SPDX-License-Identifier: Apache-2.0
/** From a forecast of demand to capacity: sizing, plans, guards, the journal, and the reconciliation with cloud providers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.provisioning;
