// SPDX-License-Identifier: Apache-2.0
/** Who did what, when, why, and what came of it: a trail that is only ever appended to and that shows whether it was changed. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.provisioning.audit;
