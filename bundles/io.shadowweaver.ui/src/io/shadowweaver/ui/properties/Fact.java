// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.properties;

/**
 * One thing to know.
 *
 * @param category where it is listed
 * @param name     what it is
 * @param value    what it says
 */
public record Fact(String category, String name, String value) {
}
