// SPDX-License-Identifier: Apache-2.0
/**
 * What accounts that are reached through jclouds share: a client that sends each call once and reads answers strictly, and contexts that are kept
 * open. What is said of failures is in {@code io.shadowweaver.kit.rest}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.shadowweaver.kit.jclouds;
