// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import io.shadowweaver.api.plugin.Status;

/**
 * What is installed, as the platform knows it.
 *
 * @param point       what it contributes to, such as {@code forecastModels}
 * @param id          its id there
 * @param name        what the operator reads
 * @param description one or two sentences
 * @param bundle      symbolic name and version of the bundle
 * @param status      how it is doing
 */
public record Plugin(String point, String id, String name, String description, String bundle, Status status) {
}
