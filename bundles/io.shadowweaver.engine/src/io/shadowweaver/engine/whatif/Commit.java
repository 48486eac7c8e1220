// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.provisioning.Wish;

/**
 * What became, or would become, of the additions of a scenario.
 *
 * @param proposals one for each group that gets more
 * @param notes     what of the scenario nothing becomes of, a sentence each
 */
public record Commit(List<Proposal> proposals, List<String> notes) {
	/** Copies. */
	public Commit {
		proposals = List.copyOf(proposals);
		notes = List.copyOf(notes);
	}

	/**
	 * What of a scenario can be wished for.
	 *
	 * @param wishes at most one of a group, in the order of the changes
	 * @param notes  what nothing becomes of
	 */
	public record Additions(List<Wish> wishes, List<String> notes) {
		/** Copies. */
		public Additions {
			wishes = List.copyOf(wishes);
			notes = List.copyOf(notes);
		}
	}

	/**
	 * The members that a scenario adds and that are still there at its end.
	 *
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public static Additions additions(Base base, Scenario scenario) throws ScenarioException {
		Estate estate = WhatIf.changed(base, scenario, true);
		List<String> notes = new ArrayList<>();
		for (int i = 0; i < scenario.changes().size(); i++) {
			Change change = scenario.changes().get(i);
			if (!(change instanceof Change.Add || change instanceof Change.Scale scale && scale.factor() > 1)) {
				// people count from one
				notes.add("Nothing becomes of change " + (i + 1) + ": it adds no members.");
			}
		}
		Map<String, Wish> wishes = new LinkedHashMap<>();
		for (Estate.Addition addition : estate.additions()) {
			int count = estate.left(addition);
			if (count > 0) {
				Wish.Part part = new Wish.Part(count, addition.capacity(), addition.zone());
				Wish wish = new Wish(addition.group(), List.of(part), addition.from(), "Scenario '" + scenario.name() + "'");
				wishes.merge(wish.group(), wish, (one, more) -> together(one, more, notes));
			}
		}
		return new Additions(List.copyOf(wishes.values()), notes);
	}

	/** Of a group one plan waits at a time. */
	private static Wish together(Wish one, Wish more, List<String> notes) {
		if (!one.readyBy().equals(more.readyBy())) {
			notes.add("What is added to " + one.group() + " at several times becomes one plan, for the first of them.");
		}
		List<Wish.Part> parts = new ArrayList<>(one.parts());
		parts.addAll(more.parts());
		return new Wish(one.group(), parts, one.readyBy().isBefore(more.readyBy()) ? one.readyBy() : more.readyBy(), one.reason());
	}
}
