// SPDX-License-Identifier: Apache-2.0
/** The composition root: reads the extension registry, opens estates, keeps their configuration and secrets. */
package io.shadowweaver.platform;
