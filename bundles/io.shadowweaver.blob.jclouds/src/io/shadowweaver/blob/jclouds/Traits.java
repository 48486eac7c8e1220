// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

/**
 * In what services differ behind jclouds.
 *
 * @param partsFrom     from how many bytes on an object is sent in parts; the largest number for never
 * @param readsInTwo    whether what is known of an object and its data come by two calls, between which it may be replaced
 * @param keepsVersions whether an object that is replaced stays behind the new one, and comes back when that is removed
 */
record Traits(long partsFrom, boolean readsInTwo, boolean keepsVersions) {
	/** Objects of more bytes are sent in parts. */
	static final long PARTS_FROM = 32 << 20;
	/** Of most. */
	static final Traits USUAL = new Traits(PARTS_FROM, false, false);
	/** Of those whose parts are not to be used. */
	static final Traits WHOLE = new Traits(Long.MAX_VALUE, false, false);
}
