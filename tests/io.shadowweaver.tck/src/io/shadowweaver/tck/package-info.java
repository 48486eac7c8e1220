// SPDX-License-Identifier: Apache-2.0
/**
 * Contract tests for what vendors contribute: extend the class of a seam, say how to make yours, and run it with JUnit. What passes
 * works in the product.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.tck;
