// SPDX-License-Identifier: Apache-2.0
/**
 * Estates that run elsewhere, as the API of a server shows them: their states as they come, whatever becomes of the connection, and commands with the key of
 * whoever is attached.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.client;
