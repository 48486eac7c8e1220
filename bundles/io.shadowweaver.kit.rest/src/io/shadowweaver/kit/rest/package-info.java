// SPDX-License-Identifier: Apache-2.0
/**
 * What accounts behind REST interfaces share: a client that sends each call once, carries a bearer token and reads answers strictly, and sentences
 * for what goes wrong, which tell what is certain from what is not known.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.kit.rest;
