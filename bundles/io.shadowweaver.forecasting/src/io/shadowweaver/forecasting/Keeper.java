// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.kit.series.Grid;

/** Takes states out of series and gives them back after a restart. All but {@link #ask} under the forecaster's lock. */
final class Keeper {
	private final List<Candidate> candidates;
	private final SeriesReader history;
	private final Tailor tailor;
	private final LeadPlan plan;
	private final Map<SeriesId, byte[]> offered = new HashMap<>();

	Keeper(List<Candidate> candidates, SeriesReader history, Tailor tailor, LeadPlan plan) {
		this.candidates = candidates;
		this.history = history;
		this.tailor = tailor;
		this.plan = plan;
	}

	/** Asks a lane for what its models keep of some series, and waits. */
	Map<Track, Lane.Kept> ask(Lane lane, List<Track> tracks) {
		return lane.ask(() -> {
			Map<Track, Lane.Kept> kept = new LinkedHashMap<>();
			tracks.forEach(track -> kept.put(track, new Lane.Kept(lane.choice(track.slot), lane.write(track.slot))));
			return kept;
		}).join();
	}

	/** Makes bytes of what was asked for; series whose models could not be written, or were chosen anew, are left out. */
	Map<SeriesId, byte[]> pack(Map<Track, Lane.Kept> kept) {
		Map<SeriesId, byte[]> pieces = new LinkedHashMap<>();
		for (Map.Entry<Track, Lane.Kept> one : kept.entrySet()) {
			Track track = one.getKey();
			if (one.getValue().models() != null && Arrays.equals(one.getValue().choice().members(), track.choice.members())) {
				List<String> names = Arrays.stream(track.choice.members()).mapToObj(member -> candidates.get(member).versioned()).toList();
				pieces.put(track.id, States.pack(track, names, one.getValue().models()));
			}
		}
		return pieces;
	}

	/** Keeps pieces of a file until their series ask. */
	void offer(Map<SeriesId, byte[]> pieces) {
		offered.putAll(pieces);
	}

	/** Gives a series the state that a file has of it; false when there is none that fits. */
	boolean restore(Track track) {
		byte[] piece = offered.remove(track.id);
		if (piece == null || track.choice != null || track.training) {
			return false;
		}
		try {
			States.Stored from = States.unpack(piece, plan);
			List<String> known = candidates.stream().map(Candidate::versioned).toList();
			int[] members = from.members().stream().mapToInt(known::indexOf).toArray();
			track.changes.addAll(from.changes());
			Optional<String> pinned = tailor.of(track.id).model();
			if (!from.tailored().equals(tailor.key(track.id))) {
				track.cause = "what is decided on its forecast has changed";
				return false;
			}
			if (pinned.isPresent() && !pinned.get().equals(from.choice().model())) {
				track.cause = "the model " + pinned.get() + " was pinned";
				return false;
			}
			for (int i = 0; i < members.length; i++) {
				if (members[i] < 0) {
					track.cause = "its saved state is of " + from.members().get(i) + ", which is not installed in this version";
					return false;
				}
			}
			track.calibration.load(new DataInputStream(new ByteArrayInputStream(from.calibration())));
			track.numbers(from.numbers());
			track.tailored = from.tailored();
			track.decided = tailor.of(track.id);
			Choice choice = from.choice().of(members);
			track.choice = choice;
			track.trainAt = from.trainAt();
			track.lastChange = from.lastChange();
			track.cause = Track.SCHEDULE;
			track.restored = true;
			Transform transform = track.transform();
			track.lane.urgent(() -> track.lane.read(track, choice, transform, from.models()));
			return true;
		} catch (IOException | RuntimeException e) {
			System.getLogger(Keeper.class.getName()).log(Level.WARNING, "The saved state of " + track.id + " does not fit; it is trained anew: " + e);
			return false;
		}
	}

	/** Reads what a restored series did while nobody looked, and moves its models over it. */
	void catchUp(Track track, Instant now) {
		track.restored = false;
		long to = Math.floorDiv(now.toEpochMilli(), plan.block);
		long from = Math.floorDiv(track.newest, (long) plan.factor);
		if (to - from > Lane.LONGEST_GAP) {
			track.trainAt = now.toEpochMilli();
			return;
		}
		track.lane.urgent(() -> {
			long first = track.lane.fed(track.slot) + 1;
			if (first >= to || to - first > Lane.LONGEST_GAP) {
				return;
			}
			Series missed = history.range(track.id, Instant.ofEpochMilli(first * plan.block), Instant.ofEpochMilli(to * plan.block));
			double[] blocks = Grid.means(missed.start(), plan.step, track.lane.transform(track.slot).to(missed.values()), plan.block, first, (int) (to - first));
			track.lane.catchUp(track, first, blocks);
		});
	}
}
