// SPDX-License-Identifier: Apache-2.0
/** What automation costs: prices, budgets, and the arithmetic. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.provisioning.cost;
