// SPDX-License-Identifier: Apache-2.0
/**
 * Containers behind the Docker API. jclouds' own interface to it is of 2015: it writes no labels and reads none, where the token must stand, and no memory
 * above 2 GiB; so the calls are made here, over the client that all accounts on jclouds have.
 */
package io.shadowweaver.provider.docker;
