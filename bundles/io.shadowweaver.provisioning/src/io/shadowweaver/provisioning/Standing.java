// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What persons and rules decided of groups and still holds, summed up from the journal. One thread. */
final class Standing {
	/** Stands for all groups. */
	static final String ALL = "*";

	private final Map<String, JournalRecord.Raised> raised = new TreeMap<>();
	private final Map<String, JournalRecord.Thawed> thawed = new TreeMap<>();
	private final Map<String, JournalRecord.Halted> halted = new TreeMap<>();
	private final Map<String, JournalRecord.Resumed> resumed = new TreeMap<>();
	private final Map<String, JournalRecord.Graded> graded = new TreeMap<>();
	private final Map<String, JournalRecord.Prolonged> prolonged = new TreeMap<>();
	private final Set<String> proven = new HashSet<>();

	void apply(JournalRecord.OfGroup record) {
		switch (record) {
		case JournalRecord.Raised one -> raised.put(one.group(), one);
		case JournalRecord.Thawed one -> thawed.put(one.group(), one);
		case JournalRecord.Halted one -> halted.put(one.group(), one);
		case JournalRecord.Resumed one -> {
			halted.remove(one.group());
			resumed.put(one.group(), one);
		}
		case JournalRecord.Prolonged one -> prolonged.put(one.token(), one);
		case JournalRecord.Graded one -> graded.put(one.group(), one);
		}
	}

	/** Records that come to the same as all that were applied. */
	List<JournalRecord> records() {
		// a group that was halted was so after it was last resumed
		return Stream.<Map<String, ? extends JournalRecord>>of(raised, thawed, resumed, halted, prolonged, graded).<JournalRecord>flatMap(map -> map.values().stream()).toList();
	}

	/** Kinds of machines that were seen to carry healthy traffic. */
	List<String> proven() {
		return proven.stream().sorted().toList();
	}

	void clear() {
		List.of(raised, thawed, halted, resumed, prolonged, graded).forEach(Map::clear);
		proven.clear();
	}

	/** A machine of this kind was seen to carry healthy traffic. */
	void proven(String kind) {
		proven.add(kind);
	}

	/** Whether a machine of this kind ever carried healthy traffic. */
	boolean isProven(String kind) {
		return proven.contains(kind);
	}

	/** The raised maximum of a group; empty when there is none, or none any more. */
	Optional<JournalRecord.Raised> raised(String group, Instant now) {
		return Optional.ofNullable(raised.get(group)).filter(one -> now.isBefore(one.until()));
	}

	/** Who allowed changes in a freeze window; of the group itself, or else of all. */
	Optional<JournalRecord.Thawed> thawed(String group, Instant now) {
		return Optional.ofNullable(thawed.get(group)).filter(one -> now.isBefore(one.until()))
				.or(() -> Optional.ofNullable(thawed.get(ALL)).filter(one -> now.isBefore(one.until())));
	}

	/** Why nothing more is made for a group until a person resumes it. */
	Optional<JournalRecord.Halted> halted(String group) {
		return Optional.ofNullable(halted.get(group));
	}

	/** The clock may have been set back: nobody has resumed a group in what is the future now. */
	void anew(Instant now) {
		resumed.replaceAll((group, one) -> one.at().isAfter(now) ? new JournalRecord.Resumed(now, group, one.person()) : one);
	}

	/** When a person last resumed a group; failures before that count no more. */
	Instant resumed(String group) {
		return Optional.ofNullable(resumed.get(group)).map(JournalRecord.Resumed::at).orElse(Instant.MIN);
	}

	/** When a person wants a machine to be reviewed; empty where nobody has said so. */
	Optional<Instant> review(String token) {
		return Optional.ofNullable(prolonged.get(token)).map(JournalRecord.Prolonged::until);
	}

	/** The last grade of a group. */
	Optional<JournalRecord.Graded> graded(String group) {
		return Optional.ofNullable(graded.get(group));
	}
}
