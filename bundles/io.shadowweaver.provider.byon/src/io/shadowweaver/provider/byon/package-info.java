// SPDX-License-Identifier: Apache-2.0
/**
 * Hosts that are there already, handed out over SSH. jclouds has such a provider too, which cannot hand out and accepts any host key; so sshj is used
 * directly, and a host is spoken to only when its key is known.
 */
package io.shadowweaver.provider.byon;
