// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

/**
 * What a store knows of an object.
 *
 * @param name  path with slashes
 * @param bytes its length
 * @param etag  a mark of the store that differs when the content does; empty where the store has none. Its form is the store's
 */
public record BlobInfo(String name, long bytes, String etag) {
}
