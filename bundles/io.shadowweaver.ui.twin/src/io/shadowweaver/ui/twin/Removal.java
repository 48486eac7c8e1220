// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Scenarios;

/** Takes resources out of the estate in the scenario that is shown, or in a new one. UI thread only. */
final class Removal {
	private final Scenarios scenarios;

	Removal(Scenarios scenarios) {
		this.scenarios = scenarios;
	}

	/** Whether something can be taken out: a resource that is there now. */
	static boolean can(String id, Optional<Frame> frame) {
		return frame.filter(seen -> !seen.isPast() && seen.state().topology().resource(id).isPresent()).isPresent();
	}

	/** Takes out those that {@linkplain #can can be}, in one step that can be undone. */
	void remove(List<String> ids, Optional<Frame> frame) {
		List<Change> changes = new ArrayList<>();
		for (String id : ids) {
			if (can(id, frame)) {
				changes.add(new Change.Remove(id, When.NOW));
			}
		}
		if (changes.isEmpty()) {
			return;
		}
		String name = "Without " + frame.orElseThrow().state().topology().resource(((Change.Remove) changes.getFirst()).resource()).orElseThrow().name()
				+ (changes.size() == 1 ? "" : " and " + (changes.size() - 1) + " more");
		String id = scenarios.shown().map(Scenarios.Entry::id).orElseGet(() -> scenarios.add(Scenario.of(name)));
		scenarios.edit(id, old -> {
			List<Change> all = new ArrayList<>(old.changes());
			changes.stream().filter(change -> !all.contains(change)).forEach(all::add);
			return new Scenario(old.name(), old.description(), all);
		});
		scenarios.show(id);
	}
}
