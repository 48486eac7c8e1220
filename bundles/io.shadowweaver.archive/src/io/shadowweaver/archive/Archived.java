// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import java.time.Instant;

/**
 * An archive in a store.
 *
 * @param name    of its manifest
 * @param estate  the id of the estate
 * @param asOf    when it was begun
 * @param newest  the time of its newest sample; the epoch where there is none
 * @param bytes   what it holds
 * @param stored  bytes that were stored for it just now; 0 of one that is only listed
 * @param skipped bytes that the store had already; 0 of one that is only listed
 */
public record Archived(String name, String estate, Instant asOf, Instant newest, long bytes, long stored, long skipped) {
}
