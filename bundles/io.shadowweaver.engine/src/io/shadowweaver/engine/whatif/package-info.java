// SPDX-License-Identifier: Apache-2.0
/** What if: scenarios of changes, solved on the newest forecasts by the same projection as the live shadow. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.engine.whatif;
