// SPDX-License-Identifier: Apache-2.0
/**
 * Google Compute Engine behind the contract of a provider, over its
 * <a href="https://cloud.google.com/compute/docs/reference/rest/v1">REST interface, version 1</a>: one region of a project. Each instance is
 * asked for by one call whose {@code requestId} and name come from the wish's token, so that Compute Engine itself refuses to make it twice.
 */
package io.shadowweaver.provider.gcp;
