// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.GroupOutlook;

/**
 * What becomes of one group and its members, or of all resources of no group. Immutable by convention: nobody writes the maps once it is made.
 *
 * @param projected bands of what is not its own forecast
 * @param demand    of the group, where a scenario changes it
 * @param outlook   members that are there and required; empty for resources of no group, and where nothing is forecast
 * @param figures   by subject
 * @param notes     what the figures do not say, a sentence each
 */
public record Part(Map<SeriesId, Bands> projected, Map<SeriesId, Bands> demand, Optional<GroupOutlook> outlook, Map<String, Outcome.Figures> figures, List<String> notes) {
}
