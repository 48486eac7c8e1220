// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.Words;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Scenarios;

/**
 * The handles of a group in the scene, of its traffic and of its members: pulled up there is more, pushed down less, in the scenario that is shown,
 * or in a new one. UI thread only.
 */
final class GroupHandle {
	/** So many points double it. */
	static final double DOUBLES = 80;
	private static final double MOST = 100;
	/** The factor snaps to 1 within this share, so that it can be taken back by hand. */
	private static final double SNAP = .04;

	/** What precedes the id of a group in the key of the handle of its members. */
	private static final String MEMBERS = ViewSettings.MEMBERS + SeriesId.GROUP_PREFIX;

	private final Scenarios scenarios;
	private String id = "";
	/** The key of the handle that is held. */
	private String subject = "";
	private String name = "";
	private double start;
	private double now = 1;

	GroupHandle(Scenarios scenarios) {
		this.scenarios = scenarios;
	}

	/** The handles of a frame: of groups that are selected, or have a selected member, and of what the scenario changes by hand. */
	static Map<String, Double> factors(Frame frame) {
		Map<String, Double> factors = new HashMap<>();
		if (frame.isPast()) {
			return factors;
		}
		for (Item item : frame.selection()) {
			Optional<String> group = switch (item.kind()) {
			case GROUP -> Optional.of(item.id());
			case RESOURCE -> frame.state().topology().groupOf(item.id());
			default -> Optional.empty();
			};
			group.ifPresent(one -> {
				factors.put(SeriesId.GROUP_PREFIX + one, 1.);
				factors.put(MEMBERS + one, 1.);
			});
		}
		frame.scenario().ifPresent(scenario -> scenario.changes().forEach(change -> byHand(change).ifPresent(pulled -> factors.put(pulled.key(), pulled.factor()))));
		return factors;
	}

	/**
	 * What a handle has done.
	 *
	 * @param key of the handle
	 */
	private record Pulled(String key, double factor) {
	}

	/** A change such as a handle makes: a factor of a group from now on. */
	private static Optional<Pulled> byHand(Change change) {
		return switch (change) {
		case Change.Traffic traffic when traffic.on().startsWith(SeriesId.GROUP_PREFIX) && traffic.shape() == Change.Shape.STEP && traffic.add() == 0
				&& traffic.from().equals(When.NOW) -> Optional.of(new Pulled(traffic.on(), traffic.factor()));
		case Change.Scale scale -> Optional.of(new Pulled(MEMBERS + scale.group(), scale.factor()));
		default -> Optional.empty();
		};
	}

	private Change made(double factor) {
		return subject.startsWith(MEMBERS) ? new Change.Scale(subject.substring(MEMBERS.length()), factor) : Change.Traffic.of(subject, factor);
	}

	boolean isHeld() {
		return !subject.isEmpty();
	}

	/**
	 * Takes a handle.
	 *
	 * @param key   of the handle
	 * @param frame what is seen
	 * @return whether it can be held
	 */
	boolean grab(String key, Frame frame) {
		boolean members = key.startsWith(MEMBERS);
		String prefix = members ? MEMBERS : SeriesId.GROUP_PREFIX;
		ScalingGroup group = key.startsWith(prefix) ? frame.state().topology().groups().get(key.substring(prefix.length())) : null;
		if (group == null) {
			return false;
		}
		id = scenarios.shown().map(Scenarios.Entry::id).orElse("");
		subject = key;
		name = (members ? "Members of " : "Traffic of ") + group.name();
		scenarios.hold(frame.cursor().metric());
		start = scenarios.entry(id).map(entry -> factor(entry.scenario())).orElse(1.);
		now = start;
		return true;
	}

	private double factor(Scenario scenario) {
		return scenario.changes().stream().flatMap(change -> byHand(change).stream()).filter(pulled -> pulled.key().equals(subject)).mapToDouble(Pulled::factor)
				.reduce(1, (first, last) -> last);
	}

	/** Which one is held, and its value, in words. */
	String said() {
		return name + " × " + Words.factor(now);
	}

	/**
	 * Pulls it.
	 *
	 * @param points upwards from where it was grabbed
	 */
	void pull(int points) {
		double pulled = Math.clamp(start * Math.pow(2, points / DOUBLES), 1 / MOST, MOST);
		double factor = Math.abs(pulled - 1) < SNAP ? 1 : Math.round(pulled * 100) / 100.;
		now = factor;
		if (id.isEmpty()) {
			if (factor == 1) {
				return;
			}
			// a click without a pull makes none
			id = scenarios.add(Scenario.of(name));
			scenarios.show(id);
		}
		scenarios.drag(id, old -> with(old, factor));
	}

	private Scenario with(Scenario old, double factor) {
		List<Change> changes = new ArrayList<>(old.changes());
		int last = -1;
		for (int i = 0; i < changes.size(); i++) {
			last = byHand(changes.get(i)).filter(pulled -> pulled.key().equals(subject)).isPresent() ? i : last;
		}
		if (last >= 0) {
			changes.remove(last);
		}
		if (factor != 1) {
			changes.add(last < 0 ? changes.size() : last, made(factor));
		}
		return new Scenario(old.name(), old.description(), changes);
	}

	/** Lets it go; all of the pull is one step to undo. */
	void release() {
		subject = "";
		scenarios.letGo();
		if (!id.isEmpty()) {
			scenarios.edit(id, old -> old);
		}
	}
}
