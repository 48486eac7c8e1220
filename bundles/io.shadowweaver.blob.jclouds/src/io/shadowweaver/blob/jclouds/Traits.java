// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

/**
 * In what services differ behind jclouds.
 *
 * @param takesParts    whether a large object is sent in parts, which are an object together in the end; whole otherwise
 * @param readsInTwo    whether what is known of an object and its data come by two calls, between which it may be replaced
 * @param keepsVersions whether an object that is replaced stays behind the new one, and comes back when that is removed
 */
record Traits(boolean takesParts, boolean readsInTwo, boolean keepsVersions) {
	/** Of most. */
	static final Traits USUAL = new Traits(true, false, false);
	/** Of those whose parts are not to be used. */
	static final Traits WHOLE = new Traits(false, false, false);
}
